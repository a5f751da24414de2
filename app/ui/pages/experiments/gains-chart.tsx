import { useTranslation } from "react-i18next";
import type { Gain } from "../../../domain/measurement/experiments/verdict.ts";
import type { LookView } from "../../../views/experiments-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { differenceText } from "./difference-text.ts";
import { percentTicks } from "./percent-ticks.ts";

/** A look at which something can be said of a variant. */
export interface GainLook extends Pick<LookView, "day" | "at"> {
  readonly gain: Gain;
}

/** The first days are so uncertain that they would leave no room for the others. */
const MOST_SHOWN = 2;

/**
 * The difference over time as a line within its interval, with a line where there is none. The drawing stretches to the
 * width of the page; labels are texts beside it, so that they keep their size. A table holds the same figures.
 */
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
  const widest = Math.max(...looks.map(({ gain }) => Math.max(Math.abs(gain.low), Math.abs(gain.high))));
  const ofLatest = Math.max(Math.abs(latest.gain.low), Math.abs(latest.gain.high), 0.01);
  const upTo = Math.min(widest, Math.max(MOST_SHOWN * ofLatest, 0.02));
  const steps = percentTicks(upTo).filter((_, place, all) => all.length <= 4 || place % 2 === 0);
  const top = Math.max(upTo, steps.at(-1)!);
  const ticks = [
    ...steps
      .slice(1)
      .map((tick) => -tick)
      .reverse(),
    ...steps,
  ];
  const lastDay = Math.max(plannedDays, latest.day, 1);
  const x = (day: number) => (day / lastDay) * 100;
  const y = (share: number) => 50 - (Math.max(-top, Math.min(top, share)) / top) * 50;
  const above = looks.map(({ day, gain }) => `${x(day)},${y(gain.high)}`);
  const below = looks.map(({ day, gain }) => `${x(day)},${y(gain.low)}`).reverse();
  const line = looks.map(({ day, gain }) => `${x(day)},${y(gain.estimate)}`).join(" ");
  const text = (share: number) => differenceText(share, formats);
  const label = t("gains.label", {
    ...{ title, day: formats.number(latest.day), estimate: text(latest.gain.estimate) },
    ...{ low: text(latest.gain.low), high: text(latest.gain.high) },
  });
  const isOne = looks.length === 1;
  return (
    <figure className="tsuide-gains">
      <div className="tsuide-gains-y" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ insetBlockStart: `${y(tick)}%` }}>
            {formats.percent(tick, top < 0.05 ? 1 : 0)}
          </span>
        ))}
      </div>
      <div className="tsuide-gains-plot">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={label}>
          {ticks.map((tick) => (
            <line
              key={tick}
              className={tick === 0 ? "tsuide-gains-zero" : "tsuide-gains-grid"}
              {...{ x1: 0, x2: 100, y1: y(tick), y2: y(tick) }}
            />
          ))}
          {isOne ? (
            <line
              className="tsuide-gains-only"
              {...{ x1: x(latest.day), x2: x(latest.day), y1: y(latest.gain.low), y2: y(latest.gain.high) }}
            />
          ) : (
            <>
              <polygon className="tsuide-gains-band" points={[...above, ...below].join(" ")} />
              <polyline className="tsuide-gains-line" points={line} />
            </>
          )}
        </svg>
        <span
          className="tsuide-gains-latest"
          aria-hidden="true"
          style={{ insetInlineStart: `${x(latest.day)}%`, insetBlockStart: `${y(latest.gain.estimate)}%` }}
        />
      </div>
      <div className="tsuide-gains-x" aria-hidden="true">
        {[0, Math.round(lastDay / 2), lastDay].map((day) => (
          <span key={day} style={{ insetInlineStart: `${x(day)}%` }}>
            {formats.number(day)}
          </span>
        ))}
      </div>
      <div className="tsuide-gains-unit" aria-hidden="true">
        {t("gains.days")}
      </div>
    </figure>
  );
}
