import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useFetcher, useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { readHome } from "../flows/shop/read-home.ts";
import { startImport } from "../flows/orders/start-import.ts";
import { signedInShop } from "../server/signed-in-shop.server.ts";
import { HomePage } from "../ui/pages/home/home-page.tsx";
import { isImporting } from "../ui/pages/home/import-card.tsx";
import { useNotices } from "../ui/pages/home/use-notices.ts";
import { useShown } from "../ui/kit/kept-page.ts";
import { useLatePart } from "../ui/kit/late-part.tsx";
import { usePolling } from "../ui/kit/use-polling.ts";
import { useOfferActions } from "../ui/offers/use-offer-actions.ts";
import { useDismissal } from "../ui/proposals/use-dismissal.ts";
import { usePause } from "../ui/kit/use-pause.ts";
import { useSplitEmbed } from "../ui/kit/use-split-embed.ts";
import { useThemeBlock } from "../ui/kit/use-theme-block.ts";
import type { TrendsView } from "../views/trends-view.ts";
import type { loader as layoutLoader } from "./app.tsx";

export { answerOrFailure as clientAction, readAgainAfterSave as shouldRevalidate } from "../ui/forms/save-outcome.ts";
export { freshOrKept as clientLoader } from "../ui/kit/kept-page.ts";
export { PageErrorBoundary as ErrorBoundary } from "../ui/kit/page-error-boundary.tsx";

/** Where the page's chart comes from. */
const TRENDS = "/app/trends";

/** File name of the block in the theme extension. */
const BLOCK = "bought-together";

export async function loader({ request, context }: LoaderFunctionArgs) {
  return { view: await readHome(await signedInShop(request, context), context.flows) };
}

/** Starts the import, or starts it again after a failure. */
export async function action({ request, context }: ActionFunctionArgs) {
  return await startImport(await signedInShop(request, context), context.flows);
}

export default function Home() {
  const data = useLoaderData<typeof loader>();
  useShown(data);
  const { view } = data;
  const apiKey = useRouteLoaderData<typeof layoutLoader>("routes/app")?.apiKey ?? "";
  const start = useFetcher<typeof action>();
  const block = useThemeBlock(BLOCK);
  const embed = useSplitEmbed(view.shop.domain);
  // What was sold and seen in two months takes longer to add up than all else on the page, which is there first.
  const trends = useLatePart<TrendsView>("trends", TRENDS);
  // Everything up to the first publish goes on by itself; only a failure waits for a person.
  const settled = view.setup.imported && view.setup.mined && view.setup.published;
  const waiting = view.import?.status === "failed";
  usePolling(isImporting(view.import) || view.mining.status === "running" || (!settled && !waiting));
  return (
    <HomePage
      view={view}
      block={block}
      themeEditorUrl={themeEditorUrl(view.shop.domain, apiKey)}
      embed={embed}
      onStartImport={() => start.submit({}, { method: "post", action: "/app?index" })}
      startingImport={start.state !== "idle"}
      pause={usePause()}
      dismissal={useDismissal()}
      trends={trends}
      actions={useOfferActions()}
      noticeActions={useNotices()}
    />
  );
}

/** Shopify's deep link that opens the published theme with the block put on the product page, not yet saved. */
function themeEditorUrl(shop: string, apiKey: string): string {
  const query = new URLSearchParams({
    template: "product",
    addAppBlockId: `${apiKey}/${BLOCK}`,
    target: "mainSection",
  });
  return `https://${shop}/admin/themes/current/editor?${query.toString()}`;
}
