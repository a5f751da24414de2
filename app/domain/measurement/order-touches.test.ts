import { expect, test } from "vitest";
import { gid } from "../ids.ts";
import { PRODUCT_TYPES } from "../offers/compiled-types.ts";
import type { Listing } from "../publishing/listing-history.ts";
import { DAY_MS } from "../time/day.ts";
import { LISTS_NOTHING, orderTouches, type VisitorTouch } from "./order-touches.ts";
import { KEPT_TOUCH_DAYS } from "../settings/assistance.ts";

const ORDERED = Date.UTC(2026, 10, 20);
const HOUR = 3_600_000;
const offers = new Map([
  [1, { type: "bought-together", createdAt: 0 }],
  [2, { type: "goal", createdAt: ORDERED - 2 * DAY_MS }],
] as const);
const listed = (changes: Partial<Listing> = {}): Listing[] => [
  { code: "bt", number: 1, companion: "8" as Listing["companion"], since: 0, until: null, ...changes },
];
const touch = (changes: Partial<VisitorTouch> = {}): VisitorTouch => ({
  ...{ offer: 1, surface: "product", product: "7", kind: "seen", at: ORDERED - HOUR, ...changes },
});
const kept = (touches: readonly VisitorTouch[], history = listed()) =>
  orderTouches(ORDERED, touches, { offers, listings: new Map([[gid("Product", "7"), history]]) });

test("keeps the last touch of each offer, surface and kind, on whatever product it was", () => {
  const listings = new Map(["7", "9"].map((id) => [gid("Product", id), listed()]));
  const touches = [
    touch({ at: ORDERED - 3 * HOUR }),
    touch({ product: "9", at: ORDERED - 2 * HOUR }),
    touch({ kind: "clicked" }),
    touch({ surface: "cart" }),
  ];
  expect(orderTouches(ORDERED, touches, { offers, listings })).toEqual([
    { offerKey: "bt-1", surface: "product", kind: "seen", secondsBefore: 7200 },
    { offerKey: "bt-1", surface: "product", kind: "clicked", secondsBefore: 3600 },
    { offerKey: "bt-1", surface: "cart", kind: "seen", secondsBefore: 3600 },
  ]);
});

test("leaves out what came after the order, and what is too long ago", () => {
  const edge = ORDERED - KEPT_TOUCH_DAYS * DAY_MS;
  expect(kept([touch({ at: ORDERED + 1 }), touch({ at: edge - 1 })])).toEqual([]);
  expect(kept([touch({ at: edge })])).toHaveLength(1);
});

test("believes an offer on a product only where it listed something there by then", () => {
  const seconds = ORDERED / 1000;
  expect(kept([touch({ product: "8" })])).toEqual([]);
  expect(kept([touch()], listed({ code: "up" }))).toEqual([]);
  expect(kept([touch()], listed({ number: 2 }))).toEqual([]);
  expect(kept([touch()], listed({ number: null }))).toHaveLength(1);
  expect(kept([touch()], listed({ since: seconds + 2 * 86_400 }))).toEqual([]);
  expect(kept([touch()], listed({ until: seconds - 15 * 86_400 }))).toEqual([]);
  expect(kept([touch()], listed({ until: seconds - 86_400 }))).toHaveLength(1);
});

test("believes an offer of the whole shop from the day on which it was made, and on no product", () => {
  const goal = { offer: 2, surface: "cart", product: "0" } as const;
  expect(kept([touch(goal)])).toMatchObject([{ offerKey: "goal-2" }]);
  expect(kept([touch({ ...goal, at: ORDERED - 4 * DAY_MS })])).toEqual([]);
  expect(kept([touch({ ...goal, product: "7" }), touch({ product: "0" }), touch({ offer: 3 })])).toEqual([]);
});

test("names the types of offers on products that list nothing", () => {
  const silent = PRODUCT_TYPES.filter(({ type }) => type.listed?.length === 0).map(({ name }) => name);
  expect(silent.every((name) => LISTS_NOTHING.has(name))).toBe(true);
  expect(silent).toContain("quantity-breaks");
});
