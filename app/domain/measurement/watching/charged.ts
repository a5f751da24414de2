import type { BareId } from "../../ids.ts";
import { type LineToPrice, priceCart } from "../../pricing/price-cart.ts";
import { encodeShopRules } from "../../pricing/rules.ts";
import { binomialUpperTail } from "../../statistics/significance.ts";

/** A line of a placed order, with what was taken off all its units. */
export interface ChargedLine extends Omit<LineToPrice, "rules" | "subscription"> {
  readonly takenMinor: number;
  /** Whether it came through an offer. */
  readonly isThroughOffer: boolean;
}

/** A placed order with the rules that its products carried. */
export interface ChargedOrder {
  readonly currency: string;
  readonly lines: readonly ChargedLine[];
  /** Compact rules of each product, of offers that are for all shoppers. */
  readonly rules: ReadonlyMap<BareId, string>;
}

/** What an order was to save, and what it saved. Minor units of its currency. */
export interface Saving {
  readonly promisedMinor: number;
  readonly takenMinor: number;
}

/** Offers of the whole shop are not compared. */
const NO_SHOP_RULES = encodeShopRules([]);

/**
 * What the lines of an order were to save by the discount Function's own code; null where no line that came through an
 * offer was to save anything. Offers that are left out of the rules can only add to it, since the Function saves as much as
 * it can: an order that saved less was charged too much.
 */
export function savingOf({ currency, lines, rules }: ChargedOrder): Saving | null {
  const { discounts } = priceCart({
    ...{ currency, shopRules: NO_SHOP_RULES },
    lines: lines.map((line) => ({
      ...{ ...line, subscription: false },
      rules: (line.product && rules.get(line.product)) ?? null,
    })),
  });
  const through = new Set(lines.flatMap(({ id, isThroughOffer }) => (isThroughOffer ? id : [])));
  if (!discounts.some(({ lineId, amountOffMinor }) => amountOffMinor > 0 && through.has(lineId))) return null;
  return {
    promisedMinor: discounts.reduce((sum, { quantity, amountOffMinor }) => sum + quantity * amountOffMinor, 0),
    takenMinor: lines.reduce((sum, { takenMinor }) => sum + takenMinor, 0),
  };
}

/** One such order in a hundred may have a reason that cannot be seen from here. */
const MOST_SHARE = 0.01;
/** How rarely staff may be notified where just that share is charged too much. */
const ALPHA = 1e-3;
const LEAST_ORDERS = 3;

/** How many orders were promised something, and how many of them were charged too much. */
export interface ChargedCount {
  readonly promised: number;
  readonly overcharged: number;
}

/**
 * The currencies of which so many orders were charged too much that it is no chance: all that were paid in, where that is so
 * of all orders together; else those of which it is so by themselves, since few orders abroad are no share of all. The risk
 * of a false alarm is shared out between all that is looked at.
 */
export function overchargedCurrencies(counts: ReadonlyMap<string, ChargedCount>): ReadonlySet<string> {
  const alpha = ALPHA / (counts.size > 1 ? counts.size + 1 : 1);
  const areTooMany = ({ promised, overcharged }: ChargedCount) =>
    overcharged >= LEAST_ORDERS && binomialUpperTail(overcharged, promised, MOST_SHARE) < alpha;
  const all = [...counts.values()].reduce(
    (sum, one) => ({ promised: sum.promised + one.promised, overcharged: sum.overcharged + one.overcharged }),
    { promised: 0, overcharged: 0 },
  );
  if (areTooMany(all)) return new Set(counts.keys());
  return new Set([...counts].flatMap(([currency, count]) => (areTooMany(count) ? currency : [])));
}
