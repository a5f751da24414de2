import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation, useSubmit } from "@remix-run/react";
import { z } from "zod";
import { parseGid } from "../domain/ids.ts";
import { blockCompanion, unblockCompanion } from "../flows/offers/block-companion.ts";
import { pinCompanion, unpinCompanion } from "../flows/offers/pin-companion.ts";
import { readBoughtTogether } from "../flows/offers/read-bought-together.ts";
import { readSettings } from "../flows/offers/read-settings.ts";
import { signedInShop } from "../signed-in-shop.server.ts";
import { BoughtTogetherPage } from "../ui/bought-together/bought-together-page.tsx";
import { COMPANION_INTENTS } from "../ui/bought-together/companion-intent.ts";
import { FILTERS, type ListQuery } from "../ui/bought-together/list-query.ts";

export { PageErrorBoundary as ErrorBoundary } from "../ui/page-error-boundary.tsx";

const LONGEST_SEARCH = 200;
const LAST_PAGE = 1_000_000;

// What makes no sense is taken for what is usual: an address is often typed or cut short.
const query = z.object({
  q: z.string().max(LONGEST_SEARCH).catch(""),
  show: z.enum(FILTERS).catch("all"),
  as: z.string().max(LONGEST_SEARCH).catch(""),
  page: z.coerce.number().int().min(1).max(LAST_PAGE).catch(1),
});

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await signedInShop(request);
  const { q, show, page, as } = query.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [view, settings] = await Promise.all([
    readBoughtTogether(shop, { search: q.trim(), page, filter: show, segment: as }),
    readSettings(shop),
  ]);
  return { view, settings };
}

const product = z.string().transform((value, context) => {
  const id = parseGid("Product", value);
  if (id === null) context.addIssue({ code: "custom", message: "Not a product's id" });
  return id ?? z.NEVER;
});
const decision = z.object({ intent: z.enum(COMPANION_INTENTS), trigger: product, companion: product });

const FLOWS = { pin: pinCompanion, unpin: unpinCompanion, block: blockCompanion, unblock: unblockCompanion };

/** One decision about one companion. */
export async function action({ request }: ActionFunctionArgs) {
  const shop = await signedInShop(request);
  const form = Object.fromEntries(await request.formData());
  const parsed = decision.safeParse(form);
  if (!parsed.success) return { intent: "pin" as const, trigger: "", companion: "", code: "invalid" };
  const { intent, trigger, companion } = parsed.data;
  const { code } = await FLOWS[intent](shop, trigger, companion);
  return { intent, trigger, companion, code };
}

export default function BoughtTogether() {
  const { view, settings } = useLoaderData<typeof loader>();
  const submit = useSubmit();
  const navigation = useNavigation();
  const show = ({ search, filter, segment, page }: ListQuery) => {
    const wanted = new URLSearchParams();
    if (search !== "") wanted.set("q", search);
    if (filter !== "all") wanted.set("show", filter);
    if (segment !== "") wanted.set("as", segment);
    if (page > 1) wanted.set("page", String(page));
    submit(wanted, {
      action: "/app/bought-together",
      replace: page === view.page,
      preventScrollReset: page === view.page,
    });
  };
  return (
    <BoughtTogetherPage
      view={view}
      settings={settings}
      loading={navigation.state === "loading" && navigation.location.pathname === "/app/bought-together"}
      onQuery={show}
    />
  );
}
