/** The q-values of many tested pairs, as arrays over shared memory, so that several threads can read them. */
export interface QValueTable {
  /** Of the tested pairs, ascending. */
  readonly pValues: Float64Array;
  /** Beside each p-value: the smallest false-discovery rate at which it is called a finding. */
  readonly qValues: Float64Array;
  /** Place of a p-value (see `placeOf`) -> the first one in `pValues` of that place or a higher one. */
  readonly first: Uint32Array;
  /** Possible pairs, tested or not: what the correction is for. */
  readonly tests: number;
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const EVEN_FROM = 2 ** -10;
const EVEN_PLACES = 2 ** 20;
const DROPPED_BITS = 15;
/** More places than the bits of anything below a thousandth lead to. */
const EVEN_PLACE = 2 ** (31 - DROPPED_BITS);
const PLACES = EVEN_PLACE + EVEN_PLACES + 1;

/**
 * q of the pair of rank r = min over ranks s >= r of p(s) m / s, at most 1 (Benjamini & Hochberg, JRSS B 1995), over all
 * m possible pairs. `parts` are p-values, each part ascending.
 */
export function qValueTable(parts: readonly Float64Array[], tests: number): QValueTable {
  const pValues = parts.reduce(merged, new Float64Array(new SharedArrayBuffer(0)));
  const qValues = new Float64Array(new SharedArrayBuffer(pValues.byteLength));
  let least = 1;
  for (let rank = pValues.length; rank > 0; rank--) {
    least = Math.min(least, (pValues[rank - 1]! * tests) / rank);
    qValues[rank - 1] = least;
  }
  const first = new Uint32Array(new SharedArrayBuffer((PLACES + 2) * 4));
  for (const p of pValues) first[placeOf(p) + 1]!++;
  for (let place = 0; place <= PLACES; place++) first[place + 1]! += first[place]!;
  return { pValues, qValues, first, tests };
}

/** q of a p-value: that of the first tested one that is as large. */
export function qValueOf({ pValues, qValues, first, tests }: QValueTable, p: number): number {
  const place = placeOf(p);
  let low = first[place]!;
  let high = first[place + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (pValues[middle]! < p) low = middle + 1;
    else high = middle;
  }
  return low < qValues.length ? qValues[low]! : Math.min(1, (p * tests) / Math.max(1, pValues.length));
}

/**
 * Places ascend with p, and hold few p-values each: from a thousandth on a million of them, evenly; below, by exponent
 * and the first five bits of the fraction.
 */
function placeOf(p: number): number {
  if (p >= EVEN_FROM) return EVEN_PLACE + Math.floor(p * EVEN_PLACES);
  double[0] = p;
  return words[1]! >>> DROPPED_BITS;
}

function merged(a: Float64Array, b: Float64Array): Float64Array<SharedArrayBuffer> {
  const all = new Float64Array(new SharedArrayBuffer(a.byteLength + b.byteLength));
  let [i, j] = [0, 0];
  for (let at = 0; at < all.length; at++) {
    all[at] = j === b.length || (i < a.length && a[i]! <= b[j]!) ? a[i++]! : b[j++]!;
  }
  return all;
}
