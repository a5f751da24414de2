import fc from "fast-check";
import { expect, test } from "vitest";
import { MONTH, MONTHS, offerOf, pack, PRICE_OF, PRICES } from "../../../test/fixtures/past-orders.ts";
import { bareNumber, gid, type ProductId } from "../ids.ts";
import { compiledBoughtTogether } from "../offers/types/bought-together/compiled.ts";
import type { PublishedOffer } from "../offers/types/bought-together/published.ts";
import { orderAccount } from "../orders/order-account.ts";
import type { Order, OrderLine } from "../orders/order.ts";
import type { PublishedEntry } from "../publishing/entry.ts";
import { creditFor, type CreditTerms } from "../store-credit/terms.ts";
import { type CreditPromise, type EarnedCredit, earnedCredits } from "../store-credit/whole-set.ts";
import { replayedByProducts } from "./compile-replay.ts";
import { breakEven, NO_TOTALS } from "./month-totals.ts";
import type { PackedOrders } from "./packed-orders.ts";
import { replayOrders } from "./replay-orders.ts";
import type { ReplayedOffer } from "./replayed-offer.ts";

const PRODUCTS = [1, 2, 3, 4, 5];

interface Bought {
  readonly product: number;
  readonly quantity: number;
  readonly kept: number;
  readonly price: number;
  readonly discount: number;
  readonly isGiftCard: boolean;
}

const bought: fc.Arbitrary<Bought> = fc
  .record({
    ...{ product: fc.constantFrom(0, ...PRODUCTS), quantity: fc.integer({ min: 1, max: 3 }) },
    ...{ gone: fc.integer({ min: 0, max: 3 }), off: fc.integer({ min: 0, max: 150 }) },
    isGiftCard: fc.integer({ max: 5, min: 0 }).map((one) => one === 0),
  })
  .map(({ product, quantity, gone, off, isGiftCard }) => ({
    ...{ product, quantity, kept: Math.max(0, quantity - gone), discount: quantity * off, isGiftCard },
    price: PRICE_OF[product] || 700,
  }));
const carts = fc.array(fc.array(bought, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 });
const sets = fc
  .array(fc.uniqueArray(fc.constantFrom(...PRODUCTS), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 })
  .map((lists) =>
    lists.map((list, place) => ({ carrier: place + 1, companions: list.filter((one) => one !== place + 1) })),
  )
  .map((all) => all.filter(({ companions }) => companions.length > 0));
const share = fc.integer({ min: 1, max: 5_000 });
const amount = fc.integer({ min: 1, max: 3_000 });
const terms: fc.Arbitrary<CreditTerms> = fc.oneof(
  share.map((basisPoints) => ({ kind: "store-credit", basisPoints, waitDays: 14 }) as const),
  fc
    .tuple(share, amount)
    .map(([basisPoints, most]) => ({ kind: "store-credit", basisPoints, most: { JPY: most }, waitDays: 0 }) as const),
  amount.map((minor) => ({ kind: "store-credit", amounts: { JPY: minor }, waitDays: 0 }) as const),
);

type Sets = readonly { readonly carrier: number; readonly companions: readonly number[] }[];

/** As the offer is published with each product. */
function published(of: Sets, setReward: CreditTerms): Map<ProductId, PublishedEntry> {
  const entry = ({ carrier, companions }: Sets[number]): PublishedOffer => ({
    ...{ type: "bought-together", id: `bt-7-${carrier}`, discountBasisPoints: 0, setReward, set: companions.length },
    companions: companions.map((product) => ({ product: String(product), weight: 0.5 })),
  });
  return new Map(of.map((one) => [gid("Product", one.carrier), entry(one)]));
}

const replayed = (of: Sets, setReward: CreditTerms): ReplayedOffer =>
  replayedByProducts(offerOf("bought-together", {}), compiledBoughtTogether as never, published(of, setReward), {
    ...{ currency: "JPY", prices: PRICES },
  });

/** A cart as an order; `whole` as it was before anything of it was given back. */
function orderOf(cart: readonly Bought[], whole: boolean): Order {
  const lines = cart.map(({ product, quantity, kept, price, discount, isGiftCard }, place): OrderLine => ({
    ...{ id: gid("LineItem", place + 1), productId: product === 0 ? null : gid("Product", product), variantId: null },
    ...{ title: "", quantity, currentQuantity: whole ? quantity : kept, isGiftCard, unitPriceMinor: price },
    ...{ discountMinor: discount, groupId: null, offer: null },
  }));
  return {
    ...{ id: gid("Order", 1), name: "#1", createdAt: 0, processedAt: 0, updatedAt: 0, cancelledAt: null, test: false },
    ...{ currency: "JPY", channel: "online", channelSource: null, customerKey: null, lines },
  };
}

