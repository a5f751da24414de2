import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bareNumber } from "../../app/domain/ids.ts";
import { compiledType } from "../../app/domain/offers/compiled-types.ts";
import { type Offer, offerWith } from "../../app/domain/offers/offer.ts";
import { OFFER_TYPE_NAMES, type OfferTypeName } from "../../app/domain/offers/offer-type-name.ts";
import { DISCOUNT_NAMES } from "../../app/domain/offers/discount-names.ts";
import type { GoalConfig } from "../../app/domain/offers/types/goal/config.ts";
import { freeDelivery } from "../../app/domain/pricing/price-delivery.ts";
import { priceCart } from "../../app/domain/pricing/price-cart.ts";
import { encodeProductRules, encodeShopRules, type ProductRules } from "../../app/domain/pricing/rules.ts";
import { runFunction } from "../dev-store/functions/run-in-wasm.ts";
import {
  cartToDeliver,
  cartToPrice,
  expectedDiscounts,
  expectedHandles,
  expectedOrderDiscounts,
  functionInput,
  type GoldenCart,
  readFunctionSchema,
} from "../golden-carts/golden-cart.ts";
import { OFFER_SAMPLES, offersOfType, product } from "./offer-samples.ts";

/* What holds for prices whatever the type of the offers in a cart: in the domain, and in the Function that Shopify runs. */

const FUNCTION = join(import.meta.dirname, "../../extensions/offer-discount");
const wasm = readFileSync(join(FUNCTION, "dist/function.wasm"));
const schema = readFunctionSchema();
const query = (name: string) => readFileSync(join(FUNCTION, `assembly/${name}.graphql`), "utf8");
const LINES = { export: "cart_lines_discounts_generate_run", query: query("cart_lines_discounts_generate_run") };
const DELIVERY = {
  export: "cart_delivery_options_discounts_generate_run",
  query: query("cart_delivery_options_discounts_generate_run"),
};
const PRODUCTS = [1, 2, 3, 4].map(product);
const ACTIVE = { discountIsActive: true, ownRates: [], hasSellingPlans: true };

/** What a product carries of some offers, as the Function reads it. */
function rulesOf(at: number, offers: readonly Offer[]): string | null {
  const others = PRODUCTS.filter((_, place) => place !== at);
  const rules = offers.flatMap((offer): ProductRules[] => {
    const type = compiledType(offer.type);
    if (type.anchor !== "product") return [];
    const chosen = OFFER_SAMPLES[offer.type].chosen?.(PRODUCTS[at]!, others) ?? null;
    const entry = type.compile(offer, { ...ACTIVE, product: PRODUCTS[at]!, chosen, ordersUntil: null });
    const compiled = entry && type.rules(entry, offer);
    return compiled === null ? [] : [compiled];
  });
  return encodeProductRules(rules);
}

function shopRulesOf(offers: readonly Offer[]): string {
  return encodeShopRules(
    offers.flatMap((offer) => {
      const type = compiledType(offer.type);
      const entries = type.anchor === "shop" ? type.compile(offer, ACTIVE) : null;
      return entries?.rules ?? [];
    }),
  );
}

const line = fc.record({
  at: fc.integer({ min: 0, max: PRODUCTS.length - 1 }),
  variant: fc.integer({ min: 1, max: 2 }),
  quantity: fc.integer({ min: 1, max: 5 }),
  cents: fc.integer({ min: 0, max: 9_999 }),
  subscription: fc.boolean(),
});
type Line = typeof line extends fc.Arbitrary<infer T> ? T : never;

/** A cart of these lines, in a shop where every product carries all of the offers. */
function cartOf(lines: readonly Line[], offers: readonly Offer[]): GoldenCart {
  return {
    ...{ name: "made", about: "", currency: "USD", language: "EN", discountClasses: ["PRODUCT", "ORDER", "SHIPPING"] },
    ...{ country: "US", lineOperations: [], deliveryOperations: [] },
    policy: { version: 2, rules: shopRulesOf(offers), messages: DISCOUNT_NAMES },
    products: Object.fromEntries(PRODUCTS.map((id, at) => [bareNumber(id), { rules: rulesOf(at, offers) }])),
    lines: lines.map(({ at, variant, quantity, cents, subscription }, place) => ({
      ...{ id: `gid://shopify/CartLine/${place}`, product: bareNumber(PRODUCTS[at]!), variant: `${at}${variant}` },
      ...{ quantity, subscription, price: (cents / 100).toFixed(2) },
    })),
  };
}

