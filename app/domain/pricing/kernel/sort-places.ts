/**
 * Sorts places 0 to `count` - 1 by merging, so that equal ones keep their order.
 *
 * @param isBefore Whether place `a` belongs before place `b`.
 */
export function sortPlaces<T>(count: i32, values: T, isBefore: (values: T, a: i32, b: i32) => boolean): Int32Array {
  let from = new Int32Array(count);
  let into = new Int32Array(count);
  for (let i: i32 = 0; i < count; i++) from[i] = i;
  for (let width: i32 = 1; width < count; width *= 2) {
    for (let start: i32 = 0; start < count; start += 2 * width) {
      const middle: i32 = start + width < count ? start + width : count;
      const end: i32 = middle + width < count ? middle + width : count;
      let left = start;
      let right = middle;
      for (let i = start; i < end; i++) {
        const takesLeft = left < middle && (right >= end || !isBefore(values, from[right]!, from[left]!));
        into[i] = takesLeft ? from[left]! : from[right]!;
        if (takesLeft) left += 1;
        else right += 1;
      }
    }
    const sorted = into;
    into = from;
    from = sorted;
  }
  return from;
}

/** Sorts places by their numbers, smallest first, so that equal ones keep their order: as {@link sortPlaces}, but quicker. */
export function sortByNumber(numbers: Float64Array, count: i32): Int32Array {
  let from = new Int32Array(count);
  let isSorted = true;
  for (let i: i32 = 0; i < count; i++) {
    from[i] = i;
    if (i > 0 && numbers[i]! < numbers[i - 1]!) isSorted = false;
  }
  if (isSorted) return from;
  let into = new Int32Array(count);
  for (let width: i32 = 1; width < count; width *= 2) {
    for (let start: i32 = 0; start < count; start += 2 * width) {
      const middle: i32 = start + width < count ? start + width : count;
      const end: i32 = middle + width < count ? middle + width : count;
      let left = start;
      let right = middle;
      let i = start;
      while (left < middle && right < end) {
        const atLeft: i32 = from[left]!;
        const atRight: i32 = from[right]!;
        if (numbers[atRight]! < numbers[atLeft]!) {
          into[i] = atRight;
          right += 1;
        } else {
          into[i] = atLeft;
          left += 1;
        }
        i += 1;
      }
      for (; left < middle; left++) {
        into[i] = from[left]!;
        i += 1;
      }
      for (; right < end; right++) {
        into[i] = from[right]!;
        i += 1;
      }
    }
    const sorted = into;
    into = from;
    from = sorted;
  }
  return from;
}
