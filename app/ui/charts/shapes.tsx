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
export function ChartLine({ points, name }: { points: readonly DrawnPoint[]; name: "value" | "before" | "so-far" }) {
  return <path className={`tsuide-chart-${name}`} d={drawLine(points) ?? ""} />;
}

/** Between what the value at one place lies for certain; null where nobody knows. */
export type DrawnRange = readonly [x: number, low: number, high: number] | null;

const drawRange = area<DrawnRange>()
  .defined((range) => range !== null)
  .x((range) => range![0])
  .y0((range) => range![1])
  .y1((range) => range![2])
  .digits(DIGITS);

/** A band that the values lie in, and a bar for one between two that are not known. */
export function ChartRange({ ranges }: { ranges: readonly DrawnRange[] }) {
  const alone = ranges.filter((range, place) => range && !ranges[place - 1] && !ranges[place + 1]);
  return (
    <>
      <path className="tsuide-chart-range" d={drawRange(ranges) ?? ""} />
      {alone.map((range) => {
        const [x, low, high] = range!;
        return <line key={x} className="tsuide-chart-bar" {...{ x1: x, x2: x, y1: low, y2: high }} />;
      })}
    </>
  );
}
