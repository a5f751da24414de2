import { Banner, BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ByArm } from "../../../domain/measurement/experiments/incremental.ts";
import type { HoldoutView } from "../../../views/experiments-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

interface HoldoutCardProps {
  view: HoldoutView;
  timezone: string;
  measuring: boolean;
  requested: boolean;
  onMeasure: () => void;
}

/** What all offers together earned lately: shoppers who were shown offers beside those who were held out. */
export function HoldoutCard({ view, timezone, measuring, requested, onMeasure }: HoldoutCardProps) {
  const { t } = useTranslation("experiments");
  const formats = useFormats(timezone);
  const { incremental } = view;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t("holdout.title")}
          </Text>
          {incremental.kind === "off" ? null : (
            <Button onClick={onMeasure} loading={measuring} disabled={requested}>
              {t("measureNow")}
            </Button>
          )}
        </InlineStack>
        <Figure view={view} timezone={timezone} />
        {incremental.kind === "off" ? null : (
          <Text as="p" tone="subdued">
            {formats.sentences([
              t("holdout.how", { share: formats.percent(view.percent / 100) }),
              ...(view.cap === null ? [] : [t("holdout.cap", { cap: formats.money(view.cap) })]),
              ...(view.mixedUnits === 0
                ? []
                : [t("holdout.mixed", { count: view.mixedUnits, number: formats.number(view.mixedUnits) })]),
              view.measuredAt === null
                ? t("neverMeasured")
                : t("measured", { time: formats.dateTime(view.measuredAt) }),
            ])}
          </Text>
        )}
        <Text as="p">
          <Link url="/app/settings">{t("holdout.settings")}</Link>
        </Text>
        <div role="status">{requested ? <Text as="p">{t("requested")}</Text> : null}</div>
      </BlockStack>
    </Card>
  );
}

function Figure({ view, timezone }: Pick<HoldoutCardProps, "view" | "timezone">) {
  const { t } = useTranslation("experiments");
  const formats = useFormats(timezone);
  const { incremental, currency } = view;
  const money = (amount: number) => formats.money({ amountMinor: Math.round(amount), currency });
  const people = ({ holdout, shown }: ByArm) => ({ holdout: formats.number(holdout), shown: formats.number(shown) });
  switch (incremental.kind) {
    case "off":
      return <Text as="p">{t("holdout.off")}</Text>;
    case "no-visitors":
      return <Text as="p">{t("holdout.noVisitors")}</Text>;
    case "wrong-split":
      return (
        <Banner tone="warning">
          {t("holdout.wrongSplit", {
            ...people(incremental.units),
            planned: formats.number(incremental.planned.holdout),
          })}
        </Banner>
      );
    case "not-enough":
      return (
        <Text as="p">
          {formats.sentences([
            incremental.daysLeft === null
              ? t("holdout.noBuyers")
              : t("verdict.notEnough", { count: incremental.daysLeft, days: formats.number(incremental.daysLeft) }),
            t("holdout.soFar", people(incremental.units)),
          ])}
        </Text>
      );
    case "estimate": {
      const { interval, estimateMinor, anyLook, perVisitor } = incremental;
      const isSure = anyLook.low > 0 || anyLook.high < 0;
      return (
        <BlockStack gap="100">
          <Text as="p" variant="headingLg">
            {money(estimateMinor)}
          </Text>
          <Text as="p">
            {formats.sentences([
              t("holdout.between", { low: money(interval.low), high: money(interval.high) }),
              t("holdout.period", { period: formats.dateRange(view.from, view.to) }),
              isSure ? t("holdout.sure") : t("holdout.unsure"),
            ])}
          </Text>
          <Text as="p" tone="subdued">
            {t("holdout.perVisitor", {
              ...{ spentShown: money(perVisitor.shown), spentHoldout: money(perVisitor.holdout) },
              ...people(incremental.units),
            })}
          </Text>
        </BlockStack>
      );
    }
  }
}
