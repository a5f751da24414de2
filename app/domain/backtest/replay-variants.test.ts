import fc from "fast-check";
import { expect, test } from "vitest";
import { MONTH, MONTHS, offerOf, pack, PRICES } from "../../../test/fixtures/past-orders.ts";
import { gid } from "../ids.ts";
import { compiledUpgrade } from "../offers/types/upgrade/compiled.ts";
import type { ListedUpgrade, PublishedUpgrade } from "../offers/types/upgrade/published.ts";
import { replayedByProducts } from "./compile-replay.ts";
import { NO_TOTALS } from "./month-totals.ts";
import { replayOrders } from "./replay-orders.ts";

interface Line {
  readonly product: number;
  readonly variant: number;
}

/** Orders with a line each of these, and how many of them could have been shown the upgrades of product 1. */
function shownIn(carts: readonly (readonly Line[])[], upgrades: readonly ListedUpgrade[]): number {
  const entry: PublishedUpgrade = { type: "upgrade", id: "up-7-1", show: 1, cap: 15_000, upgrades };
  const offer = replayedByProducts(
    offerOf("upgrade", {}),
    compiledUpgrade as never,
    new Map([[gid("Product", 1), entry]]),
    {
      ...{ currency: "JPY", prices: PRICES },
    },
  );
  const orders = pack(carts.map((lines) => lines.map(({ product }) => ({ product, quantity: 1, price: 400 }))));
  orders.lines.variant.set(carts.flat().map(({ variant }) => variant));
  return (replayOrders(offer, orders, MONTHS).months.get(MONTH) ?? NO_TOTALS).given;
}

// Variants 11 to 14 are of product 1, and 21 of product 2.
const lines = fc.array(
  fc.constantFrom(11, 12, 13, 14, 21).map((variant) => ({ product: Math.floor(variant / 10), variant })),
  { minLength: 1, maxLength: 4 },
);
const pairs = fc.uniqueArray(
  fc.tuple(fc.integer({ min: 11, max: 14 }), fc.integer({ min: 11, max: 14 })).filter(([from, to]) => from !== to),
  { minLength: 1, maxLength: 4, selector: String },
);

test("a better variant is counted for orders with the very variant that it takes the place of, and without itself", () => {
  fc.assert(
    fc.property(pairs, fc.array(lines, { minLength: 1, maxLength: 6 }), fc.boolean(), (better, carts, hasOther) => {
      const own = { product: "1", variants: better.map(([from, to]) => [String(from), String(to)] as const) };
      const upgrades = hasOther ? [own, { product: "2" }] : [own];
      const expected = carts.filter((cart) => {
        const has = (variant: number) => cart.some((line) => line.variant === variant);
        const isOther = hasOther && cart.some(({ product }) => product === 1) && !has(21);
        return isOther || better.some(([from, to]) => has(from) && !has(to));
      });
      expect(shownIn(carts, upgrades)).toBe(expected.length);
    }),
    { numRuns: 300 },
  );
});
