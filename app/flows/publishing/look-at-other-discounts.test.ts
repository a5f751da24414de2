import { afterAll, beforeAll, expect, test } from "vitest";
import { buildNativeDiscount, setNativeDiscounts } from "../../../test/dev-store/shop/native-discounts.ts";
import type { DevNativeDiscount, DevShop } from "../../../test/dev-store/shop/state.ts";
import { smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { runJob } from "../../jobs/run-job.ts";
import { createNewOffer } from "../offers/save-offer.ts";
import { installShop } from "../shop/install-shop.ts";
import { readHome } from "../shop/read-home.ts";

let now = Date.parse("2026-11-20T12:00:00Z");
let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = smallShop(["101", "102"]);
  app = await wireApp([shop], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());

const ALL = { productDiscounts: true, orderDiscounts: true, shippingDiscounts: true };

/** What Home says of these discounts once a day has passed. */
async function noticed(discounts: DevNativeDiscount[]) {
  setNativeDiscounts(shop, discounts);
  now += DAY_MS;
  await runJob("publish-offers", { shop: app.shop }, app.context);
  const { notices } = await readHome(app.shop, app.context);
  return notices.filter(({ code }) => code === "discounts-apart").map(({ details }) => details);
}

const sale = (combinesWith: Partial<typeof ALL>, given: Partial<DevNativeDiscount> = {}) =>
  buildNativeDiscount("7", { title: "Sale", combinesWith: { ...ALL, ...combinesWith }, ...given });

test("staff are notified of automatic discounts that take the place of offers, as long as they do", async () => {
  const apart = sale({ productDiscounts: false });
  expect(await noticed([apart])).toEqual([]);
  const breaks = {
    ...{ ...contentShape("quantity-breaks").default, status: "active" },
    config: { variants: "together", tiers: [{ quantity: 2, reward: { kind: "percent", basisPoints: 1_000 } }] },
  };
  await createNewOffer(app.shop, "quantity-breaks", breaks, app.context);
  await app.drain();
  expect(await noticed([apart])).toEqual([{ count: 1, titles: ["Sale"] }]);
  // Nothing is given off the order, and a code is the shopper's own choice.
  expect(await noticed([sale({ orderDiscounts: false }), { ...apart, id: "8", code: "CODE" }])).toEqual([]);
  expect(await noticed([apart])).toEqual([{ count: 1, titles: ["Sale"] }]);
  expect(await noticed([sale({})])).toEqual([]);
});

test("a discount that our own does not allow is one of them, and none is while ours is off", async () => {
  const [ours] = [...shop.discounts.values()];
  shop.discounts.set(ours!.id, { ...ours!, combinesWith: { ...ALL, orderDiscounts: false } });
  expect(await noticed([sale({})])).toEqual([{ count: 1, titles: ["Sale"] }]);
  shop.discounts.set(ours!.id, { ...ours!, endsAt: now });
  expect(await noticed([sale({})])).toEqual([]);
});
