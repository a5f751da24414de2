import { expect, test } from "vitest";
import { type AppMetafield, checkoutOf, offersOf } from "./app-metafields.ts";
import type { ShopperFacts } from "./domain.ts";

const metafield = (type: string, id: number, key: string, value: unknown): AppMetafield => ({
  target: { type, id: `gid://shopify/${type}/${id}` },
  metafield: { namespace: "$app", key, value: typeof value === "string" ? value : JSON.stringify(value) },
});
const body = (discountBasisPoints: number) => ({
  ...{ discountBasisPoints, set: 3, companions: [{ product: "10", weight: 0.5 }] },
});
const entry = (id: string, discountBasisPoints = 500) => ({
  type: "bought-together",
  id,
  ...body(discountBasisPoints),
});
const version1 = (product: number) =>
  metafield("product", product, "offer", { version: 1, id: `bt-${product}`, ...body(1000) });
const version2 = (product: number, ...offers: unknown[]) =>
  metafield("product", product, "offers", { version: 2, offers });

/** A shopper of whom nothing is known. */
const SOMEBODY: ShopperFacts = {
  ...{ country: null, language: null, signedIn: null, orders: null, tags: null, business: null, counter: null },
  ...{ currency: null, valueMinor: null, units: null },
};

test("reads the offer of each product, whichever version it was published in", () => {
  const metafields = [version1(1), version2(2, entry("bt-1-2")), metafield("product", 2, "companions", ["10"])];
  const offers = offersOf(["1", "2", "3"], metafields, "checkout", SOMEBODY);
  expect([...offers].map(([product, offer]) => [product, offer?.id ?? null, offer?.discountBasisPoints])).toEqual([
    ["1", "bt-1", 1000],
    ["2", "bt-1-2", 500],
    ["3", null, undefined],
  ]);
});

test("finds a product's offer by its global id and by its bare number, which some API versions give", () => {
  const { metafield } = version2(2, entry("bt-1-2"));
  for (const id of ["2", "gid://shopify/Product/2"]) {
    const offers = offersOf(["2", "22"], [{ target: { type: "product", id }, metafield }], "checkout", SOMEBODY);
    expect([...offers].map(([product, offer]) => [product, offer?.id])).toEqual([
      ["2", "bt-1-2"],
      ["22", undefined],
    ]);
  }
});

test("takes version 2 where both are there, also where it withdraws the offer", () => {
  expect(offersOf(["1"], [version1(1), version2(1, entry("bt-9-1"))], "checkout", SOMEBODY).get("1")?.id).toBe(
    "bt-9-1",
  );
  expect(offersOf(["1"], [version1(1), version2(1)], "checkout", SOMEBODY).get("1")).toBeNull();
});

test("skips entries of unknown types and entries that cannot be read, not the envelope", () => {
  const offers = [{ type: "bundle", id: "x" }, null, 7, entry(""), entry("bt-1-1", 10_001), entry("bt-2-1")];
  expect(offersOf(["1"], [version2(1, ...offers)], "checkout", SOMEBODY).get("1")?.id).toBe("bt-2-1");
});

test("leaves out an offer that the surface does not show", () => {
  const shownOn = (on: unknown) => [version2(1, { ...entry("bt-1-1"), on })];
  expect(offersOf(["1"], shownOn(["product"]), "checkout", SOMEBODY).get("1")).toBeNull();
  expect(offersOf(["1"], shownOn(["product", "thank-you"]), "thank-you", SOMEBODY).get("1")?.id).toBe("bt-1-1");
  expect(offersOf(["1"], shownOn("garbage"), "checkout", SOMEBODY).get("1")?.id).toBe("bt-1-1");
});

test.each([
  ["a later version", { version: 3, offers: [entry("bt-1-1")] }],
  ["no version", { offers: [entry("bt-1-1")] }],
  ["no list", { version: 2, offers: entry("bt-1-1") }],
  ["text", "not JSON"],
  ["a list", [entry("bt-1-1")]],
  ["nothing", "null"],
])("finds no offer in %s", (_, value) => {
  expect(offersOf(["1"], [metafield("product", 1, "offers", value)], "checkout", SOMEBODY).get("1")).toBeNull();
});

test("reads the shop's goal and switch in both versions, and nothing from garbage", () => {
  const shop = (value: unknown) => checkoutOf([metafield("shop", 1, "checkout", value)]);
  const goal = { type: "goal", id: "goal-1", goal: { USD: 5000 } };
  expect(shop({ version: 2, offers: [goal, { type: "tiers", id: "t" }], history: true })).toMatchObject({
    history: true,
    offers: [{ type: "goal", goal: { USD: 5000 } }, { type: "tiers" }],
  });
  expect(shop({ version: 1, goal: { USD: 5000 } })).toMatchObject({
    history: false,
    offers: [{ type: "goal", goal: { USD: 5000 } }],
  });
  for (const garbage of ["not JSON", "null", "7", [], { version: 3, offers: [goal] }]) expect(shop(garbage)).toBeNull();
});

test("a product's offer is the first that is for the shopper", () => {
  const offers = [{ ...entry("bt-1-1"), tests: "cUS" }, { ...entry("bt-2-1"), tests: "cJP" }, entry("bt-3-1")];
  const shown = (country: string | null) =>
    offersOf(["1"], [version2(1, ...offers)], "checkout", { ...SOMEBODY, country }).get("1")?.id;
  expect(["US", "JP", "DE"].map(shown)).toEqual(["bt-1-1", "bt-2-1", "bt-3-1"]);
  // Where it is not known whether the first is, it may be: nothing is suggested.
  expect(shown(null)).toBeUndefined();
});
