import { toHundredths } from "../../../money/hundredths.ts";
import { money } from "../../../money/money.ts";
import type { UnreadEntry, PublishedEntry } from "../../../publishing/entry.ts";
import { entriesOfType } from "../../../publishing/envelope.ts";
import { amountsByCurrency } from "../../../publishing/read-json.ts";

/** What surfaces read of a free-shipping goal. */

const TYPE = "goal";

/** Minor units by currency code; a currency that is absent has no goal. */
export type GoalAmounts = Readonly<Record<string, number>>;

/** A goal as checkout reads it. */
export interface PublishedGoal extends PublishedEntry {
  readonly type: typeof TYPE;
  readonly goal: GoalAmounts;
}

/** A goal as theme blocks read it: Liquid counts in hundredths of the unit, JPY 8,000 is 800000. */
export interface GoalOnStorefront extends PublishedEntry {
  readonly type: typeof TYPE;
  readonly goal: Readonly<Record<string, number>>;
  readonly goalMinor: GoalAmounts;
}

/** The entry of the checkout's envelope. Throws for an amount that is not a positive integer. */
export function checkoutEntry(id: string, amounts: GoalAmounts): PublishedGoal {
  return { type: TYPE, id, goal: checkedAmounts(amounts) };
}

/** The entry of the theme blocks' envelope. Throws for an amount that is not a positive integer. */
export function storefrontEntry(id: string, amounts: GoalAmounts): GoalOnStorefront {
  const goalMinor = checkedAmounts(amounts);
  const goal = Object.fromEntries(
    Object.entries(goalMinor).map(([currency, minor]) => [currency, toHundredths(money(minor, currency))]),
  );
  return { type: TYPE, id, goal, goalMinor };
}

/** The first readable goal in the checkout's envelope; null for none. */
export function goalAtCheckout(offers: readonly UnreadEntry[]): PublishedGoal | null {
  const read = ({ id, goal }: UnreadEntry): PublishedGoal | null => {
    const amounts = amountsByCurrency(goal);
    return amounts && { type: TYPE, id, goal: amounts };
  };
  return entriesOfType(offers, TYPE, read)[0] ?? null;
}

/** The first readable goal in the theme blocks' envelope; null for none. */
export function goalOnStorefront(offers: readonly UnreadEntry[]): GoalOnStorefront | null {
  const read = ({ id, ...entry }: UnreadEntry): GoalOnStorefront | null => {
    const goal = amountsByCurrency(entry.goal, (amount) => Number.isFinite(amount) && amount > 0);
    const goalMinor = amountsByCurrency(entry.goalMinor);
    return goal && goalMinor && { type: TYPE, id, goal, goalMinor };
  };
  return entriesOfType(offers, TYPE, read)[0] ?? null;
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
