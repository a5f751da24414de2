import type { FreeRate } from "../../free-rate.ts";
import type { GoalAmounts } from "./published.ts";

/** A free rate of one zone or market, as Shopify has it. */
export interface FoundRate {
  readonly currency: string;
  readonly amountMinor: number;
  readonly countries: readonly string[];
}

/**
 * The free rates of a shop by currency and amount, ascending, each with the countries in which it is the lowest of its
 * currency.
 *
 * @param shipsTo All countries that the shop ships to.
 */
export function freeRates(found: readonly FoundRate[], shipsTo: readonly string[]): FreeRate[] {
  const lowest = new Map<string, { currency: string; country: string; amountMinor: number }>();
  for (const { currency, amountMinor, countries } of found) {
    if (amountMinor <= 0) continue;
    for (const country of countries) {
      const known = lowest.get(`${currency} ${country}`);
      if (known !== undefined && known.amountMinor <= amountMinor) continue;
      lowest.set(`${currency} ${country}`, { currency, country, amountMinor });
    }
  }
  const rates = Map.groupBy(lowest.values(), ({ currency, amountMinor }) => `${currency} ${amountMinor}`);
  return [...rates.values()]
    .map((same): FreeRate => {
      const { currency, amountMinor } = same[0]!;
      const countries = same.map(({ country }) => country).sort();
      const isEverywhere = shipsTo.length > 0 && shipsTo.every((country) => countries.includes(country));
      return { currency, amountMinor, countries: isEverywhere ? null : countries };
    })
    .sort((a, b) => (a.currency === b.currency ? a.amountMinor - b.amountMinor : a.currency < b.currency ? -1 : 1));
}

/**
 * The countries in which the shop's own rates are free at these amounts: null for all that it ships to, or where no
 * rate says anything of a currency that has an amount.
 */
export function countriesOfRates(amounts: GoalAmounts, rates: readonly FreeRate[]): readonly string[] | null {
  const countries = new Set<string>();
  for (const [currency, amountMinor] of Object.entries(amounts)) {
    const free = rates.filter((rate) => rate.currency === currency && rate.amountMinor <= amountMinor);
    if (free.length === 0) return null;
    for (const rate of free) {
      if (rate.countries === null) return null;
      for (const country of rate.countries) countries.add(country);
    }
  }
  return countries.size === 0 ? null : [...countries].sort();
}

/** Whether the shop's own rates ship for free from this amount on, in each of the countries (null for all). */
export function isFreeByRates(
  { currency, amountMinor }: { readonly currency: string; readonly amountMinor: number },
  countries: readonly string[] | null,
  rates: readonly FreeRate[],
): boolean {
  const free = rates.filter((rate) => rate.currency === currency && rate.amountMinor <= amountMinor);
  if (free.some((rate) => rate.countries === null)) return true;
  return countries !== null && countries.every((country) => free.some((rate) => rate.countries!.includes(country)));
}
