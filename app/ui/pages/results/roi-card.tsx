import { BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ResultsEffectView, ResultsView, RoiView } from "../../../views/results-view.ts";
import type { Late } from "../../kit/late-part.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";
import { EffectPart } from "./effect-part.tsx";
import { Figure } from "./figure.tsx";
import { FileButton } from "./file-button.tsx";
import { roiParts } from "./result-words.ts";
import { SETTINGS } from "./results-address.ts";
import "./results.css";

/** What offers brought in for what they cost, with every cost in sight. */
export function RoiCard({ view, effect }: { view: ResultsView; effect: Late<ResultsEffectView> }) {
  const { t } = useTranslation("results");
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("roi.title")}
        </Text>
        <EffectPart effect={effect} view={view} lines={8}>
          {({ roi }) => <Roi view={view} roi={roi} />}
        </EffectPart>
        <InlineStack gap="400" blockAlign="center">
          <FileButton file="roi" range={view.range} />
          <Link url={SETTINGS}>{t("roi.editCosts")}</Link>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function Roi({ view: { range, shop }, roi }: { view: ResultsView; roi: RoiView }) {
  const { t } = useTranslation("results");
  const formats = useFormats(shop.timezone);
  const parts = roiParts(roi, t).map(({ amount, ...part }) => ({
    ...part,
    value: amount === null ? t("roi.unknown") : formats.money(amount),
  }));
  const window = t("formula.window", { period: formats.dateRange(range.from, range.to), timezone: shop.timezone });
  return (
    <BlockStack gap="300">
      <Figure
        label={t("figure.roi")}
        value={roi.ratio === null ? "–" : formats.percent(roi.ratio)}
        note={useNote(roi)}
        formula={{ words: t("formula.of.roi"), inputs: parts, window }}
      />
      <dl className="tsuide-sum">
        {parts.map(({ name, label, value }) => (
          <div key={name} data-total={name === "cost" ? "" : undefined}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </BlockStack>
  );
}

/** Between which values it lies, or which costs are missing and what to do about it. */
function useNote(roi: RoiView): string {
  const { t } = useTranslation("results");
  const formats = useFormats();
  const { missing, interval, goodsWithoutCost: lines, marginPercent } = roi;
  const margin =
    lines === 0 || marginPercent === null
      ? []
      : [
          t("roi.byMargin", {
            count: lines,
            lines: formats.number(lines),
            margin: formats.percent(marginPercent / 100),
          }),
        ];
  if (missing.length > 0) {
    const words = { count: lines, lines: formats.number(lines) };
    return formats.sentences(missing.map((cost) => t(`roi.missing.${cost}`, words)));
  }
  if (roi.ratio === null) return t("roi.noCost");
  if (interval === null) return formats.sentences([t(`roi.basis.${roi.basis}`), ...margin]);
  const [low, high] = [formats.percent(interval.low), formats.percent(interval.high)];
  return formats.sentences([t("incremental.interval", { low, high }), t(`roi.basis.${roi.basis}`), ...margin]);
}
