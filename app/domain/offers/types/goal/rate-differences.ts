import type { FreeRate } from "../../free-rate.ts";
import type { Offer } from "../../offer.ts";
import type { GoalConfig } from "./config.ts";

/** A goal that names another amount for free shipping than the shop's own shipping settings do. */
export interface RateDifference {
  /** Number and name of the goal. */
  readonly offer: number;
  readonly name: string;
  readonly currency: string;
  readonly goalMinor: number;
  /** From which amount on the shop's own rates ship free to every country of the goal. */
  readonly ratesMinor: number;
}

/**
 * Goals that do not match the shop's own free rates: those that ask for more than the rates do, so that shoppers are shown
 * an amount that is missing though nothing is; and those that matched the rates as they were (`before`) and ask for less
 * than they do now, so that the goal's discount pays for shipping since. A goal that was set below the rates on purpose is
 * none of them.
 *
 * @param known What was found before: a goal that was left behind by a change of the rates stays so until it is changed.
 */
export function rateDifferences(
  goals: readonly Pick<Offer<GoalConfig>, "number" | "name" | "config">[],
  rates: readonly FreeRate[],
  before: readonly FreeRate[],
  known: readonly RateDifference[],
): RateDifference[] {
  return goals.flatMap(({ number: offer, name, config }) =>
    Object.entries(config.amounts).flatMap(([currency, goalMinor]): RateDifference[] => {
      const ratesMinor = freeFrom(rates, currency, config.countries);
      if (ratesMinor === null || ratesMinor === goalMinor) return [];
      const wasKnown = known.some(
        (one) => one.offer === offer && one.currency === currency && one.goalMinor === goalMinor,
      );
      const matched = freeFrom(before, currency, config.countries) === goalMinor;
      return ratesMinor < goalMinor || wasKnown || matched ? [{ offer, name, currency, goalMinor, ratesMinor }] : [];
    }),
  );
}

/** From which amount on the rates ship free to all of the countries (null for all); null where they never do. */
function freeFrom(rates: readonly FreeRate[], currency: string, countries: readonly string[] | null): number | null {
  const own = rates.filter((rate) => rate.currency === currency);
  const lowest = (covers: (rate: FreeRate) => boolean) =>
    own
      .filter(covers)
      .reduce<number | null>((least, { amountMinor }) => Math.min(least ?? amountMinor, amountMinor), null);
  const everywhere = lowest((rate) => rate.countries === null);
  if (countries === null || countries.length === 0) return everywhere;
  const each = countries.map((country) =>
    lowest((rate) => rate.countries === null || rate.countries.includes(country)),
  );
  return each.some((amount) => amount === null) ? null : Math.max(...(each as number[]));
}
