import { type BareId, bareNumber, type ProductId } from "../../../ids.ts";
import { toHundredths } from "../../../money/hundredths.ts";
import { money } from "../../../money/money.ts";
import type { UnreadEntry, PublishedEntry } from "../../../publishing/entry.ts";
import { entriesOfType } from "../../../publishing/envelope.ts";
import { amountsByCurrency, isBareId, list, record } from "../../../publishing/read-json.ts";
import type { GoalTier } from "./tiers.ts";

/** What theme blocks read of a goal; what checkout reads is in `at-checkout.ts`. */

export const TYPE = "goal";

/** Minor units by currency code; a currency that is absent has no goal. */
export type GoalAmounts = Readonly<Record<string, number>>;

/** Where a goal is good. */
export interface GoalPlaces {
  /** ISO 3166 codes of the countries that it ships to for free; absent where it does everywhere. */
  readonly countries?: readonly string[];
}

/** A goal as theme blocks read it: Liquid counts in hundredths of the unit, JPY 8,000 is 800000. */
export interface GoalOnStorefront extends PublishedEntry, GoalPlaces {
  readonly type: typeof TYPE;
  /** From where on shipping is free; empty where it is not for this goal to say. */
  readonly goal: Readonly<Record<string, number>>;
  readonly goalMinor: GoalAmounts;
  /** What else it gives; absent for nothing. */
  readonly tiers?: readonly TierOnStorefront[];
  /** How much more than what is missing may be proposed, in percent of the cart; absent where nothing is proposed. */
  readonly gap?: number;
}

/** Hundredths of the unit by currency. */
type HundredthsByCurrency = Readonly<Record<string, number>>;

/** A tier beside free shipping as theme blocks read it. Amounts are hundredths of the unit. */
export type TierOnStorefront = { readonly from: HundredthsByCurrency } & (
  | { readonly kind: "percent"; readonly percent: number }
  | { readonly kind: "amount-off"; readonly off: HundredthsByCurrency }
  /** The number of a product, which `gifts` on the installation refers to. */
  | { readonly kind: "gift"; readonly product: BareId }
);

/** What both entries say. */
export interface GoalTerms {
  readonly amounts: GoalAmounts;
  /** Null for everywhere. */
  readonly countries: readonly string[] | null;
  /** Beside free shipping; absent for none. */
  readonly tiers?: readonly GoalTier[];
  /** As in the entries; null or absent for none. */
  readonly gap?: number | null;
}

/** The products that tiers give free. */
export function giftsOf(tiers: readonly GoalTier[]): ProductId[] {
  return tiers.flatMap(({ reward }) => (reward.kind === "gift" ? reward.product : []));
}

/** The entry of the theme blocks' envelope. Throws for an amount that is not a positive integer. */
export function storefrontEntry(
  id: string,
  { amounts, countries, tiers = [], gap = null }: GoalTerms,
): GoalOnStorefront {
  const goalMinor = checkedAmounts(amounts);
  const shown = tiers.flatMap((tier) => tierOnStorefront(tier) ?? []);
  return {
    ...{ type: TYPE, id, goal: inHundredths(goalMinor), goalMinor, ...places(countries) },
    ...(shown.length === 0 ? {} : { tiers: shown }),
    ...(gap === null ? {} : { gap }),
  };
}

/** Null for a gift that is not chosen yet. */
function tierOnStorefront({ from: given, reward }: GoalTier): TierOnStorefront | null {
  const from = inHundredths(checkedAmounts(given));
  if (reward.kind === "percent") return { from, kind: "percent", percent: reward.basisPoints / 100 };
  if (reward.kind === "amount-off")
    return { from, kind: "amount-off", off: inHundredths(checkedAmounts(reward.amounts)) };
  const [product] = reward.product;
  return product === undefined ? null : { from, kind: "gift", product: bareNumber(product) };
}

function inHundredths(amounts: GoalAmounts): HundredthsByCurrency {
  return Object.fromEntries(
    Object.entries(amounts).map(([currency, minor]) => [currency, toHundredths(money(minor, currency))]),
  );
}

/** As an entry has it. */
export function places(countries: readonly string[] | null): GoalPlaces {
  return countries === null ? {} : { countries: countries.toSorted() };
}

/** The first readable goal in the theme blocks' envelope; null for none. */
export function goalOnStorefront(offers: readonly UnreadEntry[]): GoalOnStorefront | null {
  const read = ({ id, countries, ...entry }: UnreadEntry): GoalOnStorefront | null => {
    const goal = hundredthsIn(entry.goal) ?? {};
    const goalMinor = amountsByCurrency(entry.goalMinor) ?? {};
    const tiers = list(entry.tiers).flatMap((tier) => tierIn(tier) ?? []);
    const ships = Object.keys(goal).length > 0 && Object.keys(goalMinor).length > 0;
    if (!ships && tiers.length === 0) return null;
    const further = { ...placesIn(countries), ...(tiers.length === 0 ? {} : { tiers }), ...gapIn(entry.gap) };
    return { type: TYPE, id, goal, goalMinor, ...further };
  };
  return entriesOfType(offers, TYPE, read)[0] ?? null;
}

/** Null for a tier that is not understood. */
function tierIn(value: unknown): TierOnStorefront | null {
  const tier = record(value);
  const from = hundredthsIn(tier?.from);
  if (tier === null || from === null) return null;
  const { kind, percent, product } = tier;
  if (kind === "percent" && typeof percent === "number" && percent > 0 && percent <= 100)
    return { from, kind, percent };
  if (kind === "gift" && isBareId(product)) return { from, kind, product };
  const off = kind === "amount-off" ? hundredthsIn(tier.off) : null;
  return off && { from, kind: "amount-off", off };
}

function hundredthsIn(value: unknown): HundredthsByCurrency | null {
  return amountsByCurrency(value, (amount) => Number.isFinite(amount) && amount > 0);
}

/** What is no percentage proposes nothing. */
export function gapIn(gap: unknown): { readonly gap?: number } {
  return Number.isInteger(gap) && (gap as number) >= 0 && (gap as number) <= 100 ? { gap: gap as number } : {};
}

/** What is no list of countries is a goal for nowhere: better no promise than a wrong one. */
export function placesIn(countries: unknown): GoalPlaces {
  if (countries === undefined || countries === null) return {};
  return { countries: list(countries).filter((code) => typeof code === "string") };
}

/** Currencies in alphabetical order, so that the same goal gives the same text. */
export function checkedAmounts(amounts: GoalAmounts): GoalAmounts {
  return Object.fromEntries(
    Object.keys(amounts)
      .sort()
      .map((currency) => {
        const minor = amounts[currency]!;
        if (minor <= 0) throw new Error(`Not a goal amount: ${minor} ${currency}`);
        return [currency, money(minor, currency).amountMinor];
      }),
  );
}
