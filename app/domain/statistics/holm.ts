/**
 * p-values of several questions, corrected so that the chance of any false claim stays below the level at which they are
 * read (Holm, Scandinavian Journal of Statistics 1979): ascending, the r-th of m is multiplied by m - r + 1, and none is
 * smaller than one before it. In the order given.
 */
export function holm(pValues: readonly number[]): number[] {
  const ascending = pValues.map((_, question) => question).sort((a, b) => pValues[a]! - pValues[b]!);
  const corrected = new Array<number>(pValues.length);
  let largest = 0;
  ascending.forEach((question, before) => {
    largest = Math.max(largest, Math.min(1, pValues[question]! * (pValues.length - before)));
    corrected[question] = largest;
  });
  return corrected;
}

/**
 * By which number `alpha` is divided for each question, so that an interval at that level agrees with {@link holm}: it
 * leaves out zero exactly where the corrected p-value is at most `alpha`. A question after one that was not answered is
 * held to the level of that one.
 */
export function holmDivisors(pValues: readonly number[], alpha: number): number[] {
  const ascending = pValues.map((_, question) => question).sort((a, b) => pValues[a]! - pValues[b]!);
  const divisors = new Array<number>(pValues.length);
  let answered = 0;
  let open = true;
  for (const question of ascending) {
    const divisor = pValues.length - answered;
    divisors[question] = divisor;
    open &&= pValues[question]! * divisor <= alpha;
    if (open) answered++;
  }
  return divisors;
}
