import { toHundredths } from "../../../money/hundredths.ts";
import { money } from "../../../money/money.ts";
import { isGoalGoodFor } from "../../../pricing/goal-basis.ts";
import type { UnreadEntry, PublishedEntry } from "../../../publishing/entry.ts";
import { entriesOfType } from "../../../publishing/envelope.ts";
import { amountsByCurrency, list } from "../../../publishing/read-json.ts";

/** What surfaces read of a free-shipping goal. */

const TYPE = "goal";

/** Minor units by currency code; a currency that is absent has no goal. */
export type GoalAmounts = Readonly<Record<string, number>>;

/** Where a goal is good. */
interface GoalPlaces {
  /** ISO 3166 codes of the countries that it ships to for free; absent where it does everywhere. */
  readonly countries?: readonly string[];
}

/** A goal as checkout reads it. */
export interface PublishedGoal extends PublishedEntry, GoalPlaces {
  readonly type: typeof TYPE;
  readonly goal: GoalAmounts;
}

/** A goal as theme blocks read it: Liquid counts in hundredths of the unit, JPY 8,000 is 800000. */
export interface GoalOnStorefront extends PublishedEntry, GoalPlaces {
  readonly type: typeof TYPE;
  readonly goal: Readonly<Record<string, number>>;
  readonly goalMinor: GoalAmounts;
}

/** What both entries say. */
interface GoalTerms {
  readonly amounts: GoalAmounts;
  /** Null for everywhere. */
  readonly countries: readonly string[] | null;
}

/** The entry of the checkout's envelope. Throws for an amount that is not a positive integer. */
export function checkoutEntry(id: string, { amounts, countries }: GoalTerms): PublishedGoal {
  return { type: TYPE, id, goal: checkedAmounts(amounts), ...places(countries) };
}

/** The entry of the theme blocks' envelope. Throws for an amount that is not a positive integer. */
export function storefrontEntry(id: string, { amounts, countries }: GoalTerms): GoalOnStorefront {
  const goalMinor = checkedAmounts(amounts);
  const goal = Object.fromEntries(
    Object.entries(goalMinor).map(([currency, minor]) => [currency, toHundredths(money(minor, currency))]),
  );
  return { type: TYPE, id, goal, goalMinor, ...places(countries) };
}

function places(countries: readonly string[] | null): GoalPlaces {
  return countries === null ? {} : { countries: countries.toSorted() };
}

/** The readable goals in the checkout's envelope. */
export function goalsAtCheckout(offers: readonly UnreadEntry[]): PublishedGoal[] {
  return entriesOfType(offers, TYPE, ({ id, goal, countries }): PublishedGoal | null => {
    const amounts = amountsByCurrency(goal);
    return amounts && { type: TYPE, id, goal: amounts, ...placesIn(countries) };
  });
}

/**
 * The goal of a cart: of those that are good in the buyer's country and have an amount in the cart's currency, the one
 * with the lowest amount, which checkout grants first. Null for none; a null country is one that is not known.
 */
export function goalAtCheckout(
  offers: readonly UnreadEntry[],
  { currency, country }: { readonly currency: string; readonly country: string | null },
): PublishedGoal | null {
  const good = goalsAtCheckout(offers).filter(
    ({ goal, countries }) => Object.hasOwn(goal, currency) && isGoalGoodFor(countries ?? null, country),
  );
  return good.toSorted((a, b) => a.goal[currency]! - b.goal[currency]!)[0] ?? null;
}

/** The first readable goal in the theme blocks' envelope; null for none. */
export function goalOnStorefront(offers: readonly UnreadEntry[]): GoalOnStorefront | null {
  const read = ({ id, countries, ...entry }: UnreadEntry): GoalOnStorefront | null => {
    const goal = amountsByCurrency(entry.goal, (amount) => Number.isFinite(amount) && amount > 0);
    const goalMinor = amountsByCurrency(entry.goalMinor);
    return goal && goalMinor && { type: TYPE, id, goal, goalMinor, ...placesIn(countries) };
  };
  return entriesOfType(offers, TYPE, read)[0] ?? null;
}

/** What is no list of countries is a goal for nowhere: better no promise than a wrong one. */
function placesIn(countries: unknown): GoalPlaces {
  if (countries === undefined || countries === null) return {};
  return { countries: list(countries).filter((code) => typeof code === "string") };
}

/** Currencies in alphabetical order, so that the same goal gives the same text. */
function checkedAmounts(amounts: GoalAmounts): GoalAmounts {
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
