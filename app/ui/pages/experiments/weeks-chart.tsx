import { useTranslation } from "react-i18next";
import type { PlanView } from "../../../views/planner-view.ts";
import { axisTicks } from "../../charts/axis-ticks.ts";
import { ChartDot, ChartFrame } from "../../charts/chart-frame.tsx";
import { ChartLine } from "../../charts/shapes.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";
import { SMALLEST_STEP, useDifferenceMarks } from "./difference-axis.ts";
import { differenceText } from "./difference-text.ts";

/** Weeks with a label below the chart. */
const LABELLED_WEEKS = [1, 4, 8, 12, 16, 20, 24];

/** The smallest difference that is found, by weeks, with the difference asked for as a line across. */
export function WeeksChart({ plan: { curve, weeks, percent } }: { plan: PlanView }) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  const difference = percent / 100;
  const most = Math.max(difference, ...curve.map((week) => week.difference));
  const ticks = axisTicks(0, most, SMALLEST_STEP);
  const top = ticks.at(-1)!;
  const last = curve.length;
  const x = (week: number) => ((week - 1) / (last - 1)) * 100;
  const y = (share: number) => 100 - (share / top) * 100;
  const ends = [curve[0]!, curve.at(-1)!].map((week) => differenceText(week.difference, formats));
  // Where the curve falls below what is asked, the name stands above it on the right; else far below it on the left.
  const side = weeks === null ? "insetInlineStart" : "insetInlineEnd";
  return (
    <ChartFrame
      label={t("chart.label", { last: formats.number(last), from: ends[0], to: ends[1] })}
      caption={t("chart.difference")}
      y={useDifferenceMarks(ticks, y)}
      x={LABELLED_WEEKS.filter((week) => week <= last).map((week) => ({ at: x(week), text: formats.number(week) }))}
      foot={<span>{t("chart.weeks")}</span>}
      over={
        <>
          <span
            className="tsuide-chart-note"
            aria-hidden="true"
            style={{ insetBlockEnd: `${100 - y(difference)}%`, [side]: 0 }}
          >
            {t("chart.asked", { difference: formats.percent(difference) })}
          </span>
          {weeks === null ? null : <ChartDot x={x(weeks)} y={y(curve[weeks - 1]!.difference)} />}
        </>
      }
    >
      <line className="tsuide-chart-before" x1="0" x2="100" y1={y(difference)} y2={y(difference)} />
      <ChartLine name="value" points={curve.map((week) => [x(week.weeks), y(week.difference)])} />
    </ChartFrame>
  );
}
