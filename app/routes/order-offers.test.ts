import { afterAll, beforeAll, expect, test } from "vitest";
import { APP, wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { makeSessionToken } from "../../test/dev-store/auth/session-token.ts";
import { buildNativeDiscount, setNativeDiscounts } from "../../test/dev-store/shop/native-discounts.ts";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { smallOrder, smallShop } from "../../test/fixtures/small-shop.ts";
import { shopDomain } from "../domain/ids.ts";
import { contentShape } from "../domain/offers/offer-types.ts";
import { createNewOffer } from "../flows/offers/save-offer.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import type { OrderOffersView } from "../views/order-offers-view.ts";
import * as route from "./app.order-offers.tsx";

const NOW = Date.now();
const ORDER = "gid://shopify/Order/1001";
const OTHER = shopDomain("other.myshopify.com");
let app: WiredApp;

beforeAll(async () => {
  const order = smallOrder("1001", ["101", "102"], NOW - 86_400_000);
  const [first, second] = order.lines;
  first!.quantity = 2;
  first!.currentQuantity = 2;
  first!.discounts = [
    { title: "Quantity discount", amountMinor: 400 },
    { title: "Staff price", amountMinor: 99 },
  ];
  second!.discounts = [{ title: "Bought together savings", amountMinor: 200 }];
  const others = smallOrder("1002", ["101"], NOW - 86_400_000);
  others.lines[0]!.discounts = [
    { title: "Quantity discount", amountMinor: 150 },
    { title: "Mix and match", amountMinor: 70 },
    { title: "HELLO", code: "HELLO", amountMinor: 30 },
  ];
  const shop = smallShop(["101", "102"], { orders: new Map([order, others].map((one) => [one.id, one])) });
  setNativeDiscounts(shop, [buildNativeDiscount("7", { title: "Mix and match" })]);
  app = await wireApp([shop, smallShop(["501"], { domain: OTHER })]);
  for (const one of [app.shop, OTHER]) {
    await app.signIn(one);
    await installShop(one, app.context);
  }
  const content = {
    ...contentShape("quantity-breaks").default,
    // A text that was cleared again names no discount.
    ...{ status: "active", name: "Two teas", copy: { discountName: { de: " " } } },
    config: { variants: "together", tiers: [{ quantity: 2, reward: { kind: "percent", basisPoints: 1_000 } }] },
  };
  await createNewOffer(app.shop, "quantity-breaks", content, app.context);
  await app.drain();
});
afterAll(() => app.close());

async function ask(id: string, from: { shop: string; token?: string } = app): Promise<Response> {
  const path = `/app/order-offers?id=${encodeURIComponent(id)}&language=en`;
  return route.loader({ request: pageRequest(path, from), params: {}, context: app.loadContext });
}

test("says what our discounts took off an order, and what the offers of today would do to its cart", async () => {
  const response = await ask(ORDER);
  expect(response.status).toBe(200);
  const { view } = (await response.json()) as { view: OrderOffersView };
  expect(view).toMatchObject({
    ...{ name: "#1001", currency: "USD", otherDiscounts: "0.99", simulator: "/app/simulator?order=1001" },
    saved: [
      { name: "Quantity discount", amount: "4.00" },
      { name: "Bought together savings", amount: "2.00" },
    ],
    today: [{ offer: "Two teas", code: "applied", saved: "4.00" }],
  });
});

test("takes neither a code nor the merchant's own discount of a name of ours for one of ours", async () => {
  const { view } = (await (await ask("gid://shopify/Order/1002")).json()) as { view: OrderOffersView };
  expect(view).toMatchObject({
    saved: [{ name: "Quantity discount", amount: "1.50" }],
    otherDiscounts: "1.00",
  });
});

test("may be read by the admin's pages, which are of another origin", async () => {
  const request = pageRequest(`/app/order-offers?id=${encodeURIComponent(ORDER)}`, app);
  request.headers.set("origin", "https://extensions.shopifycdn.com");
  const response = await route.loader({ request, params: {}, context: app.loadContext });
  expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
});

test("does not find an order of another shop, nor what is no order", async () => {
  const other = await ask(ORDER, { shop: OTHER });
  expect([other.status, await other.json()]).toEqual([404, { code: "not-found" }]);
  for (const id of ["", "1001", "gid://shopify/Product/101", `gid://shopify/Order/${"9".repeat(19)}`]) {
    expect((await ask(id)).status).toBe(404);
  }
});

test.each([
  [
    "of another secret",
    (now: number) => makeSessionToken({ ...APP, apiSecret: "guessed" }, "small.myshopify.com", now),
  ],
  ["of another app", (now: number) => makeSessionToken({ ...APP, apiKey: "other" }, "small.myshopify.com", now)],
  ["that has expired", (now: number) => makeSessionToken(APP, "small.myshopify.com", now - 600_000)],
  ["that is no token", () => "x.y.z"],
])("refuses a session token %s", async (_, token) => {
  const answer = await ask(ORDER, { shop: app.shop, token: token(Date.now()) }).catch((thrown: unknown) => thrown);
  expect(answer).toBeInstanceOf(Response);
  expect((answer as Response).status).toBeGreaterThanOrEqual(300);
});
