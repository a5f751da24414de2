import { afterAll, beforeAll, expect, test } from "vitest";
import { buildNativeDiscount, setNativeDiscounts } from "../../test/dev-store/shop/native-discounts.ts";
import type { DevShop } from "../../test/dev-store/shop/state.ts";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { smallShop } from "../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { contentShape } from "../domain/offers/offer-types.ts";
import type { OfferTypeName } from "../domain/offers/offer-type-name.ts";
import { type ShopDomain, shopDomain } from "../domain/ids.ts";
import { goal as goalType } from "../domain/offers/types/goal/config.ts";
import { createNewOffer } from "../flows/offers/save-offer.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import type { SimulatorView } from "../views/simulator-view.ts";
import * as route from "./app.simulator.tsx";
import * as variants from "./app.variants.tsx";

const NOW = Date.UTC(2026, 10, 28, 12);
/** Products 101 and 102, at 19.99; their variants are 9101 and 9102. */
const [TEA, CUP] = ["9101", "9102"];
const OTHER = shopDomain("other.myshopify.com");
let app: WiredApp;
let shop: DevShop;
const numbers: Record<string, number> = {};

beforeAll(async () => {
  shop = smallShop(["101", "102", "103"]);
  setNativeDiscounts(shop, [
    buildNativeDiscount("7", {
      code: "WELCOME",
      combinesWith: { productDiscounts: false, orderDiscounts: false, shippingDiscounts: true },
    }),
    buildNativeDiscount("8", {
      ...{ title: "Free from 60", off: "free-shipping", minimum: { subtotalMinor: 6_000 } },
      combinesWith: { productDiscounts: true, orderDiscounts: true, shippingDiscounts: false },
    }),
  ]);
  app = await wireApp([shop, smallShop(["501"], { domain: OTHER })], { now: () => NOW });
  for (const one of [app.shop, OTHER]) {
    await app.signIn(one);
    await installShop(one, app.context);
  }
  numbers.breaks = await offer("quantity-breaks", "Two teas", {
    conditions: [[{ condition: "products", products: ["gid://shopify/Product/101"] }]],
    config: { variants: "together", tiers: [{ quantity: 2, reward: { kind: "percent", basisPoints: 1_000 } }] },
  });
  numbers.draft = await offer("quantity-breaks", "More off", {
    status: "draft",
    priority: 200,
    conditions: [[{ condition: "products", products: ["gid://shopify/Product/101"] }]],
    config: { variants: "together", tiers: [{ quantity: 2, reward: { kind: "percent", basisPoints: 2_000 } }] },
  });
  numbers.goal = await offer("goal", "Free from 50", {
    reward: { kind: "free-shipping" },
    config: { ...goalType.config.default, amounts: { USD: 5_000 } },
  });
  await app.drain();
});
afterAll(() => app.close());

async function offer(type: OfferTypeName, name: string, content: object): Promise<number> {
  const whole = { ...contentShape(type).default, status: "active", name, ...content };
  const answer = await createNewOffer(app.shop, type, whole, app.context);
  if (answer.code !== "saved") throw new Error(`Not saved: ${JSON.stringify(answer)}`);
  return answer.number!;
}

async function simulate(query: string, shop: ShopDomain = app.shop): Promise<SimulatorView> {
  const request = pageRequest(`/app/simulator?_data=routes%2Fapp.simulator&${query}`, { shop });
  return (await route.loader({ request, params: {}, context: app.loadContext })).view;
}
const outcomeOf = (view: SimulatorView, name: string) =>
  view.offers.find(({ number }) => number === numbers[name])?.outcome;

