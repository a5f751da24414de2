import type { MapPoint } from "./rank.ts";

/** One cell of the customer map's picture. */
export interface MapCell {
  /** Tenths of the map from the left (record) and from below (room to grow), 0 to 9; the divide is between 4 and 5. */
  readonly x: number;
  readonly y: number;
  readonly customers: number;
}

const CELLS_OF_A_HALF = 5;

/**
 * The customer map as a grid of ten by ten cells, empty ones left out, by row from below. Across and upwards each half of
 * the map (up to the shop's median, and above it) is divided into fifths of its own customers by mid-rank, so that the
 * divide lies in the middle, customers who are alike share a cell, and no single large customer squeezes all others
 * into a corner.
 */
export function mapCells(
  points: readonly MapPoint[],
  limits: { readonly recordMinor: number; readonly roomMinor: number },
): MapCell[] {
  const columns = tenths(
    points.map(({ recordMinor }) => recordMinor),
    limits.recordMinor,
  );
  const rows = tenths(
    points.map(({ roomMinor }) => roomMinor),
    limits.roomMinor,
  );
  const counts = new Map<number, number>();
  points.forEach((_, n) => {
    const cell = rows[n]! * 2 * CELLS_OF_A_HALF + columns[n]!;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  });
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([cell, customers]) => ({
      x: cell % (2 * CELLS_OF_A_HALF),
      y: Math.floor(cell / (2 * CELLS_OF_A_HALF)),
      customers,
    }));
}

function tenths(values: readonly number[], limit: number): number[] {
  const low = placesWithin(values.filter((value) => value <= limit));
  const high = placesWithin(values.filter((value) => value > limit));
  return values.map((value) => (value > limit ? CELLS_OF_A_HALF + high.get(value)! : low.get(value)!));
}

/** Value -> the fifth of the values that it falls into by mid-rank. */
function placesWithin(values: readonly number[]): Map<number, number> {
  const sorted = Float64Array.from(values).sort();
  const places = new Map<number, number>();
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    const middle = (from + to) / 2;
    places.set(sorted[from]!, Math.min(CELLS_OF_A_HALF - 1, Math.floor((CELLS_OF_A_HALF * middle) / sorted.length)));
    from = to;
  }
  return places;
}
