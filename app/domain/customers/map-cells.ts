import type { MapPoint } from "./rank.ts";

/** One cell of the customer map's picture. */
export interface MapCell {
  /** Tenths of the map from the left (record) and from below (room to grow), 0 to 9; the divide is between 4 and 5. */
  readonly x: number;
  readonly y: number;
  readonly customers: number;
}

const CELLS_OF_A_HALF = 5;
/** Share of a half that its outermost step begins beyond. */
const MOST = 0.95;

/**
 * The customer map as a grid of ten by ten cells, empty ones left out, by row from below. Across and upwards the divide
 * (the shop's median) lies in the middle; each half is cut into five equal steps of the logarithm of one and the amount,
 * from the divide to what nineteen in twenty of the half do not pass, so that no single large customer squeezes all
 * others into a corner. Where all of a half are alike they stand in its middle.
 */
export function mapCells(
  points: readonly MapPoint[],
  limits: { readonly recordMinor: number; readonly roomMinor: number },
): MapCell[] {
  const column = tenthOf(
    points.map(({ recordMinor }) => recordMinor),
    limits.recordMinor,
  );
  const row = tenthOf(
    points.map(({ roomMinor }) => roomMinor),
    limits.roomMinor,
  );
  const counts = new Map<number, number>();
  for (const { recordMinor, roomMinor } of points) {
    const cell = row(roomMinor) * 2 * CELLS_OF_A_HALF + column(recordMinor);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([cell, customers]) => ({
      x: cell % (2 * CELLS_OF_A_HALF),
      y: Math.floor(cell / (2 * CELLS_OF_A_HALF)),
      customers,
    }));
}

/** The tenth that a value falls into, 0 to 9. */
function tenthOf(values: readonly number[], limit: number): (value: number) => number {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted.filter((value) => value <= limit);
  const high = sorted.slice(low.length);
  const middle = logOf(limit);
  const least = logOf(low[Math.floor((1 - MOST) * low.length)] ?? limit);
  const most = logOf(high[Math.max(0, Math.ceil(MOST * high.length) - 1)] ?? limit);
  return (value) =>
    value > limit ? CELLS_OF_A_HALF + step(logOf(value), middle, most) : step(logOf(value), least, middle);
}

/** Which of the five steps from `from` to `to` a value is in; beyond them it is in the outermost. */
function step(value: number, from: number, to: number): number {
  if (!(to > from)) return Math.floor(CELLS_OF_A_HALF / 2);
  const at = Math.floor((CELLS_OF_A_HALF * (value - from)) / (to - from));
  return Math.min(CELLS_OF_A_HALF - 1, Math.max(0, at));
}

/** Refunds can leave less than nothing; that is as little as nothing. */
function logOf(amountMinor: number): number {
  return Math.log(1 + Math.max(0, amountMinor));
}