test("prices a cart to the cent by what is published, and says what is missing", async () => {
  const view = await simulate(`cart=${TEA}x2.${CUP}x1`);
  expect(view.lines.map(({ fullMinor, discountMinor }) => [fullMinor, discountMinor])).toEqual([
    [3_998, 400],
    [1_999, 0],
  ]);
  expect(view.lines[0]!.discounts).toEqual([{ offer: numbers.breaks, quantity: 2, amountOffMinor: 200 }]);
  expect(view.totals).toMatchObject({ fullMinor: 5_997, savedMinor: 400, itemsMinor: 5_597, freeDelivery: true });
  expect(outcomeOf(view, "breaks")).toEqual({ code: "applied", savedMinor: 400 });
  expect(outcomeOf(view, "goal")).toEqual({ code: "free-delivery" });
  expect(outcomeOf(view, "draft")).toEqual({ code: "draft" });
  const one = await simulate(`cart=${TEA}x1&fee=700`);
  expect(outcomeOf(one, "breaks")).toEqual({ code: "more-units", line: "0", units: 1 });
  expect(one.offers.find(({ number }) => number === numbers.breaks)?.missingLine).toBe("Product 101");
  expect(outcomeOf(one, "goal")).toEqual({ code: "amount-missing", missingMinor: 3_001 });
  expect(one.totals).toMatchObject({ itemsMinor: 1_999, deliveryMinor: 700, freeDelivery: false });
});

test("tries drafts before they are published, on what will be published", async () => {
  const view = await simulate(`cart=${TEA}x2&state=planned&with=${numbers.draft}`);
  expect(view.totals?.savedMinor).toBe(800);
  expect(outcomeOf(view, "draft")).toEqual({ code: "applied", savedMinor: 800 });
  expect(outcomeOf(view, "breaks")).toEqual({ code: "outranked", by: numbers.draft });
  expect(view.inactive).toContainEqual({
    ...{ number: numbers.draft, type: "quantity-breaks", name: "More off", status: "draft", included: true },
  });
  expect((await simulate(`cart=${TEA}x2&with=${numbers.draft}`)).totals?.savedMinor).toBe(400);
});

test("prices what is planned at a time by the shop's clocks", async () => {
  const scheduled = await offer("quantity-breaks", "In December", {
    conditions: [[{ condition: "products", products: ["gid://shopify/Product/103"] }]],
    schedule: { from: "2026-12-01T00:00", to: "2026-12-25T00:00", yearly: false },
    config: { variants: "together", tiers: [{ quantity: 2, reward: { kind: "percent", basisPoints: 5_000 } }] },
  });
  const at = async (time: string) => {
    const view = await simulate(`cart=9103x2&state=planned&at=${time}`);
    return [view.totals?.savedMinor, view.offers.find(({ number }) => number === scheduled)?.outcome.code];
  };
  expect(await at("2026-11-30T23:59")).toEqual([0, "scheduled"]);
  expect(await at("2026-12-01T00:00")).toEqual([2_000, "applied"]);
  expect(await at("2026-12-25T00:00")).toEqual([0, "ended"]);
  // No calendar has this day: it is taken for now.
  expect(await at("2026-02-30T00:00")).toEqual([0, "scheduled"]);
});

test("asks for prices in a currency that the catalogue has none in", async () => {
  const view = await simulate(`cart=${TEA}x2&currency=JPY`);
  expect(view).toMatchObject({ currency: "JPY", totals: null, lines: [{ unitPriceMinor: null }] });
  const typed = await simulate(`cart=${TEA}x2-2999&currency=JPY`);
  expect(typed.totals).toMatchObject({ fullMinor: 5_998, savedMinor: 600, freeDelivery: false });
  expect(outcomeOf(typed, "goal")).toEqual({ code: "other-currencies", currencies: ["USD"] });
});

test("takes the cart of an order by its name, and finds none of another shop", async () => {
  await app.context.database.pool.query(
    `INSERT INTO orders (shop, order_id, name, created_at, processed_at, updated_at, test, currency,
       presentment_currency, channel, net_minor, refunded_minor)
     VALUES ($1, 5550001001, '#1001', now(), now(), now(), false, 'USD', 'USD', 'online', 0, 0)`,
    [app.shop],
  );
  await app.context.database.pool.query(
    `INSERT INTO order_lines (shop, line_id, order_id, product_id, variant_id, title, quantity, current_quantity,
       is_gift_card, requires_shipping, unit_price_minor, discount_minor, version)
     VALUES ($1, 1, 5550001001, 101, 9101, 'Tea', 2, 2, false, true, 1500, 0, now()),
       ($1, 2, 5550001001, NULL, NULL, 'A tip', 1, 1, false, false, 300, 0, now())`,
    [app.shop],
  );
  const wanted = {
    order: { name: "#1001", leftOut: 1 },
    lines: [{ quantity: 2, unitPriceMinor: 1_500, priceTyped: true }],
    totals: { savedMinor: 300 },
  };
  for (const named of ["%231001", "1001", "5550001001"]) {
    expect(await simulate(`order=${named}`)).toMatchObject(wanted);
  }
  expect(await simulate("order=1001", OTHER)).toMatchObject({ order: { notFound: "1001" }, lines: [] });
  expect(await simulate(`cart=${TEA}x1`, OTHER)).toMatchObject({ goneLines: 1, lines: [], offers: [] });
});

