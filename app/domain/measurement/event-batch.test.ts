import { expect, test } from "vitest";
import { shopDomain } from "../ids.ts";
import { sortEvents, type EventShop, type SentEvent } from "./event-batch.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const SHOP: EventShop = {
  domain: shopDomain("tea.myshopify.com"),
  offers: new Map([
    [1, "bought-together"],
    [2, "goal"],
  ]),
};
const sort = (...sent: Partial<SentEvent>[]) =>
  sortEvents(
    sent.map((event, n) => ({ id: `e${n}`, at: NOW, visitor: "browser", kind: "seen", ...event }) as SentEvent),
    SHOP,
    { now: NOW, visitorOf: (visitor) => `hash of ${visitor}` },
  );
const refusedBy = (event: Partial<SentEvent>) => [...sort(event).refused.keys()][0] ?? null;

test("an event about an offer is stored with offer, surface and product, and the browser only as a hash", () => {
  expect(sort({ claim: "bt-1-42/cart" } as SentEvent).events).toEqual([
    {
      ...{ shop: SHOP.domain, id: "e0", kind: "seen", at: NOW, visitor: "hash of browser" },
      ...{ offer: 1, surface: "cart", product: "42" },
    },
  ]);
});

test("an offer of the whole shop is about no product, and what is bought again and again about no offer", () => {
  const { events } = sort({ claim: "goal-2/cart" } as SentEvent, { claim: "again-42/checkout" } as SentEvent);
  expect(events.map(({ offer, product }) => [offer, product])).toEqual([
    [2, "0"],
    [0, "42"],
  ]);
});

test("browsing is about a product or about nothing, never about an offer", () => {
  const { events } = sort({ kind: "product-viewed", product: "42" }, {
    ...{ kind: "page-viewed", claim: "bt-1-42/cart" },
  } as Partial<SentEvent>);
  expect(events.map(({ offer, surface, product }) => [offer, surface, product])).toEqual([
    [0, "", "42"],
    [0, "", "0"],
  ]);
});

test("an exposure is about an arm of an experiment and nothing else", () => {
  const sent = { kind: "exposed", experiment: 3, arm: 1, claim: "goal-2/cart", order: "9" } as Partial<SentEvent>;
  const { id, at } = sort(sent).events[0]!;
  expect(sort(sent).events).toEqual([
    {
      ...{ shop: SHOP.domain, id, kind: "exposed", at, visitor: "hash of browser" },
      ...{ offer: 0, surface: "", product: "0", shown: { experiment: 3, arm: 1 } },
    },
  ]);
});

test("a completed checkout names its order, and no other event does", () => {
  const kinds = ["checkout-completed", "checkout-started"] as const;
  expect(sort(...kinds.map((kind) => ({ kind, order: "9" }))).events.map(({ order }) => order)).toEqual([
    "9",
    undefined,
  ]);
});

test("a browser that Shopify gives no name has none", () => {
  expect(sort({ claim: "goal-2/cart", visitor: undefined } as SentEvent).events[0]!.visitor).toBe("");
});

test.each([
  ["an offer that the shop does not have", { claim: "bt-7-42/cart" }, "unknown-offer"],
  ["an offer of another type than the shop's of this number", { claim: "up-1-42/cart" }, "unknown-offer"],
  ["no claim", { claim: "" }, "malformed"],
  ["a claim of no known surface", { claim: "bt-1-42/moon" }, "malformed"],
  ["a product number that no row can hold", { claim: "bt-1-99999999999999999999/cart" }, "malformed"],
  ["an exposure of nobody", { kind: "exposed", experiment: 3, arm: 1, visitor: undefined }, "malformed"],
  ["a time ahead", { claim: "goal-2/cart", at: NOW + 3_600_000 }, "future"],
  ["a time of last week", { claim: "goal-2/cart", at: NOW - 7 * 86_400_000 }, "ancient"],
])("refuses %s", (_, event, refusal) => {
  expect(refusedBy(event as Partial<SentEvent>)).toBe(refusal);
});

test("refuses one event and stores the others of a batch", () => {
  const { events, refused } = sort({ claim: "bt-7-42/cart" } as SentEvent, { claim: "bt-1-42/cart" } as SentEvent);
  expect(events.map(({ id }) => id)).toEqual(["e1"]);
  expect([...refused]).toEqual([["unknown-offer", 1]]);
});

test("a visit's beginning, and what is seen and added in it, say device and campaign, cleaned", () => {
  const visit = { device: "phone", source: " Mail\u0000List ", medium: "Ann@example.com", campaign: "x".repeat(300) };
  const kept = { device: "phone", source: "mail list", medium: "", campaign: "x".repeat(100) };
  const kinds = ["visit-started", "shown", "seen", "clicked", "added"];
  const { events } = sort(...kinds.map((kind) => ({ kind, claim: "bt-1-42/product", visit }) as Partial<SentEvent>));
  expect(events.map((event) => event.visit)).toEqual([kept, undefined, kept, undefined, kept]);
  expect(sort({ kind: "visit-started", visit: {} } as Partial<SentEvent>).events[0]!.visit).toEqual({
    ...{ device: "", source: "", medium: "", campaign: "" },
  });
});

test("acceptance by visit counts what is seen only where additions are counted", () => {
  const shop: EventShop = { ...SHOP, offers: new Map([[3, "quantity-breaks"]]) };
  const seen = (claim: string) =>
    ({ id: claim, at: NOW, kind: "seen", claim, visit: { device: "phone" } }) as SentEvent;
  const sent = [seen("qb-3-42/product"), seen("qb-3-42/cart"), seen("again-42/cart")];
  const { events } = sortEvents(sent, shop, { now: NOW, visitorOf: (visitor) => visitor });
  expect(events.map((event) => event.visit?.device)).toEqual([undefined, "phone", "phone"]);
});
