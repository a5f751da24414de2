import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { z } from "zod";
import type { ShopDomain } from "../domain/ids.ts";
import { OFFER_STATUSES, type OfferStatus } from "../domain/offers/offer.ts";
import { OFFER_TYPE_NAMES } from "../domain/offers/offer-type-name.ts";
import type { FlowContext } from "../flows/context.ts";
import { keepOffer } from "../flows/measurement/failing/keep-offer.ts";
import { changeStatus } from "../flows/offers/change-status.ts";
import { duplicateOffer } from "../flows/offers/duplicate-offer.ts";
import { listOffers } from "../flows/offers/list-offers.ts";
import { undoChanges } from "../flows/offers/undo-changes.ts";
import { jsonField } from "../server/form-fields.ts";
import { signedInShop, signedInStaff } from "../server/signed-in-shop.server.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import { usePause } from "../ui/kit/use-pause.ts";
import { OFFERS, parametersOf } from "../ui/offers/list-query.ts";
import { OffersPage } from "../ui/offers/offers-page.tsx";
import { useDismissal } from "../ui/proposals/use-dismissal.ts";
import { type OfferActionAnswer, useOfferActions } from "../ui/offers/use-offer-actions.ts";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";
export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";
export { answerOrFailure as clientAction, readAgainAfterSave as shouldRevalidate } from "../ui/forms/save-outcome.ts";

const LONGEST_SEARCH = 100;
const LAST_PAGE = 1_000_000;
const MOST_AT_ONCE = 200;

// What makes no sense is taken for what is usual: an address is often typed or cut short.
const query = z.object({
  q: z.string().max(LONGEST_SEARCH).catch(""),
  show: z.enum(OFFER_STATUSES).nullable().catch(null),
  type: z.enum(OFFER_TYPE_NAMES).nullable().catch(null),
  page: z.coerce.number().int().min(1).max(LAST_PAGE).catch(1),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const { q: search, show: status, ...rest } = query.parse(Object.fromEntries(new URL(request.url).searchParams));
  return { view: await listOffers(shop, { search, status, ...rest }, context.flows) };
}

const number = z.int().min(1).max(2_147_483_647);
/** A list that comes as JSON in a field of its own. */
const listOf = <T extends z.ZodType>(one: T) => jsonField(z.array(one).min(1).max(MOST_AT_ONCE), 20_000);

const sent = z.discriminatedUnion("intent", [
  z.object({ intent: z.enum(["activate", "pause", "archive", "draft"]), numbers: listOf(number) }),
  z.object({ intent: z.literal("duplicate"), numbers: listOf(number) }),
  z.object({ intent: z.enum(["keep", "ask-again"]), number: z.coerce.number().int().min(1).max(2_147_483_647) }),
  z.object({ intent: z.literal("undo"), changes: listOf(z.object({ number, version: number })) }),
]);

const STATUS_AFTER = {
  activate: "active",
  pause: "paused",
  archive: "archived",
  draft: "draft",
} as const satisfies Record<string, OfferStatus>;

/** Changes the status of some offers, copies one, or takes a change back. */
export async function action({ request, context }: ActionFunctionArgs): Promise<OfferActionAnswer> {
  const { shop, flows } = await signedInStaff(request, context);
  const parsed = sent.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) return { intent: "undo", code: "unreadable" };
  return answerTo(shop, parsed.data, flows);
}

async function answerTo(shop: ShopDomain, asked: z.infer<typeof sent>, flows: FlowContext): Promise<OfferActionAnswer> {
  const { intent } = asked;
  switch (intent) {
    case "undo":
      return { intent, ...(await undoChanges(shop, asked.changes, flows)) };
    case "keep":
    case "ask-again": {
      const { code } = await keepOffer(shop, asked.number, intent === "keep", flows);
      return code === "not-found" ? { intent, code } : { intent, code, number: asked.number };
    }
    case "duplicate": {
      const answer = await duplicateOffer(shop, asked.numbers[0]!, flows);
      if (answer.code !== "duplicated") return { intent, code: answer.code };
      return { intent, code: answer.code, changed: [{ number: answer.number, version: answer.version }] };
    }
    default:
      return { intent, ...(await changeStatus(shop, asked.numbers, STATUS_AFTER[intent], flows)) };
  }
}

export default function Offers() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const submit = useSubmit();
  const navigation = useNavigation();
  return (
    <OffersPage
      view={data.view}
      loading={navigation.state === "loading" && navigation.location.pathname === OFFERS}
      onQuery={(wanted, page) =>
        submit(parametersOf(wanted, page), { action: OFFERS, replace: true, preventScrollReset: true })
      }
      actions={useOfferActions()}
      pause={usePause()}
      dismissal={useDismissal()}
    />
  );
}