test("says what Shopify lets apps know of the shop's other discounts", async () => {
  const { own } = await simulate(`cart=${TEA}x1&codes=welcome,GONE`);
  expect(own).toEqual({
    ...{ code: "known", more: false },
    automatic: [{ title: "Free from 60", beside: ["products", "order"], onProducts: false }],
    codes: [
      { entered: "welcome", found: { title: "WELCOME", beside: ["delivery"], onProducts: false, active: true } },
      { entered: "GONE", found: null },
    ],
  });
});

test("says that nothing combines with our discount which the merchant does not let it", async () => {
  const [ours] = [...shop.discounts.values()];
  shop.discounts.set(ours!.id, { ...ours!, combinesWith: { ...ours!.combinesWith, shippingDiscounts: false } });
  const { own } = await simulate(`cart=${TEA}x1&codes=welcome`);
  expect(own).toMatchObject({
    automatic: [{ title: "Free from 60", beside: [] }],
    codes: [{ found: { beside: ["delivery"] } }],
  });
  shop.discounts.set(ours!.id, ours!);
});

test("says that a paused offer is stopped, and everything where the shop is paused", async () => {
  const found = await simulate(`cart=${TEA}x2`);
  const paused = await offer("quantity-breaks", "Cups", {
    status: "paused",
    config: { variants: "together", tiers: [{ quantity: 2, reward: { kind: "percent", basisPoints: 1_000 } }] },
  });
  const view = await simulate(`cart=${CUP}x2`);
  expect(view.offers.find(({ number }) => number === paused)?.outcome).toEqual({ code: "paused" });
  expect(outcomeOf(view, "breaks")).toEqual({ code: "not-for-these-products" });
  await app.context.database.pool.query("UPDATE settings SET chosen = chosen || '{\"paused\": true}' WHERE shop = $1", [
    app.shop,
  ]);
  await app.context.database.pool.query(
    "INSERT INTO settings (shop, chosen) VALUES ($1, '{\"paused\": true}') ON CONFLICT DO NOTHING",
    [app.shop],
  );
  const stopped = await simulate(`cart=${TEA}x2`);
  expect(stopped).toMatchObject({ paused: true, totals: { savedMinor: 0 } });
  expect(found.totals?.savedMinor).toBe(400);
  expect(outcomeOf(stopped, "breaks")).toEqual({ code: "shop-paused" });
  await app.context.database.pool.query("UPDATE settings SET chosen = '{}' WHERE shop = $1", [app.shop]);
});

test("finds the variants of a variant's product, of the own shop alone", async () => {
  const beside = async (id: string, shop: ShopDomain) => {
    const request = pageRequest(`/app/variants?_data=routes%2Fapp.variants&beside=${id}`, { shop });
    const found = await variants.loader({ request, params: {}, context: app.loadContext });
    return found.variants.map((one) => one.variant);
  };
  expect(await beside("9101", app.shop)).toEqual(["9101"]);
  expect([await beside("9101", OTHER), await beside("x", app.shop), await beside("9199", app.shop)]).toEqual([
    [],
    [],
    [],
  ]);
});

test("finds variants by words, of the own shop alone", async () => {
  const find = async (shop: ShopDomain) => {
    const request = pageRequest("/app/variants?_data=routes%2Fapp.variants&q=product", { shop });
    return (await variants.loader({ request, params: {}, context: app.loadContext })).variants.map(
      (one) => one.variant,
    );
  };
  expect((await find(app.shop)).sort()).toEqual(["9101", "9102", "9103"]);
  expect(await find(OTHER)).toEqual(["9501"]);
});
