import { useTranslation } from "react-i18next";
import type { Gain } from "../../../domain/measurement/experiments/verdict.ts";
import type { LookView } from "../../../views/experiments-view.ts";
import { axisTicks } from "../../charts/axis-ticks.ts";
import { ChartDot, ChartFrame } from "../../charts/chart-frame.tsx";
import { ChartLine, ChartRange } from "../../charts/shapes.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";
import { SMALLEST_STEP, useDifferenceMarks } from "./difference-axis.ts";
import { differenceText } from "./difference-text.ts";

/** A look at which something can be said of a variant. */
export interface GainLook extends Pick<LookView, "day" | "at"> {
  readonly gain: Gain;
}

/** The first days are so uncertain that they would leave no room for the others. */
const MOST_SHOWN = 2;
/** Where the latest interval itself is wider, the axis ends here, or at twice the estimate. */
const WIDEST_AXIS = 1;
/** The least that the axis holds on both sides of zero. */
const LEAST_SHOWN = 0.02;

/** The difference over time as a line within its interval, with a line where there is none. */
export function GainsChart({
  looks,
  plannedDays,
  title,
}: {
  looks: readonly GainLook[];
  plannedDays: number;
  title: string;
}) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  const latest = looks.at(-1)!;
  const widest = Math.max(...looks.map(widthOf));
  const room = Math.max(WIDEST_AXIS, MOST_SHOWN * Math.abs(latest.gain.estimate));
  const upTo = Math.max(LEAST_SHOWN, Math.min(widest, MOST_SHOWN * widthOf(latest), room));
  const ticks = axisTicks(-upTo, upTo, SMALLEST_STEP);
  const top = ticks.at(-1)!;
  const lastDay = Math.max(plannedDays, latest.day, 1);
  const x = (day: number) => (day / lastDay) * 100;
  const y = (share: number) => 50 - (Math.max(-top, Math.min(top, share)) / top) * 50;
  const text = (share: number) => differenceText(share, formats);
  return (
    <ChartFrame
      label={t("gains.label", {
        ...{ title, day: formats.number(latest.day), estimate: text(latest.gain.estimate) },
        ...{ low: text(latest.gain.low), high: text(latest.gain.high) },
      })}
      y={useDifferenceMarks(ticks, y)}
      zero={y(0)}
      x={[0, Math.round(lastDay / 2), lastDay].map((day) => ({ at: x(day), text: formats.number(day) }))}
      foot={<span>{t("gains.days")}</span>}
      over={<ChartDot x={x(latest.day)} y={y(latest.gain.estimate)} />}
    >
      <ChartRange ranges={looks.map(({ day, gain }) => [x(day), y(gain.low), y(gain.high)])} />
      <ChartLine name="value" points={looks.map(({ day, gain }) => [x(day), y(gain.estimate)])} />
    </ChartFrame>
  );
}

function widthOf({ gain }: GainLook): number {
  return Math.max(Math.abs(gain.low), Math.abs(gain.high));
}
