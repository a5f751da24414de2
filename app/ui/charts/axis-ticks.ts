import { tickStep } from "d3-array";

/** About how many steps of an axis are above zero. */
const STEPS = 3;

/**
 * Round values for an axis that holds everything from `least` to `most` and zero: steps of 1, 2 or 5 times a power of
 * ten, at most five of them above zero. `smallest` is the smallest step there is, such as 1 for what is counted.
 */
export function axisTicks(least: number, most: number, smallest: number): number[] {
  const [low, high] = [Math.min(0, least), Math.max(0, most)];
  const furthest = Math.max(high, -low);
  const step = furthest === 0 ? smallest : Math.max(smallest, tickStep(0, furthest, STEPS));
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, place) => (first + place) * step);
}

/** Which of `count` points get a label below the axis: at most `most`, evenly spaced, the last one always. */
export function labelledPoints(count: number, most: number): number[] {
  const every = Math.ceil(count / most);
  return Array.from({ length: count }, (_, place) => place).filter((place) => (count - 1 - place) % every === 0);
}