/** What the flow that gives store credit finds in an order. */
function setsIn(of: Sets, setReward: CreditTerms, order: Order): EarnedCredit[] {
  const promises = of.map(({ carrier, companions }): CreditPromise => ({
    ...{ offerNumber: 7, product: bareNumber(gid("Product", carrier)), companions: companions.map(String) },
    ...{ terms: setReward, since: 0, until: null },
  }));
  return earnedCredits(order, promises);
}

/** What it would give. */
function earned(of: Sets, setReward: CreditTerms, order: Order): number {
  return setsIn(of, setReward, order).reduce(
    (sum, { setMinor }) => sum + creditFor(setReward, { amountMinor: setMinor, currency: "JPY" }),
    0,
  );
}

/** Past orders as they are read: what was kept, and what was paid for it. */
function packed(all: readonly (readonly Bought[])[]): PackedOrders {
  const orders = pack(all);
  all.flat().forEach(({ kept, isGiftCard }, at) => {
    orders.lines.kept[at] = kept;
    orders.lines.giftCard[at] = isGiftCard ? 1 : 0;
  });
  const accounts = all.flatMap((cart) => orderAccount(orderOf(cart, false).lines, new Map(), 0));
  orders.lines.paid.set(accounts.map(({ netMinor }) => netMinor));
  return orders;
}

const ONE_MORE = { quantity: 1, kept: 1, discount: 0, isGiftCard: false };

test("past orders earn the store credit that they would have been given, and one product short is just short", () => {
  fc.assert(
    fc.property(sets, terms, carts, (of, setReward, all) => {
      if (of.length === 0) return;
      const { months } = replayOrders(replayed(of, setReward), packed(all), MONTHS);
      const holds = (cart: readonly Bought[]) => setsIn(of, setReward, orderOf(cart, true)).length > 0;
      const isNear = (cart: readonly Bought[]) =>
        PRODUCTS.some((product) => holds([...cart, { product, price: PRICE_OF[product]!, ...ONE_MORE }]));
      const given = all.filter(holds);
      expect(months.get(MONTH) ?? NO_TOTALS).toMatchObject({
        ...{ orders: all.length, given: given.length, discountMinor: 0 },
        near: all.filter((cart) => !holds(cart) && isNear(cart)).length,
        creditMinor: all.reduce((sum, cart) => sum + earned(of, setReward, orderOf(cart, false)), 0),
      });
    }),
    { numRuns: 300 },
  );
});

const PAIR: Sets = [{ carrier: 1, companions: [2] }];
const TENTH: CreditTerms = { kind: "store-credit", basisPoints: 1_000, waitDays: 14 };

test("store credit is what the offer costs, by the margin and by when it pays", () => {
  const orders = packed([[1, 2].map((product) => ({ product, price: 1_000, ...ONE_MORE }))]);
  orders.lines.cost.set([300, 300]);
  const totals = replayOrders(replayed(PAIR, TENTH), orders, MONTHS).months.get(MONTH)!;
  expect(totals).toMatchObject({ given: 1, creditMinor: 200, marginMinor: 1_400, lostMinor: 200 });
  expect(breakEven(totals, 0)).toEqual({ code: "share", share: 200 / 1_200 });
});

test("a share is earned in any currency, an amount in its own alone", () => {
  const cart = [1, 2].map((product) => ({ product, price: 1_000, ...ONE_MORE }));
  const paidIn = (currency: string) => ({ ...packed([cart]), currencies: [currency] });
  const totals = (of: CreditTerms, currency: string) => replayOrders(replayed(PAIR, of), paidIn(currency), MONTHS);
  expect(totals(TENTH, "USD").months.get(MONTH)).toMatchObject({ creditMinor: 200 });
  const fixed: CreditTerms = { kind: "store-credit", amounts: { JPY: 50 }, waitDays: 14 };
  expect(totals(fixed, "JPY").months.get(MONTH)).toMatchObject({ creditMinor: 50 });
  expect(totals(fixed, "USD")).toMatchObject({ otherCurrencies: 1, given: [] });
});

test("a product that cannot be bought today is nothing that a cart lacked", () => {
  const beside = [{ carrier: 1, companions: [9] }];
  const { months } = replayOrders(replayed(beside, TENTH), packed([[{ product: 1, price: 400, ...ONE_MORE }]]), MONTHS);
  expect(months.get(MONTH)).toMatchObject({ given: 0, near: 0 });
});
