/** An experiment of which each arm gets its own discount. */
export interface DiscountedByArm {
  readonly experiment: number;
  /** Of each arm, that of the control first, the numbers of the offers that it is not shown and does not get. */
  readonly hides: readonly (readonly number[])[];
}

/**
 * The tests that say for whom an offer's discount is, once experiments decide by the cart's arms as well: `tests` are those
 * of its audience, null for all shoppers. A cart in no arm of an experiment counts as in its control. The grammar is in
 * `pricing/rules.ts`.
 */
export function withArmTests(
  tests: string | null,
  offer: number,
  experiments: readonly DiscountedByArm[],
): string | null {
  let groups = tests === null ? [""] : tests.split("|");
  for (const { experiment, hides } of experiments) {
    const arms = hides.map((hidden, arm) => ({ test: `e${experiment}.${arm}`, isShown: !hidden.includes(offer) }));
    if (arms.every(({ isShown }) => isShown)) continue;
    const own = arms[0]!.isShown
      ? [arms.flatMap(({ test, isShown }) => (isShown ? [] : [`!${test}`])).join("+")]
      : arms.flatMap(({ test, isShown }) => (isShown ? [test] : []));
    groups = groups.flatMap((group) => own.map((one) => [group, one].filter((text) => text !== "").join("+")));
  }
  return groups.length === 1 && groups[0] === "" ? null : groups.join("|");
}
