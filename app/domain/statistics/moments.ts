/**
 * Mean, spread and joint spread of two figures of many units: all that the estimates below need, however many units
 * there are. Which figures they are is the caller's: revenue and revenue before the experiment, or revenue and orders.
 */
export interface Moments {
  readonly units: number;
  readonly meanY: number;
  readonly meanX: number;
  /** Sums of (y - mean)², (x - mean)² and (y - mean)(x - mean). */
  readonly squaresY: number;
  readonly squaresX: number;
  readonly products: number;
}

/** What a database sums in one pass. */
export interface Sums {
  readonly units: number;
  readonly y: number;
  readonly x: number;
  readonly yy: number;
  readonly xx: number;
  readonly yx: number;
}

export const NO_UNITS: Moments = { units: 0, meanY: 0, meanX: 0, squaresY: 0, squaresX: 0, products: 0 };

/** The moments of two disjoint sets of units together (Chan, Golub & LeVeque, The American Statistician 1983). */
export function mergedMoments(a: Moments, b: Moments): Moments {
  const units = a.units + b.units;
  if (units === 0) return NO_UNITS;
  const dy = b.meanY - a.meanY;
  const dx = b.meanX - a.meanX;
  const share = b.units / units;
  const weight = a.units * share;
  return {
    units,
    meanY: a.meanY + dy * share,
    meanX: a.meanX + dx * share,
    squaresY: a.squaresY + b.squaresY + dy * dy * weight,
    squaresX: a.squaresX + b.squaresX + dx * dx * weight,
    products: a.products + b.products + dy * dx * weight,
  };
}

/** Moments from sums. Most visitors buy nothing, so the squares are far larger than what is subtracted from them. */
export function momentsOfSums({ units, y, x, yy, xx, yx }: Sums): Moments {
  if (units === 0) return NO_UNITS;
  return {
    units,
    meanY: y / units,
    meanX: x / units,
    squaresY: Math.max(0, yy - (y * y) / units),
    squaresX: Math.max(0, xx - (x * x) / units),
    products: yx - (y * x) / units,
  };
}

/** Moments of units given one by one, as [y, x]. */
export function momentsOf(pairs: Iterable<readonly [y: number, x: number]>): Moments {
  let all = NO_UNITS;
  for (const [meanY, meanX] of pairs) {
    all = mergedMoments(all, { ...NO_UNITS, units: 1, meanY, meanX });
  }
  return all;
}

/** Sample variance of y: sum of squares over n - 1; 0 below two units. */
export function varianceY({ units, squaresY }: Moments): number {
  return units < 2 ? 0 : squaresY / (units - 1);
}
