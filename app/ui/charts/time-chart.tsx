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
  readonly range?: readonly [low: number, high: number] | null;
  /** Whether the time is not over, so that the value is still to change. The line leads there in dots. */
  readonly isSoFar?: boolean;
}

interface TimeChartProps {
  points: readonly TimePoint[];
  /** What the chart shows, in a sentence: read out in its place. */
  label: string;
  /** What is drawn is called so; `soFar`: the dots of a time that is not over, if there is one. */
  series: { readonly value: string; readonly before?: string; readonly range?: string; readonly soFar?: string };
  /** Writes a value in full, and short for the axis. */
  write: (value: number) => string;
  writeShort: (value: number) => string;
  /** Writes what a value lies between, where ranges are given. */
  writeRange?: (low: number, high: number) => string;
  /** The smallest step of the axis: 1 for what is counted. */
  smallestStep?: number;
}

/** A line over time, in its band where values are not certain, and the period before as a dashed one. */
export function TimeChart(props: TimeChartProps) {
  const { points, label, series, write, writeShort, writeRange, smallestStep = 1 } = props;
  const [pointed, setPointed] = useState<number | null>(null);
  const values = points.flatMap(({ value, before, range }) => [value, before, ...(range ?? [])]);
  const known = values.filter((value) => value !== null && value !== undefined);
  const ticks = axisTicks(Math.min(0, ...known), Math.max(0, ...known), smallestStep);
  const [bottom, top] = [ticks[0]!, ticks.at(-1)!];
  const x = (place: number) => (points.length < 2 ? 50 : (place / (points.length - 1)) * 100);
  const y = (value: number) => 100 - ((value - bottom) / (top - bottom)) * 100;
  const soFar = points.findIndex(({ isSoFar, value }) => isSoFar === true && value !== null);
  const named = (["value", "soFar", "range", "before"] as const).filter(
    (name) => series[name] !== undefined && (name !== "soFar" || soFar >= 0),
  );
  const lineOf = (of: (point: TimePoint) => number | null) =>
    points.map((point, place): DrawnPoint => {
      const value = of(point);
      return [x(place), value === null ? null : y(value)];
    });
  const line = lineOf(({ value }) => value);
  const ranges = points.map(({ range }, place): DrawnRange => (range ? [x(place), y(range[0]), y(range[1])] : null));
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
      zero={bottom < 0 ? y(0) : undefined}
      foot={
        <>
          {named.map((name) => (
            <span key={name} className={`tsuide-chart-name-${name === "soFar" ? "so-far" : name}`}>
              {series[name]}
            </span>
          ))}
        </>
      }
      over={
        isPointed ? <PointedAt point={points[pointed]!} at={x(pointed)} {...{ y, series, write, writeRange }} /> : null
      }
      onPointerMove={pointAt}
      onPointerLeave={() => setPointed(null)}
    >
      <ChartRange ranges={ranges} />
      <ChartLine name="before" points={lineOf(({ before }) => before ?? null)} />
      <ChartLine name="value" points={soFar < 0 ? line : line.slice(0, soFar)} />
      {soFar < 0 ? null : <ChartLine name="so-far" points={line.slice(Math.max(0, soFar - 1), soFar + 1)} />}
    </ChartFrame>
  );
}

interface PointedAtProps extends Pick<TimeChartProps, "series" | "write" | "writeRange"> {
  point: TimePoint;
  at: number;
  y: (value: number) => number;
}

/** The figures of the point under the pointer. */
function PointedAt({ point, at, y, series, write, writeRange }: PointedAtProps) {
  const { value, before, range } = point;
  const rows: [name: string | undefined, text: string | undefined][] = [
    [series.value, value === null ? "–" : write(value)],
    [series.range, range ? writeRange?.(...range) : undefined],
    [series.before, before === undefined ? undefined : before === null ? "–" : write(before)],
  ];
  return (
    <div aria-hidden="true">
      <span className="tsuide-chart-cursor" style={{ insetInlineStart: `${at}%` }} />
      {value === null ? null : <ChartDot x={at} y={y(value)} />}
      <div className="tsuide-chart-tip" data-side={at > 50 ? "start" : "end"} style={{ insetInlineStart: `${at}%` }}>
        <b>{point.name}</b>
        {rows.map(([name, text]) =>
          name === undefined || text === undefined ? null : (
            <span key={name}>
              {name} <b>{text}</b>
            </span>
          ),
        )}
      </div>
    </div>
  );
}
