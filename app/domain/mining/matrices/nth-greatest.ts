/**
 * The nth greatest of the first `length` values (n from 1), by Hoare's selection; the values are reordered. The least
 * value where there are fewer than n. Linear on average, where sorting a row of thousands for its best 60 is not.
 */
export function nthGreatest(values: Float64Array | Float32Array, length: number, n: number): number {
  if (length === 0) return -Infinity;
  const place = Math.max(0, length - n);
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (place <= j) high = j;
    else if (place >= i) low = i;
    else break;
  }
  return values[place]!;
}

/** Positions of the `keep` greatest weights, ascending; equal weights at the edge go to the lower position. */
export function greatestPositions(weights: Float32Array, keep: number, scratch: Float32Array): Uint32Array {
  const length = weights.length;
  if (length <= keep) return Uint32Array.from(weights, (_, position) => position);
  scratch.set(weights);
  const edge = nthGreatest(scratch, length, keep);
  let above = 0;
  for (let k = 0; k < length; k++) if (weights[k]! > edge) above++;
  let room = keep - above;
  const positions = new Uint32Array(keep);
  let write = 0;
  for (let k = 0; k < length; k++) {
    if (weights[k]! > edge || (weights[k] === edge && room-- > 0)) positions[write++] = k;
  }
  return positions;
}
