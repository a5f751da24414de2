import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { handleStorefront } from "../../test/dev-store/storefront/handle-storefront.ts";
import { Shopper } from "../../test/dev-store/storefront/sample-shop.ts";
import type { DevShop } from "../../test/dev-store/shop/state.ts";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { CUP, openPinnedPairShop, TEA } from "../../test/fixtures/pinned-pair-shop.ts";
import type { WiredApp } from "../../test/fixtures/wired-app.ts";
import { gid } from "../domain/ids.ts";
import { contentShape } from "../domain/offers/offer-types.ts";
import { createNewOffer } from "../flows/offers/save-offer.ts";
import { syncOrder } from "../flows/orders/sync-order.ts";
import { saveSettings } from "../flows/settings/save-settings.ts";
import { inShop } from "../persistence/database/in-shop.ts";
import { readDiscountNames } from "../persistence/measurement/offer-discounts.ts";
import * as page from "./app.results._index.tsx";
import * as effectRoute from "./app.results.effect.tsx";
import * as fileRoute from "./app.results.file.tsx";

/* What free shipping costs, from the checkout that the Function makes it free in to the page of results and its file. */

const NOW = Date.UTC(2026, 10, 28, 12);
const FLAT = 700;
let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  ({ app, shop } = await openPinnedPairShop(NOW));
  shop.shipping = { ...shop.shipping, flatMinor: FLAT, freeFromMinor: null };
  const goal = contentShape("goal").default;
  const config = { ...(goal.config as object), amounts: { USD: 5000 } };
  const content = { ...goal, status: "active", name: "From 50", reward: { kind: "free-shipping" }, config };
  expect(await createNewOffer(app.shop, "goal", content, app.context)).toMatchObject({ code: "saved", number: 3 });
  const set = contentShape("bought-together").default;
  const ofTwo = { ...(set.config as object), setSize: 1 };
  const free = {
    ...{ ...set, status: "active", name: "Sets", priority: 900, reward: { kind: "free-shipping" }, config: ofTwo },
  };
  expect(await createNewOffer(app.shop, "bought-together", free, app.context)).toMatchObject({
    ...{ code: "saved", number: 4 },
  });
  await saveSettings(app.shop, { monthlyCosts: { USD: 0 }, marginPercent: 50 }, null, app.context);
  await app.drain();
});
afterAll(() => app.close());

/** A shopper pays for these products, sent in the standard way; the app takes the order in. */
async function buy(items: readonly { id: string; quantity: number; claim?: string }[]) {
  const shopper = new Shopper((request) => handleStorefront(request, app.store.context(app.shop)));
  const lines = items.map(({ id, quantity, claim }) => ({
    ...{ id: Number(`9${id}`), quantity, properties: claim === undefined ? {} : { _tsuide: claim } },
  }));
  await shopper.send("/cart/add.js", { items: lines });
  await shopper.submit("/checkout", { pay: "1", delivery: "standard" });
  const order = [...shop.orders.values()].at(-1)!;
  await syncOrder(app.shop, gid("Order", order.id), app.context);
  return order;
}

const args = (path: string) => ({
  ...{ request: pageRequest(path, { shop: app.shop }), params: {}, context: app.loadContext },
});
const results = async () => (await page.loader(args("/app/results?range=7"))).view;
const roi = async () => (await effectRoute.loader(args("/app/results/effect?range=7"))).part.roi;

async function roiFile(locale: string): Promise<string[][]> {
  const response = await fileRoute.loader(args(`/app/results/file?file=roi&range=7&locale=${locale}`));
  return parse(new TextDecoder().decode(new Uint8Array(await response.arrayBuffer())));
}

test("shipping that goal and set make free is what offers cost, named with the offer that gave it", async () => {
  expect((await inShop(app.context.database, app.shop, readDiscountNames)).some(({ isShared }) => isShared)).toBe(
    false,
  );
  const paid = await buy([{ id: CUP, quantity: 1 }]);
  expect([paid.shippingMinor, paid.shippingDiscounts]).toEqual([FLAT, undefined]);
  expect((await roi()).shipping!.amountMinor).toBe(0);

  const reached = await buy([{ id: CUP, quantity: 3 }]);
  expect(reached.shippingDiscounts).toEqual([{ amountMinor: FLAT, paidMinor: FLAT, title: "Free shipping" }]);
  const whole = await buy([
    { id: TEA, quantity: 1 },
    { id: CUP, quantity: 1, claim: `bt-4-${TEA}/product` },
  ]);
  expect(whole.shippingDiscounts).toEqual([{ amountMinor: FLAT, paidMinor: FLAT, title: "Bought together" }]);

  const { now, rows } = await results();
  expect(now).toMatchObject({
    ...{ discount: { amountMinor: 2 * FLAT, currency: "USD" }, discountUnknownOrders: 0 },
    ...{ discountOnItems: { amountMinor: 0 }, discountOnShipping: { amountMinor: 2 * FLAT } },
  });
  const given = rows.map(({ key, discount, discountOnShipping }) => [
    ...[key, discount.amountMinor, discountOnShipping.amountMinor],
  ]);
  expect(given).toEqual([
    ["bt-4", FLAT, FLAT],
    ["goal-3", FLAT, FLAT],
  ]);
  // The cup came through the set, for 19.99; it costs half of that, and nothing is taken off it.
  const { shipping, discounts, goods, cost, ratio } = await roi();
  expect([shipping, discounts, goods, cost].map((amount) => amount!.amountMinor)).toEqual([1400, 0, 1000, 2400]);
  expect(ratio).toBeCloseTo((1999 - 2400) / 2400, 12);
});

test("the file of costs has a row for it, in both languages", async () => {
  expect(await roiFile("en")).toContainEqual(["Shipping given free", "14.00", "USD"]);
  expect(await roiFile("ja")).toContainEqual(["無料にした送料", "14.00", "USD"]);
});
