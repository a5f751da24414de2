import { area, line } from "d3-shape";

/** A point in percent of the drawing's width, and of its height from the top; null where nobody knows the value. */
export type DrawnPoint = readonly [x: number, y: number | null];

const DIGITS = 2;
const drawLine = line<DrawnPoint>()
  .defined(([, y]) => y !== null)
  .x(([x]) => x)
  .y(([, y]) => y!)
  .digits(DIGITS);

/** A line through the known points; one between two that are not known is a dot. */
export function ChartLine({ points, name }: { points: readonly DrawnPoint[]; name: "value" | "before" }) {
  return <path className={`tsuide-chart-${name}`} d={drawLine(points) ?? ""} />;
}

/** Between what the values lie for certain, at one place. */
export type DrawnRange = readonly [x: number, low: number, high: number];

const drawRange = area<DrawnRange>()
  .x(([x]) => x)
  .y0(([, low]) => low)
  .y1(([, , high]) => high)
  .digits(DIGITS);

/** A band that the values lie in. */
export function ChartRange({ ranges }: { ranges: readonly DrawnRange[] }) {
  return <path className="tsuide-chart-range" d={drawRange(ranges) ?? ""} />;
}
