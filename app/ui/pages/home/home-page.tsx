import { BlockStack, InlineGrid, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { HomeView } from "../../../views/home-view.ts";
import type { TrendsView } from "../../../views/trends-view.ts";
import type { BlockState } from "../../kit/app-bridge.ts";
import type { Late } from "../../kit/late-part.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";
import type { EmbedInTheme } from "../../kit/use-split-embed.ts";
import { PausedNotice, type PauseActions } from "../../kit/paused-notice.tsx";
import { FailingNotice } from "../../offers/failing-notice.tsx";
import type { OfferActions } from "../../offers/use-offer-actions.ts";
import type { Dismissal } from "../../proposals/use-dismissal.ts";
import { FirstProposals } from "../../proposals/proposals-card.tsx";
import { ExperimentsToDecide } from "./experiments-to-decide.tsx";
import { FewOrders } from "./few-orders.tsx";
import { Headline } from "./headline.tsx";
import { ImportCard } from "./import-card.tsx";
import { LeftOut, Learned } from "./knowledge.tsx";
import { Notices } from "./notices.tsx";
import { RecentLines } from "./recent-lines.tsx";
import { SetupGuide } from "./setup-guide.tsx";
import { ToReview } from "./to-review.tsx";
import type { NoticeActions } from "./use-notices.ts";
import { TrendsCard } from "./trends-card.tsx";

interface HomePageProps {
  view: HomeView;
  block: BlockState;
  themeEditorUrl: string;
  embed: EmbedInTheme;
  onStartImport: () => void;
  startingImport: boolean;
  pause: PauseActions;
  dismissal: Dismissal;
  trends: Late<TrendsView>;
  noticeActions: NoticeActions;
  /** What can be done to offers. */
  actions: OfferActions;
}

/** The first page: what is set up, how far the import is, what the offers earned and what they rest on. */
export function HomePage({
  view,
  block,
  themeEditorUrl,
  embed,
  onStartImport,
  startingImport,
  pause,
  dismissal,
  trends,
  actions,
  noticeActions,
}: HomePageProps) {
  const { t } = useTranslation("home");
  const { timezone } = view.shop;
  // Figures of zero tell less than what there is to begin with.
  const earns = view.headline.attributedLines > 0;
  const proposals = <FirstProposals view={view.proposals} dismissal={dismissal} />;
  return (
    <Page title={view.shop.name} subtitle={t("subtitle")}>
      <TitleBar title={t("title")} />
      <BlockStack gap="400">
        <Notices
          {...{ notices: view.notices, dismissed: view.dismissed, shop: view.shop.domain, actions: noticeActions }}
        />
        {view.failing.map((offer) => (
          <FailingNotice key={offer.number} offer={offer} actions={actions} />
        ))}
        <ImportCard view={view.import} timezone={timezone} onStart={onStartImport} starting={startingImport} />
        {view.paused ? <PausedNotice {...pause} /> : null}
        <ExperimentsToDecide experiments={view.experiments} timezone={timezone} />
        <ToReview toReview={view.offers.toReview} />
        {view.fewOrders === null ? null : <FewOrders few={view.fewOrders} orders={view.mining.orders} />}
        <SetupGuide setup={view.setup} block={block} themeEditorUrl={themeEditorUrl} embed={embed} />
        {earns ? null : proposals}
        <Headline headline={view.headline} timezone={timezone} />
        <TrendsCard late={trends} />
        {earns ? proposals : null}
        <RecentLines recent={view.recent} timezone={timezone} />
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400" alignItems="start">
          <Learned view={view} />
          <LeftOut leftOut={view.leftOut} mining={view.mining} timezone={timezone} />
        </InlineGrid>
      </BlockStack>
    </Page>
  );
}
