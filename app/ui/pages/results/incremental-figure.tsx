import { BlockStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { IncrementalView } from "../../../views/results-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { EXPERIMENTS } from "../experiments/address.ts";
import { Figure, type FormulaInput } from "./figure.tsx";

interface IncrementalFigureProps {
  incremental: IncrementalView;
  timezone: string;
  window: string;
}

/** What the shop would not have sold without offers, by the shoppers who are shown none. */
export function IncrementalFigure({ incremental, timezone, window }: IncrementalFigureProps) {
  const { t } = useTranslation("results");
  const { value, note } = useIncrementalWords(incremental, timezone);
  return (
    <BlockStack gap="100">
      <Figure
        label={t("figure.incremental")}
        value={value}
        note={note}
        formula={{ words: t("formula.of.incremental"), inputs: useInputs(incremental), window }}
      />
      {incremental.kind === "estimate" ? null : (
        <Text as="p" variant="bodySm">
          <Link url={EXPERIMENTS}>{t("incremental.toExperiments")}</Link>
        </Text>
      )}
    </BlockStack>
  );
}

/** The figure, or that it is not known; and its interval, or why. */
export function useIncrementalWords(incremental: IncrementalView, timezone: string): { value: string; note: string } {
  const { t } = useTranslation("results");
  const formats = useFormats(timezone);
  const { kind } = incremental;
  if (kind === "not-enough") {
    const { buyers, daysLeft } = incremental;
    const days = { count: daysLeft ?? 0, days: formats.number(daysLeft ?? 0) };
    const few = t("incremental.few", { count: buyers, buyers: formats.number(buyers) });
    return {
      value: t("incremental.notEnough"),
      note: daysLeft === null ? few : formats.sentences([few, t("incremental.daysLeft", days)]),
    };
  }
  if (kind !== "estimate") return { value: t("incremental.none"), note: t(`incremental.why.${kind}`) };
  const { low, high, since } = incremental;
  const interval = t("incremental.interval", { low: formats.money(low), high: formats.money(high) });
  return {
    value: formats.money(incremental.estimate),
    note:
      since === null ? interval : formats.sentences([interval, t("incremental.since", { date: formats.date(since) })]),
  };
}

function useInputs(incremental: IncrementalView): FormulaInput[] {
  const { t } = useTranslation("results");
  const formats = useFormats();
  if (incremental.kind !== "estimate") return [];
  const { shown, heldOut, perShown, perHeldOut } = incremental;
  return [
    { label: t("input.perShown"), value: formats.money(perShown) },
    { label: t("input.perHeldOut"), value: formats.money(perHeldOut) },
    { label: t("input.shown"), value: formats.number(shown) },
    { label: t("input.heldOut"), value: formats.number(heldOut) },
  ];
}