/** Offers of one type, or of all types at once. */
function offersOf(types: readonly OfferTypeName[]): fc.Arbitrary<Offer[]> {
  const one = (type: OfferTypeName, number: number) =>
    offersOfType(type).map((content) => offerWith(content, { type, number, version: 1 }, "automatic"));
  return fc.tuple(...types.flatMap((type, at) => [one(type, at * 2 + 1), one(type, at * 2 + 2)]));
}

/** Without gifts: whether one is given depends on what other offers take off, so that these laws hold for a goal by itself. */
function withoutGifts(offer: Offer): Offer {
  if (offer.type !== "goal") return offer;
  const config = offer.config as GoalConfig;
  return { ...offer, config: { ...config, tiers: config.tiers.filter(({ reward }) => reward.kind !== "gift") } };
}

const KINDS: [string, readonly OfferTypeName[]][] = [
  ...OFFER_TYPE_NAMES.map((type): [string, OfferTypeName[]] => [type, [type]]),
  ["all types", OFFER_TYPE_NAMES],
];

describe.each(KINDS)("prices with offers of %s", (_, types) => {
  const offers = offersOf(types).map((all) => (types.length > 1 ? all.map(withoutGifts) : all));
  const carts = fc.tuple(offers, fc.array(line, { minLength: 1, maxLength: 6 }));

  test("no discount exceeds the price of its unit, and no unit gets two", () => {
    fc.assert(
      fc.property(carts, ([offers, lines]) => {
        const cart = cartToPrice(cartOf(lines, offers));
        const { discounts } = priceCart(cart);
        for (const { id, quantity, unitPriceMinor, subscription } of cart.lines) {
          const own = discounts.filter(({ lineId }) => lineId === id);
          const units = own.reduce((sum, one) => sum + one.quantity, 0);
          expect(units).toBeLessThanOrEqual(subscription ? 0 : quantity);
          for (const { amountOffMinor } of own) {
            expect(amountOffMinor).toBeGreaterThan(0);
            expect(amountOffMinor).toBeLessThanOrEqual(unitPriceMinor);
          }
        }
      }),
    );
  });

  test("adding an item never loses a discount", () => {
    const saved = (lines: readonly Line[], offers: readonly Offer[]) =>
      priceCart(cartToPrice(cartOf(lines, offers))).discounts.reduce(
        (sum, { quantity, amountOffMinor }) => sum + quantity * amountOffMinor,
        0,
      );
    fc.assert(
      fc.property(carts, line, ([offers, lines], more) => {
        expect(saved([...lines, more], offers)).toBeGreaterThanOrEqual(saved(lines, offers));
      }),
    );
  });

  test("adding an item never loses free shipping", () => {
    fc.assert(
      fc.property(carts, line, ([offers, lines], more) => {
        const before = freeDelivery(cartToDeliver(cartOf(lines, offers)));
        expect(freeDelivery(cartToDeliver(cartOf([...lines, more], offers)))).toEqual(expect.arrayContaining(before));
      }),
    );
  });

  test("the Function that Shopify runs gives what the domain says", async () => {
    await fc.assert(
      fc.asyncProperty(carts, async ([offers, lines]) => {
        const cart = cartOf(lines, offers);
        const run = async (target: typeof LINES): Promise<unknown[]> => {
          const input = JSON.stringify(functionInput(cart, target.query, schema));
          const { output } = await runFunction(wasm, target.export, input);
          return (JSON.parse(output) as { operations: unknown[] }).operations;
        };
        const given = { ...cart, lineOperations: (await run(LINES)) as GoldenCart["lineOperations"] };
        const { discounts, order } = priceCart(cartToPrice(cart));
        expect(byLine(expectedDiscounts(given))).toEqual(byLine(discounts));
        expect(expectedOrderDiscounts(given)).toEqual(order.map(({ offer: _, amountOffMinor: _off, ...one }) => one));
        const delivered = { ...cart, deliveryOperations: await run(DELIVERY) };
        expect(expectedHandles(delivered)).toEqual(freeDelivery(cartToDeliver(cart)));
      }),
      { numRuns: 60 },
    );
  });
});

/** Equal amounts of one line as one, whichever offer they are of. */
function byLine(discounts: readonly { lineId: string; quantity: number; amountOffMinor: number }[]): string[] {
  const units = new Map<string, number>();
  for (const { lineId, quantity, amountOffMinor } of discounts) {
    const key = `${lineId} ${amountOffMinor}`;
    units.set(key, (units.get(key) ?? 0) + quantity);
  }
  return [...units].map(([key, quantity]) => `${key} x ${quantity}`).sort();
}
