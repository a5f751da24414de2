import fc from "fast-check";
import { expect, test } from "vitest";
import { gid } from "../ids.ts";
import { METAFIELD_BYTES, RULES_BYTES } from "../publishing/limits.ts";
import { readEnvelope } from "../publishing/envelope.ts";
import { fitProductEntries, productMetafields, type ProductEntry } from "./product-metafields.ts";
import { contentShape } from "./offer-types.ts";
import { shopMetafields } from "./shop-metafields.ts";
import { offerWith } from "./offer.ts";
import { compileProductOffer } from "./types/bought-together/compile.ts";
import { goal as goalType } from "./types/goal/config.ts";

const PRODUCT = gid("Product", 9);

/** A set with so many companions and segments of eight, product numbers `step` apart. */
function set(companions: number, segments: number, step: number, number = 1): ProductEntry {
  const one = (place: number) => ({
    product: gid("Product", 8_123_456_789_000 + place * step),
    weight: 1 / (place + 2),
  });
  const entry = compileProductOffer({
    ...{ number, product: PRODUCT, discountBasisPoints: 1000, setSize: 3 },
    companions: Array.from({ length: companions }, (_, place) => one(place)),
    segments: ["EUR", "JPY", "GBP", "CAD"].slice(0, segments).map((is, place) => ({
      ...{ by: "market" as const, is },
      companions: Array.from({ length: 8 }, (_, n) => one(100 * (place + 1) + n)),
    })),
  })!;
  return { offer: { number, priority: 100, type: "bought-together" }, entry };
}

const breaks = (number: number): ProductEntry => ({
  offer: { number, priority: 50, type: "quantity-breaks" },
  entry: {
    ...{ type: "quantity-breaks", id: `qb-${number}-9`, together: true },
    tiers: [2, 5].map((from) => ({ from, reward: { kind: "percent", basisPoints: from * 100 } })),
  } as ProductEntry["entry"],
});

const valuesOf = (entries: readonly ProductEntry[]) =>
  Object.fromEntries(productMetafields(entries).map(({ address, value }) => [address.key, value]));

test("entries of all types share an envelope and the rules, the most important first", () => {
  const { offers, rules, companions } = valuesOf([set(2, 0, 1), breaks(2)]);
  expect(readEnvelope(offers).map(({ type }) => type)).toEqual(["bought-together", "quantity-breaks"]);
  expect(JSON.parse(rules!)).toMatch(/^2;b1,100,p1000,[^;,]+;q2,50,t,2p200,5p500$/);
  expect(JSON.parse(companions!)).toHaveLength(2);
});

test("a product without entries carries nothing, and one without a discount carries no rules", () => {
  expect(productMetafields([])).toEqual([]);
  const { offer, entry } = set(1, 0, 1);
  const free = { offer, entry: { ...entry, discountBasisPoints: 0 } as ProductEntry["entry"] };
  expect(Object.keys(valuesOf([free]))).toEqual(["offers", "companions"]);
});

test("whatever a product is offered, it fits; the most important entry is there and the others lose first", () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 24 }),
      fc.integer({ min: 0, max: 4 }),
      fc.constantFrom(1, 1_000, 1_000_000, 1_000_000_000),
      fc.integer({ min: 0, max: 12 }),
      (companions, segments, step, more) => {
        const given = [set(companions, segments, step), ...Array.from({ length: more }, (_, n) => breaks(n + 2))];
        const { entries } = fitProductEntries(given);
        const { offers, rules } = valuesOf(entries);
        expect(offers!.length).toBeLessThan(METAFIELD_BYTES);
        expect((JSON.parse(rules!) as string).length).toBeLessThanOrEqual(RULES_BYTES);
        expect(entries[0]!.offer).toEqual(given[0]!.offer);
        if (entries.length > 1) expect(entries[0]!.entry).toEqual(given[0]!.entry);
      },
    ),
  ));

test("while the shop is paused, or nothing of a type runs, the discount's policy stops the type", () => {
  const facts = { discountIsActive: true, ownRates: [], history: true };
  const paused = shopMetafields([], { ...facts, paused: true });
  expect(JSON.parse(paused.policy)).toMatchObject({ version: 2, rules: expect.stringMatching(/^2;xb(;|$)/) });
  expect(JSON.parse(paused.storefront)).toEqual({ version: 2, enabled: false, offers: [] });
  expect(JSON.parse(paused.checkout)).toEqual({ version: 2, offers: [] });
  expect(JSON.parse(shopMetafields([], { ...facts, paused: false }).checkout)).toMatchObject({ history: true });
});

test("a goal is published to the surfaces that the merchant chose, and its discount holds at checkout all the same", () => {
  const config = { ...goalType.config.default, amounts: { USD: 5000 } };
  const content = { ...contentShape("goal").default, reward: { kind: "free-shipping" } as const, config };
  const publishedOn = (...surfaces: ("cart" | "checkout")[]) => {
    const goal = offerWith({ ...content, surfaces }, { number: 2, type: "goal", version: 1 }, "automatic");
    const facts = { discountIsActive: true, ownRates: [], paused: false, history: false };
    const { policy, storefront, checkout } = shopMetafields([goal], facts);
    return [storefront, checkout, policy].map((text) => text.includes("USD"));
  };
  expect(publishedOn("cart", "checkout")).toEqual([true, true, true]);
  expect(publishedOn("cart")).toEqual([true, false, true]);
  expect(publishedOn("checkout")).toEqual([false, true, true]);
});
