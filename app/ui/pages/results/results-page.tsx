import { Banner, BlockStack, Card, Page, Tabs, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Breakdown } from "../../../domain/measurement/breakdown.ts";
import type { RangeQuery } from "../../../domain/time/report-range.ts";
import {
  RESULT_DIMENSIONS,
  type ResultDimension,
  type ResultsEffectView,
  type ResultsFunnelView,
  type ResultsView,
} from "../../../views/results-view.ts";
import type { BreakdownView } from "../../../views/breakdown-view.ts";
import { EmptyList } from "../../kit/empty-list.tsx";
import type { Late } from "../../kit/late-part.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";
import { OFFERS } from "../../offers/list-query.ts";
import { BreakdownCard } from "./breakdown-card.tsx";
import { FiguresCard } from "./figures-card.tsx";
import { FilesCard } from "./files-card.tsx";
import { FunnelCard } from "./funnel-card.tsx";
import { RangeCard } from "./range-card.tsx";
import { CUSTOMERS, RECONCILIATION } from "./results-address.ts";
import { RevenueChartCard } from "./revenue-chart-card.tsx";
import { RoiCard } from "./roi-card.tsx";
import { RowsCard } from "./rows-card.tsx";

export interface ResultsPageProps {
  view: ResultsView;
  effect: Late<ResultsEffectView>;
  funnel: Late<ResultsFunnelView>;
  breakdown: { by: Breakdown; late: Late<BreakdownView>; onBy: (by: Breakdown) => void };
  /** Other figures are on their way. */
  loading: boolean;
  onRange: (range: RangeQuery) => void;
  onBy: (by: ResultDimension) => void;
}

/** What offers earned and cost in any period, with the formula and the orders of each figure. */
export function ResultsPage({ view, effect, funnel, breakdown, loading, onRange, onBy }: ResultsPageProps) {
  const { t } = useTranslation("results");
  const tabs = RESULT_DIMENSIONS.map((by) => ({ id: by, content: t(`by.${by}`), panelID: "results-by" }));
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      secondaryActions={[
        { content: t("reconcile"), url: RECONCILIATION },
        { content: t("lifetime"), url: CUSTOMERS },
      ]}
    >
      <TitleBar title={t("title")} />
      <BlockStack gap="400">
        <RangeCard range={view.range} {...view.shop} loading={loading} onRange={onRange} />
        <div aria-busy={loading} className={loading ? "tsuide-loading" : ""}>
          <BlockStack gap="400">
            <Empty view={view} />
            <FiguresCard view={view} effect={effect} />
            <RoiCard view={view} effect={effect} />
            <RevenueChartCard view={view} />
            <Card padding="0">
              <Tabs
                tabs={tabs}
                selected={RESULT_DIMENSIONS.indexOf(view.by)}
                onSelect={(place) => onBy(RESULT_DIMENSIONS[place]!)}
              />
            </Card>
            <div id="results-by">
              <BlockStack gap="400">
                <RowsCard view={view} effect={effect.part ?? null} />
                <FunnelCard key={view.by} view={view} late={funnel} />
              </BlockStack>
            </div>
            <BreakdownCard view={view} {...breakdown} />
            <FilesCard view={view} />
          </BlockStack>
        </div>
      </BlockStack>
    </Page>
  );
}

/** Why a page has nothing to show, and what to do about it. */
function Empty({ view }: { view: ResultsView }) {
  const { t } = useTranslation("results");
  if (!view.hasOffers) {
    return (
      <Card>
        <EmptyList heading={t("empty.offers.title")} action={{ content: t("empty.offers.action"), url: OFFERS }}>
          <p>{t("empty.offers.text")}</p>
        </EmptyList>
      </Card>
    );
  }
  if (view.now.attributedLines > 0) return null;
  const reason = view.now.orders === 0 ? "orders" : "sales";
  return (
    <Banner tone="info" title={t(`empty.${reason}.title`)}>
      <Text as="p">{t(`empty.${reason}.text`)}</Text>
    </Banner>
  );
}
