import { Banner, BlockStack, Button, Card, InlineStack, Modal, ProgressBar, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addTotals, NO_TOTALS } from "../../../domain/backtest/month-totals.ts";
import type { BacktestView } from "../../../views/backtest-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { BacktestResult } from "./backtest-result.tsx";
import type { Backtest } from "./use-backtest.ts";

/** What the offer in the form would have done for past orders: a button, how far it is, and what came out. */
export function BacktestCard({ backtest }: { backtest: Backtest }) {
  const { t } = useTranslation("backtest");
  const { view, running, invalid } = backtest;
  const [open, setOpen] = useState(false);
  const ended = running ? null : view;
  const replayed = ended?.outcome?.code === "replayed" ? ended.outcome : null;
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("title")}
          </Text>
          <Text as="p" tone="subdued">
            {t("intro")}
          </Text>
        </BlockStack>
        <div aria-live="polite">
          <BlockStack gap="200">
            {running ? <Progress view={view} /> : null}
            {ended === null ? null : <Ended view={ended} />}
            {!running && backtest.failed ? <Banner tone="critical">{t("ended.failed")}</Banner> : null}
            {replayed !== null && backtest.outdated ? <Banner tone="info">{t("outdated")}</Banner> : null}
          </BlockStack>
        </div>
        {invalid ? (
          <Text as="p" tone="subdued">
            {t("invalid")}
          </Text>
        ) : null}
        <InlineStack gap="200">
          {running ? (
            <Button onClick={backtest.cancel} disabled={view === null}>
              {t("stop")}
            </Button>
          ) : (
            <Button onClick={() => backtest.start(ended?.status === "done" && !backtest.outdated)} disabled={invalid}>
              {ended === null ? t("start") : t("again")}
            </Button>
          )}
          {replayed === null ? null : (
            <Button variant="primary" onClick={() => setOpen(true)}>
              {t("details")}
            </Button>
          )}
        </InlineStack>
        {replayed === null ? null : (
          <Modal open={open} onClose={() => setOpen(false)} title={t("title")} size="large">
            <Modal.Section>
              <BacktestResult outcome={replayed} shop={ended!.shop} />
            </Modal.Section>
          </Modal>
        )}
      </BlockStack>
    </Card>
  );
}

function Progress({ view }: { view: BacktestView | null }) {
  const { t } = useTranslation("backtest");
  const formats = useFormats();
  const { ordersDone = 0, ordersTotal = null } = view ?? {};
  const words =
    ordersTotal === null
      ? t("waiting")
      : t("progress", { done: formats.number(ordersDone), count: ordersTotal, total: formats.number(ordersTotal) });
  return (
    <BlockStack gap="100">
      <Text as="p" id="backtest-progress">
        {words}
      </Text>
      <ProgressBar
        progress={ordersTotal === null || ordersTotal === 0 ? 0 : (ordersDone / ordersTotal) * 100}
        size="small"
        ariaLabelledBy="backtest-progress"
      />
    </BlockStack>
  );
}

/** What came out, in a sentence or two. */
function Ended({ view }: { view: BacktestView }) {
  const { t } = useTranslation("backtest");
  const formats = useFormats(view.shop.timezone);
  const { outcome } = view;
  if (outcome === null) return <Text as="p">{t(`ended.${view.status === "cancelled" ? "cancelled" : "failed"}`)}</Text>;
  if (outcome.code !== "replayed") return <Text as="p">{t(`ended.${outcome.code}`)}</Text>;
  const sum = outcome.months.reduce((totals, one) => addTotals(totals, one.totals), NO_TOTALS);
  const figures = {
    ...{ count: sum.orders, orders: formats.number(sum.orders), given: formats.number(sum.given) },
    ...{ share: sum.orders === 0 ? "0%" : formats.percent(sum.given / sum.orders), near: formats.number(sum.near) },
    cost: formats.money({ amountMinor: sum.discountMinor, currency: outcome.currency }),
    credit: formats.money({ amountMinor: sum.creditMinor, currency: outcome.currency }),
  };
  const sentences = [
    t(outcome.givesSomething ? "summary.given" : "summary.shown", figures),
    ...(sum.near > 0 ? [t("summary.near", { ...figures, count: sum.near })] : []),
    ...(sum.discountMinor > 0 ? [t("summary.cost", figures)] : []),
    ...(sum.creditMinor > 0 ? [t("summary.credit", figures)] : []),
  ];
  return <Text as="p">{formats.sentences(sentences)}</Text>;
}
