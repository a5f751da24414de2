import { type PointerEvent, useState } from "react";
import { axisTicks, labelledPoints } from "./axis-ticks.ts";
import { ChartDot, ChartFrame } from "./chart-frame.tsx";
import { ChartLine, ChartRange, type DrawnPoint, type DrawnRange } from "./shapes.tsx";

const MOST_LABELS = 6;

/** One point in time. Values that nobody knows are null: the line has a gap there. */
export interface TimePoint {
  /** Below the axis, short: "Nov 3". */
  readonly label: string;
  /** In full: what the values are of. */
  readonly name: string;
  readonly value: number | null;
  /** The same in the period before; null or absent where there is none. */
  readonly before?: number | null;
  /** Between what the value lies for certain. */
  readonly range?: readonly [number, number] | null;
}

interface TimeChartProps {
  points: readonly TimePoint[];
  /** What the chart shows, in a sentence: read out in its place. */
  label: string;
  /** What the two lines are called. */
  series: { readonly value: string; readonly before?: string };
  /** Writes a value in full, and short for the axis. */
  write: (value: number) => string;
  writeShort: (value: number) => string;
  /** The smallest step of the axis: 1 for what is counted. */
  smallestStep?: number;
}

/** A line over time, and the period before as a dashed one. */
export function TimeChart({ points, label, series, write, writeShort, smallestStep = 1 }: TimeChartProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const values = points.flatMap(({ value, before, range }) => [value, before, ...(range ?? [])]);
  const known = values.filter((value) => value !== null && value !== undefined);
  const ticks = axisTicks(Math.min(0, ...known), Math.max(0, ...known), smallestStep);
  const [bottom, top] = [ticks[0]!, ticks.at(-1)!];
  const x = (place: number) => (points.length < 2 ? 50 : (place / (points.length - 1)) * 100);
  const y = (value: number) => 100 - ((value - bottom) / (top - bottom)) * 100;
  const lineOf = (of: (point: TimePoint) => number | null) =>
    points.map((point, place): DrawnPoint => {
      const value = of(point);
      return [x(place), value === null ? null : y(value)];
    });
  const ranges = points.flatMap(({ range }, place): DrawnRange[] =>
    range ? [[x(place), y(range[0]), y(range[1])]] : [],
  );
  const pointAt = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - left) / Math.max(1, width);
    setPointed(Math.round(Math.min(1, Math.max(0, share)) * (points.length - 1)));
  };
  const isPointed = pointed !== null && points[pointed] !== undefined;
  return (
    <ChartFrame
      label={label}
      y={ticks.map((tick) => ({ at: y(tick), text: writeShort(tick) }))}
      x={labelledPoints(points.length, MOST_LABELS).map((place) => ({ at: x(place), text: points[place]!.label }))}
      foot={
        <>
          <span className="tsuide-chart-name-value">{series.value}</span>
          {series.before === undefined ? null : <span className="tsuide-chart-name-before">{series.before}</span>}
        </>
      }
      over={
        isPointed ? <PointedAt point={points[pointed]!} at={x(pointed)} y={y} series={series} write={write} /> : null
      }
      onPointerMove={pointAt}
      onPointerLeave={() => setPointed(null)}
    >
      {ranges.length < 2 ? null : <ChartRange ranges={ranges} />}
      <ChartLine name="before" points={lineOf(({ before }) => before ?? null)} />
      <ChartLine name="value" points={lineOf(({ value }) => value)} />
    </ChartFrame>
  );
}

interface PointedAtProps extends Pick<TimeChartProps, "series" | "write"> {
  point: TimePoint;
  at: number;
  y: (value: number) => number;
}

/** The figures of the point under the pointer. */
function PointedAt({ point, at, y, series, write }: PointedAtProps) {
  const { value, before } = point;
  return (
    <div aria-hidden="true">
      <span className="tsuide-chart-cursor" style={{ insetInlineStart: `${at}%` }} />
      {value === null ? null : <ChartDot x={at} y={y(value)} />}
      <div className="tsuide-chart-tip" data-side={at > 50 ? "start" : "end"} style={{ insetInlineStart: `${at}%` }}>
        <b>{point.name}</b>
        <span>
          {series.value} <b>{value === null ? "–" : write(value)}</b>
        </span>
        {before === undefined || series.before === undefined ? null : (
          <span>
            {series.before} <b>{before === null ? "–" : write(before)}</b>
          </span>
        )}
      </div>
    </div>
  );
}
