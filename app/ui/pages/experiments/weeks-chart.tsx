import { useTranslation } from "react-i18next";
import type { PlanView } from "../../../views/planner-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { differenceText } from "./difference-text.ts";
import { percentTicks } from "./percent-ticks.ts";

/** Weeks with a label below the chart. */
const LABELLED_WEEKS = [1, 4, 8, 12, 16, 20, 24];

/**
 * The smallest difference that is found, by weeks, with the difference asked for as a line across. The drawing stretches
 * to the width of the page; labels are texts beside it, so that they keep their size. A table holds the same figures.
 */
export function WeeksChart({ plan: { curve, weeks, percent } }: { plan: PlanView }) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  const difference = percent / 100;
  const ticks = percentTicks(Math.max(difference, ...curve.map((week) => week.difference)));
  const top = ticks.at(-1)!;
  const last = curve.length;
  const x = (week: number) => ((week - 1) / (last - 1)) * 100;
  const y = (share: number) => 100 - (share / top) * 100;
  const line = curve.map((week) => `${x(week.weeks)},${y(week.difference)}`).join(" ");
  const ends = [curve[0]!, curve.at(-1)!].map((week) => differenceText(week.difference, formats));
  const label = t("chart.label", { last: formats.number(last), from: ends[0], to: ends[1] });
  // Where the curve falls below what is asked, the name stands above it on the right; else far below it on the left.
  const side = weeks === null ? "insetInlineStart" : "insetInlineEnd";
  return (
    <figure className="tsuide-weeks">
      <figcaption>{t("chart.difference")}</figcaption>
      <div className="tsuide-weeks-y" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ insetBlockStart: `${y(tick)}%` }}>
            {formats.percent(tick, top < 0.05 ? 1 : 0)}
          </span>
        ))}
      </div>
      <div className="tsuide-weeks-plot">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={label}>
          {ticks.map((tick) => (
            <line key={tick} className="tsuide-weeks-grid" x1="0" x2="100" y1={y(tick)} y2={y(tick)} />
          ))}
          <line className="tsuide-weeks-asked" x1="0" x2="100" y1={y(difference)} y2={y(difference)} />
          <polyline className="tsuide-weeks-line" points={line} />
        </svg>
        <span
          className="tsuide-weeks-name"
          aria-hidden="true"
          style={{ insetBlockEnd: `${100 - y(difference)}%`, [side]: 0 }}
        >
          {t("chart.asked", { difference: formats.percent(difference) })}
        </span>
        {weeks === null ? null : (
          <span
            className="tsuide-weeks-answer"
            aria-hidden="true"
            style={{ insetInlineStart: `${x(weeks)}%`, insetBlockStart: `${y(curve[weeks - 1]!.difference)}%` }}
          />
        )}
      </div>
      <div className="tsuide-weeks-x" aria-hidden="true">
        {LABELLED_WEEKS.filter((week) => week <= last).map((week) => (
          <span key={week} style={{ insetInlineStart: `${x(week)}%` }}>
            {formats.number(week)}
          </span>
        ))}
      </div>
      <div className="tsuide-weeks-unit" aria-hidden="true">
        {t("chart.weeks")}
      </div>
    </figure>
  );
}
