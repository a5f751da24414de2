import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { z } from "zod";
import type { ShopDomain } from "../domain/ids.ts";
import { chooseCompanion, takeBackChoice } from "../flows/offers/choose-companion.ts";
import { excludeProduct } from "../flows/offers/exclude-product.ts";
import { replaceCompanion, undoReplacement } from "../flows/offers/replace-companion.ts";
import { readBoughtTogether } from "../flows/offers/read-bought-together.ts";
import type { FlowContext } from "../flows/context.ts";
import { jsonField, productField } from "../server/form-fields.ts";
import { signedInShop, signedInStaff } from "../server/signed-in-shop.server.ts";
import { BoughtTogetherPage } from "../ui/pages/bought-together/bought-together-page.tsx";
import { COMPANION_INTENTS } from "../ui/pages/bought-together/companion-intent.ts";
import { addressOf, BOUGHT_TOGETHER, FILTERS, type ListQuery } from "../ui/pages/bought-together/list-query.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import { usePolling } from "../ui/kit/use-polling.ts";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";
export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";
export { answerOrFailure as clientAction, readAgainAfterSave as shouldRevalidate } from "../ui/forms/save-outcome.ts";

const LONGEST_SEARCH = 200;
const LAST_PAGE = 1_000_000;

// What makes no sense is taken for what is usual: an address is often typed or cut short.
const text = z.string().max(LONGEST_SEARCH).catch("");
const query = z.object({
  q: text,
  show: z.enum(FILTERS).catch("all"),
  vendor: text,
  type: text,
  as: text,
  page: z.coerce.number().int().min(1).max(LAST_PAGE).catch(1),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const asked = query.parse(Object.fromEntries(new URL(request.url).searchParams));
  const { q: search, show: filter, as: segment, ...rest } = asked;
  return { view: await readBoughtTogether(shop, { search, filter, segment, ...rest }, context.flows) };
}

const flag = z.enum(["true", "false"]).transform((value) => value === "true");
const pair = z.object({ trigger: productField, companion: productField });
const kind = z.enum(["pin", "approve", "block"]).nullable();
const before = jsonField(z.object({ companion: kind, by: kind }), 100);
const decision = z.discriminatedUnion("intent", [
  pair.extend({ intent: z.enum(COMPANION_INTENTS) }),
  z.object({ intent: z.literal("exclude"), product: productField, asTrigger: flag, asCompanion: flag }),
  pair.extend({ intent: z.literal("replace"), by: productField }),
  pair.extend({ intent: z.literal("undo-replace"), by: productField, before }),
]);
type Decision = z.infer<typeof decision>;

const FLOWS = {
  pin: { decide: chooseCompanion, kind: "pin" },
  unpin: { decide: takeBackChoice, kind: "pin" },
  block: { decide: chooseCompanion, kind: "block" },
  unblock: { decide: takeBackChoice, kind: "block" },
} as const;

/** One decision: about a companion of a product, or a product as a whole. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { shop, flows } = await signedInStaff(request, context);
  const parsed = decision.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) return { intent: "pin" as const, trigger: "", companion: "", code: "invalid" };
  return decide(shop, parsed.data, flows);
}

async function decide(shop: ShopDomain, asked: Decision, flows: FlowContext) {
  switch (asked.intent) {
    case "exclude": {
      const { intent, product: id, asTrigger, asCompanion } = asked;
      return { intent, product: id, ...(await excludeProduct(shop, id, { asTrigger, asCompanion }, flows)) };
    }
    case "replace":
      return { intent: asked.intent, by: asked.by, ...(await replaceCompanion(shop, asked, flows)) };
    case "undo-replace":
      return { intent: asked.intent, by: asked.by, ...(await undoReplacement(shop, asked, asked.before, flows)) };
    default: {
      const { intent, trigger, companion } = asked;
      const { decide: flow, kind } = FLOWS[intent];
      const { code } = await flow(shop, { trigger, companion, kind }, flows);
      return { intent, trigger, companion, code };
    }
  }
}

export default function BoughtTogether() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const { view } = data;
  const submit = useSubmit();
  const navigation = useNavigation();
  usePolling(view.publishing);
  const show = (wanted: ListQuery) => {
    const isSamePage = wanted.page === view.page;
    submit(addressOf(wanted), { action: BOUGHT_TOGETHER, replace: isSamePage, preventScrollReset: isSamePage });
  };
  return (
    <BoughtTogetherPage
      view={view}
      loading={navigation.state === "loading" && navigation.location.pathname === BOUGHT_TOGETHER}
      onQuery={show}
    />
  );
}
