import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { z } from "zod";
import { parseGid } from "../domain/ids.ts";
import {
  approveUpgrade,
  hideUpgrade,
  setUpgradeCap,
  showUpgrade,
  takeBackUpgrade,
} from "../flows/mining/upgrades/choose-upgrades.ts";
import { readUpgrades } from "../flows/mining/upgrades/read-upgrades.ts";
import { parseCandidate } from "../domain/mining/upgrades/candidate.ts";
import { signedInShop, signedInStaff } from "../server/signed-in-shop.server.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import { usePolling } from "../ui/kit/use-polling.ts";
import { UPGRADE_FILTERS, type UpgradesQuery } from "../ui/pages/upgrades/list-query.ts";
import { UPGRADE_ACTION, UPGRADE_INTENTS, type UpgradeActionResult } from "../ui/pages/upgrades/upgrade-intent.ts";
import { UpgradesPage } from "../ui/pages/upgrades/upgrades-page.tsx";

export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";
export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";
export { answerOrFailure as clientAction, readAgainAfterSave as shouldRevalidate } from "../ui/forms/save-outcome.ts";

const LONGEST_SEARCH = 200;
const LAST_PAGE = 1_000_000;
/** As many variants as one product is looked at for. */
const MOST_CANDIDATES = 60;

// What makes no sense is taken for what is usual: an address is often typed or cut short.
const query = z.object({
  q: z.string().max(LONGEST_SEARCH).catch(""),
  show: z.enum(UPGRADE_FILTERS).catch("all"),
  page: z.coerce.number().int().min(1).max(LAST_PAGE).catch(1),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await signedInShop(request, context);
  const { q, show, page } = query.parse(Object.fromEntries(new URL(request.url).searchParams));
  return { view: await readUpgrades(shop, { search: q.trim(), page, filter: show }, context.flows) };
}

/** Ids are numbers that a bigint of the database holds. */
const WHOLE_IDS = /^([^>]*\/\d{1,18}(>|$))+$/;
const idIn = <Id extends string>(parse: (text: string) => Id | null) =>
  z.string().transform((value, context) => {
    const id = WHOLE_IDS.test(value) ? parse(value) : null;
    if (id === null) context.addIssue({ code: "custom", message: "Not such an id" });
    return id ?? z.NEVER;
  });
const productId = idIn((text) => parseGid("Product", text));
/** A product, or the variants of one decision, with spaces between them. */
const candidates = z
  .string()
  .transform((value) => value.split(" "))
  .pipe(z.array(idIn(parseCandidate)).min(1).max(MOST_CANDIDATES));
const request = z.discriminatedUnion("intent", [
  z.object({ intent: z.enum(UPGRADE_INTENTS), product: productId, candidate: candidates }),
  z.object({ intent: z.literal("cap"), percent: z.coerce.number() }),
]);

const FLOWS = { hide: hideUpgrade, show: showUpgrade, approve: approveUpgrade, takeBack: takeBackUpgrade };

/** One decision about one candidate, or another cap. */
export async function action(args: ActionFunctionArgs): Promise<UpgradeActionResult> {
  const { shop, flows } = await signedInStaff(args.request, args.context);
  const parsed = request.safeParse(Object.fromEntries(await args.request.formData()));
  if (!parsed.success) return { intent: "hide", candidate: "", code: "invalid" };
  const asked = parsed.data;
  if (asked.intent === "cap") {
    return { intent: "cap", candidate: "", code: (await setUpgradeCap(shop, asked.percent, flows)).code };
  }
  const { intent, product, candidate } = asked;
  const { code } = await FLOWS[intent](shop, product, candidate, flows);
  return { intent, candidate: candidate.join(" "), code };
}

export default function Upgrades() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const { view } = data;
  const submit = useSubmit();
  const cap = useFetcher<UpgradeActionResult>();
  const navigation = useNavigation();
  usePolling(view.status === "running");
  const show = ({ search, filter, page }: UpgradesQuery) => {
    const wanted = new URLSearchParams();
    if (search !== "") wanted.set("q", search);
    if (filter !== "all") wanted.set("show", filter);
    if (page > 1) wanted.set("page", String(page));
    submit(wanted, {
      action: UPGRADE_ACTION,
      replace: page === view.page,
      preventScrollReset: page === view.page,
    });
  };
  return (
    <UpgradesPage
      view={view}
      loading={navigation.state === "loading" && navigation.location.pathname === UPGRADE_ACTION}
      onQuery={show}
      onCap={(percent) =>
        cap.submit({ intent: "cap", percent: String(percent) }, { method: "post", action: UPGRADE_ACTION })
      }
      capRefusal={cap.state === "idle" && cap.data !== undefined && cap.data.code !== "saved" ? cap.data.code : null}
    />
  );
}
