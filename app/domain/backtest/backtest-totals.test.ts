import { expect, test } from "vitest";
import { HEAD, MONTH, MONTHS, offerOf, pack, PRICES, RULES_AS_ENTRIES } from "../../../test/fixtures/past-orders.ts";
import { gid } from "../ids.ts";
import type { PublishedEntry } from "../publishing/entry.ts";
import { replayedByProducts, replayedByShop } from "./compile-replay.ts";
import { breakEven, NO_TOTALS } from "./month-totals.ts";
import { OTHER_BOOKS, type PackedOrders } from "./packed-orders.ts";
import { replayOrders } from "./replay-orders.ts";

function oneOrder(change: (orders: PackedOrders) => void): PackedOrders {
  const orders = pack([
    [
      { product: 1, quantity: 2, price: 1_000 },
      { product: 2, quantity: 1, price: 500 },
    ],
  ]);
  orders.lines.cost.set([300, 100]);
  change(orders);
  return orders;
}

const HALF_OFF = replayedByProducts(
  offerOf("quantity-breaks", {}),
  RULES_AS_ENTRIES,
  new Map([
    [
      gid("Product", 1),
      {
        ...{ type: "quantity-breaks", ...HEAD, together: true },
        tiers: [{ least: 2, reward: { kind: "percent", basisPoints: 1_000 } }],
      } as unknown as PublishedEntry,
    ],
  ]),
  { currency: "JPY", prices: PRICES },
);

test("what was given back costs no discount, and its margin is not counted", () => {
  const orders = oneOrder(({ lines: columns }) => {
    columns.kept[0] = 1;
    columns.net[0] = 1_000;
  });
  const totals = replayOrders(HALF_OFF, orders, MONTHS).months.get(MONTH);
  expect(totals).toMatchObject({
    given: 1,
    discountMinor: 100,
    paidMinor: 1_500,
    costed: 1,
    marginMinor: 1_100,
    lostMinor: 100,
  });
});

test("margins are without taxes", () => {
  const orders = oneOrder(({ lines: columns }) => {
    columns.netOfTax.fill(0.9);
    columns.net.set([1_800, 450]);
  });
  const totals = replayOrders(HALF_OFF, orders, MONTHS).months.get(MONTH);
  expect(totals).toMatchObject({ discountMinor: 200, lostMinor: 180, marginMinor: 1_550 });
});

test("an order with a unit of unknown cost is in no margin", () => {
  const orders = oneOrder(({ lines: columns }) => (columns.cost[1] = NaN));
  const totals = replayOrders(HALF_OFF, orders, MONTHS).months.get(MONTH);
  expect(totals).toMatchObject({ given: 1, costed: 0, marginMinor: 0, lostMinor: 0 });
});

test("an offer with amounts is not replayed over what was paid in another currency", () => {
  const offer = replayedByShop(
    offerOf("goal", {}),
    [{ type: "goal", ...HEAD, amounts: { JPY: 1 }, countries: null, localDelivery: false, pickUp: false }],
    { currency: "JPY", prices: PRICES },
  );
  const orders = { ...pack([[{ product: 1, quantity: 1, price: 100 }]]), currencies: ["USD"] };
  expect(replayOrders(offer, orders, MONTHS)).toMatchObject({ otherCurrencies: 1, given: [] });
});

test("orders from before the shop changed its currency are in no figure", () => {
  const orders = { ...oneOrder(() => {}), currencies: [OTHER_BOOKS] };
  expect(replayOrders(HALF_OFF, orders, MONTHS)).toMatchObject({ otherCurrencies: 1, months: new Map() });
});

test("a gift that the cart lacks is given at its price, and costs what it costs", () => {
  const prices = new Map([["5", { priceMinor: 333, costMinor: 50 }]]);
  const offer = replayedByShop(
    offerOf("goal", {}),
    [{ type: "gift", ...HEAD, amounts: { JPY: 2_000 }, product: "5" }],
    {
      ...{ currency: "JPY", prices },
    },
  );
  const totals = replayOrders(
    offer,
    oneOrder(() => {}),
    MONTHS,
  ).months.get(MONTH);
  expect(totals).toMatchObject({ given: 1, discountMinor: 333, lostMinor: 50, marginMinor: 1_800 });
});

test("an example names its order and says what it lacked", () => {
  const orders = pack([
    [{ product: 1, quantity: 2, price: 1_000 }],
    [{ product: 1, quantity: 1, price: 1_000 }],
    [{ product: 2, quantity: 5, price: 1_000 }],
  ]);
  const { given, near } = replayOrders(HALF_OFF, orders, MONTHS);
  expect(given).toEqual([
    { id: "1", at: 0, valueMinor: 2_000, discountMinor: 200, creditMinor: 0, shipsFree: false, miss: null },
  ]);
  expect(near).toMatchObject([{ id: "2", miss: { short: "unit", product: 1 } }]);
});

test("an example of a goal says what amount is missing", () => {
  const offer = replayedByShop(
    offerOf("goal", {}),
    [{ type: "order-reward", ...HEAD, amounts: { JPY: 1_000 }, reward: { kind: "percent", basisPoints: 1_000 } }],
    { currency: "JPY", prices: PRICES },
  );
  const { near } = replayOrders(offer, pack([[{ product: 1, quantity: 1, price: 850 }]]), MONTHS);
  expect(near).toMatchObject([{ miss: { short: "amount", amountMinor: 150 } }]);
});

test("an offer pays with so many more orders that their margin covers what it cost", () => {
  const totals = { ...NO_TOTALS, given: 10, costed: 10, discountMinor: 1_000, marginMinor: 5_000, lostMinor: 1_000 };
  // Ten orders leave 4,000 after the discount: 400 each, so that 2.5 more pay for 1,000.
  expect(breakEven(totals, 0)).toEqual({ code: "share", share: 0.25 });
  expect(breakEven({ ...totals, marginMinor: 1_000 }, 0)).toEqual({ code: "never" });
  expect(breakEven({ ...totals, costed: 0 }, 0)).toEqual({ code: "unknown" });
  expect(breakEven({ ...NO_TOTALS, given: 10 }, 0)).toEqual({ code: "free" });
});

test("free shipping costs what staff say that it does", () => {
  const totals = { ...NO_TOTALS, given: 4, costed: 4, freeShipping: 4, costedFreeShipping: 4, marginMinor: 2_400 };
  expect(breakEven(totals, 0)).toEqual({ code: "free" });
  expect(breakEven(totals, 200)).toEqual({ code: "share", share: 0.5 });
});
