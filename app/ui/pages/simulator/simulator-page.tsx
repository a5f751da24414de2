import { Banner, BlockStack, InlineGrid, Page } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SimulatedQuery } from "../../../domain/simulation/simulated-query.ts";
import type { SimulatorView } from "../../../views/simulator-view.ts";
import { TitleBar } from "../../kit/title-bar.tsx";
import { CartCard } from "./cart-card.tsx";
import { changedQuery } from "./changed-query.ts";
import { OffersCard } from "./offers-card.tsx";
import { OrderNotice } from "./order-notice.tsx";
import { OwnDiscountsCard } from "./own-discounts-card.tsx";
import type { ChangeQuery } from "./query-props.ts";
import { ShopperCard } from "./shopper-card.tsx";
import { SituationCard } from "./situation-card.tsx";
import { StateCard } from "./state-card.tsx";
import { TotalsCard } from "./totals-card.tsx";

export interface SimulatorPageProps {
  view: SimulatorView;
  /** An answer is on its way. */
  loading: boolean;
  onAsk: (query: SimulatedQuery) => void;
}

/** What offers do to a cart that staff put together, and why. */
export function SimulatorPage({ view, loading, onAsk }: SimulatorPageProps) {
  const { t } = useTranslation("simulator");
  const { query, change } = useAskedQuery(view, loading, onAsk);
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      <TitleBar title={t("title")} />
      <BlockStack gap="400">
        <Notices view={view} />
        <InlineGrid columns={{ xs: "1fr", lg: "minmax(0, 3fr) minmax(0, 2fr)" }} gap="400" alignItems="start">
          <BlockStack gap="400">
            <CartCard view={view} query={query} onChange={change} />
            <div aria-busy={loading} className={loading ? "tsuide-loading" : ""}>
              <BlockStack gap="400">
                <OffersCard view={view} />
                {view.own === null ? null : <OwnDiscountsCard own={view.own} />}
              </BlockStack>
            </div>
          </BlockStack>
          <BlockStack gap="400">
            <div aria-busy={loading} className={loading ? "tsuide-loading" : ""}>
              <TotalsCard view={view} />
            </div>
            <StateCard view={view} query={query} onChange={change} />
            <ShopperCard view={view} query={query} onChange={change} />
            <SituationCard view={view} query={query} onChange={change} />
          </BlockStack>
        </InlineGrid>
      </BlockStack>
    </Page>
  );
}

/** What is asked: the answer's own question, until staff change it. Changes while an answer is on its way add up. */
function useAskedQuery(view: SimulatorView, loading: boolean, onAsk: (query: SimulatedQuery) => void) {
  const [query, setQuery] = useState(view.query);
  const latest = useRef(query);
  useEffect(() => {
    if (loading) return;
    latest.current = view.query;
    setQuery(view.query);
  }, [view.query, loading]);
  const change: ChangeQuery = (changed) => {
    latest.current = changedQuery(latest.current, changed);
    setQuery(latest.current);
    onAsk(latest.current);
  };
  return { query, change };
}

function Notices({ view }: { view: SimulatorView }) {
  const { t } = useTranslation("simulator");
  return (
    <>
      {view.paused ? <Banner tone="warning">{t("notice.paused")}</Banner> : null}
      {view.discountActive ? null : <Banner tone="warning">{t("notice.discountOff")}</Banner>}
      {view.order !== null && "notFound" in view.order ? (
        <Banner tone="warning">{t("notice.orderNotFound", { order: view.order.notFound })}</Banner>
      ) : null}
      {view.order !== null && "name" in view.order ? <OrderNotice view={view} order={view.order} /> : null}
      {view.goneLines === 0 ? null : <Banner tone="warning">{t("notice.gone", { count: view.goneLines })}</Banner>}
    </>
  );
}
