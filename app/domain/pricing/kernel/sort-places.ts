/**
 * Sorts places 0 to `count` - 1 by their numbers, smallest first, so that equal ones keep their order. What is in order
 * already, forwards or backwards, is merged as it is: a cart's columns are mostly a few such stretches, one behind the
 * other (natural merge sort; Knuth, "The Art of Computer Programming", volume 3, 5.2.4).
 */
export function sortByNumber(numbers: Float64Array, count: i32): Int32Array {
  let from = new Int32Array(count);
  const ends = new Int32Array(count);
  let stretches = findStretches(numbers, count, from, ends);
  if (stretches < 2) return from;
  let into = new Int32Array(count);
  while (stretches > 1) {
    let merged: i32 = 0;
    let start: i32 = 0;
    for (let i: i32 = 0; i < stretches; i += 2) {
      const middle: i32 = ends[i]!;
      const end: i32 = i + 1 < stretches ? ends[i + 1]! : middle;
      merge(numbers, from, start, middle, end, into);
      ends[merged] = end;
      merged += 1;
      start = end;
    }
    stretches = merged;
    const sorted = into;
    into = from;
    from = sorted;
  }
  return from;
}

/** Writes the places, falling stretches turned round, and where each stretch ends. Returns how many there are. */
function findStretches(numbers: Float64Array, count: i32, places: Int32Array, ends: Int32Array): i32 {
  let stretches: i32 = 0;
  let start: i32 = 0;
  while (start < count) {
    let end = start + 1;
    let last = numbers[start]!;
    const isFalling = end < count && numbers[end]! < last;
    while (end < count) {
      const next = numbers[end]!;
      if (next < last !== isFalling) break;
      last = next;
      end += 1;
    }
    if (isFalling) for (let i = start; i < end; i++) places[i] = start + end - 1 - i;
    else for (let i = start; i < end; i++) places[i] = i;
    ends[stretches] = end;
    stretches += 1;
    start = end;
  }
  return stretches;
}

/** Merges two sorted stretches that stand side by side; of equal numbers the first stretch's come first. */
function merge(numbers: Float64Array, from: Int32Array, start: i32, middle: i32, end: i32, into: Int32Array): void {
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
