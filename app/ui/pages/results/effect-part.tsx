import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ResultsEffectView, ResultsView } from "../../../views/results-view.ts";
import { type Late, LatePart } from "../../kit/late-part.tsx";

interface EffectPartProps {
  effect: Late<ResultsEffectView>;
  /** What the page shows. */
  view: Pick<ResultsView, "range" | "by">;
  /** Lines that stand in its place until it comes. */
  lines: number;
  children: (effect: ResultsEffectView) => ReactNode;
}

/** Whether a part is of the period and the split that the page shows. */
export function isOf({ from, to, by }: ResultsEffectView, view: Pick<ResultsView, "range" | "by">): boolean {
  return from === view.range.from && to === view.range.to && by === view.by;
}

/** A part of the page that says what offers added or cost. */
export function EffectPart({ effect, view, lines, children }: EffectPartProps) {
  const { t } = useTranslation("results");
  return (
    <LatePart
      late={effect}
      isOld={(part) => !isOf(part, view)}
      failed={t("effect.failed")}
      retry={t("funnel.retry")}
      lines={lines}
    >
      {children}
    </LatePart>
  );
}
