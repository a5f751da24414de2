import type { DiscountedByArm } from "../../offers/arm-tests.ts";
import type { HidingSplit } from "./published-split.ts";

/** The numbers of offers that are not shown: to all shoppers who are in no other arm, and to those of each such arm. */
export interface HiddenOffers {
  readonly control: ReadonlySet<number>;
  /** Of the arms that show an offer which the control does not show. */
  readonly arms: readonly ReadonlySet<number>[];
}

/** The experiments of which each arm gets its own discount, as what is published of the discount needs them. */
export function discountedByArm({ experiments }: Pick<HidingSplit, "experiments">): DiscountedByArm[] {
  const byArm = experiments.filter((one) => one.byArm === true);
  return byArm.map(({ id, arms }) => ({ experiment: Number(id), hides: arms.map(({ hides }) => hides) }));
}

/** What each arm does not show, the controls of the other experiments taken with it. */
export function hiddenOffers({ experiments }: Pick<HidingSplit, "experiments">): HiddenOffers {
  const control = new Set(experiments.flatMap(({ arms }) => arms[0]?.hides ?? []));
  const arms = experiments.flatMap(({ arms: [first, ...others] }) =>
    others.flatMap(({ hides }) => {
      const shows = (first?.hides ?? []).filter((number) => !hides.includes(number));
      return shows.length === 0 ? [] : [new Set([...control, ...hides].filter((number) => !shows.includes(number)))];
    }),
  );
  return { control, arms };
}

/**
 * Those offers, of some in their order, that any shopper is shown. `shown` gives those of a list that one shopper is
 * shown. An arm is shown what its experiment is about in place of what the control is shown, and nothing else.
 */
export function offersOfAllArms<One extends { readonly number: number }>(
  offers: readonly One[],
  { control, arms }: HiddenOffers,
  shown: (offers: readonly One[]) => readonly One[],
): One[] {
  const of = (hidden: ReadonlySet<number>) => shown(offers.filter(({ number }) => !hidden.has(number)));
  const all = new Set([
    ...of(control),
    ...arms.flatMap((hidden) => of(hidden).filter(({ number }) => control.has(number))),
  ]);
  return offers.filter((one) => all.has(one));
}
