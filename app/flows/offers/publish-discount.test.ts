import { afterEach, beforeEach, expect, test } from "vitest";
import { changeFirstOffers } from "../../../test/fixtures/first-offers.ts";
import { smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevDiscountNode, DevShop } from "../../../test/dev-store/shop/state.ts";
import { gid } from "../../domain/ids.ts";
import { parseProductOffer } from "../../domain/offers/types/bought-together/published.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { saveChoice } from "../../persistence/offers/choices.ts";
import { saveApart } from "../../persistence/settings/settings.ts";
import { readHome } from "../shop/read-home.ts";
import { installShop } from "../shop/install-shop.ts";
import { syncProduct } from "../catalogue/sync-product.ts";
import { publishOffers } from "../publishing/publish-offers.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const product = (id: string) => gid("Product", id);

let app: WiredApp;
let shop: DevShop;

async function open(change: Partial<DevShop> = {}): Promise<void> {
  shop = smallShop(["101", "102"], change);
  app = await wireApp([shop], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
  // The first publish is part of what is tested, so that only the shop itself is read here.
  await changeFirstOffers(app.shop, { discountBasisPoints: 1000, goal: { [shop.currency]: 5000 } }, app.context);
  await inShop(app.context.database, app.shop, async (tx) => {
    await saveChoice(tx, { trigger: product("101"), companion: product("102"), kind: "pin" }, new Date(NOW));
  });
  for (const id of ["101", "102"]) await syncProduct(app.shop, product(id), app.context);
}
beforeEach(() => open());
afterEach(() => app.close());

const held = (key: string) => [...shop.metafields.values()].find((metafield) => metafield.key === key)?.value ?? null;
const offeredDiscount = () => parseProductOffer(held("offers"))?.discountBasisPoints;
const discounts = () => [...shop.discounts.values()];
const codes = async () => (await readHome(app.shop, app.context)).notices.map(({ code }) => code);

const foreign = (place: number): DevDiscountNode => ({
  ...{ id: String(700 + place), title: `Another app's ${place}`, functionHandle: "foreign", status: "ACTIVE" },
  ...{ startsAt: 0, endsAt: null, discountClasses: ["PRODUCT"] },
  combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true },
});

/** Runs `work` while the answers to calls of this operation are lost after Shopify has done what they ask for. */
async function losingAnswersTo(operation: string, work: () => Promise<unknown>): Promise<void> {
  const { fetch } = app.store;
  app.store.fetch = async (request) => {
    const text = await request.clone().text();
    const answer = await fetch(request);
    if (!text.includes(operation)) return answer;
    throw new TypeError("socket hang up");
  };
  await work().finally(() => (app.store.fetch = fetch));
}

test("the discount is named for shoppers, and says which purchases it is for", async () => {
  await publishOffers(app.shop, app.context);
  expect(discounts()).toMatchObject([
    { title: "Bought together savings", appliesOnOneTimePurchase: true, appliesOnSubscription: false },
  ]);
  await app.close();
  await open({ currency: "JPY" });
  await publishOffers(app.shop, app.context);
  expect(discounts()).toMatchObject([{ title: "まとめ買い割引" }]);
});

test("a discount of an earlier version gets the name and the purchase types; a merchant's own choices stay", async () => {
  await publishOffers(app.shop, app.context);
  const [made] = discounts();
  const all = { productDiscounts: true, orderDiscounts: true, shippingDiscounts: true };
  expect(made!.combinesWith).toEqual(all);
  Object.assign(made!, { title: "Tsuide", appliesOnSubscription: true });
  await publishOffers(app.shop, app.context);
  expect(discounts()).toMatchObject([{ title: "Bought together savings", appliesOnSubscription: false }]);
  const combinesWith = { ...all, productDiscounts: false };
  const chosen = { title: "Our set price", combinesWith };
  Object.assign(made!, shop.discounts.get(made!.id), { ...chosen, appliesOnSubscription: true });
  shop.discounts.set(made!.id, made!);
  await publishOffers(app.shop, app.context);
  expect(discounts()).toMatchObject([{ ...chosen, appliesOnSubscription: false }]);
});

test("a discount whose creation was never answered is found again: there is one, and publishing goes on", async () => {
  await losingAnswersTo("CreateDiscount", async () => {
    await expect(publishOffers(app.shop, app.context)).rejects.toThrow();
  });
  expect(discounts()).toHaveLength(1);
  await publishOffers(app.shop, app.context);
  expect(discounts()).toHaveLength(1);
  expect(offeredDiscount()).toBe(1000);
  expect(held("policy")).not.toBeNull();
});

test("a name that another discount has is made its own", async () => {
  shop.discounts.set("701", { ...foreign(1), title: "Bought together savings" });
  await publishOffers(app.shop, app.context);
  expect(discounts().map(({ title }) => title)).toEqual(["Bought together savings", "Bought together savings 2"]);
});

test("a discount that Shopify refuses holds up nothing else, promises nothing, and staff see why", async () => {
  for (let place = 0; place < 25; place++) shop.discounts.set(String(700 + place), foreign(place));
  expect(await publishOffers(app.shop, app.context)).toMatchObject({ refused: 0 });
  expect(held("companions")).not.toBeNull();
  expect(offeredDiscount()).toBe(0);
  const { notices } = await readHome(app.shop, app.context);
  expect(notices).toMatchObject([{ code: "discount-refused", isForMerchant: true }]);
  expect(notices[0]!.details.reason).toContain("MAX_APP_DISCOUNTS");
  shop.discounts.clear();
  await publishOffers(app.shop, app.context);
  expect(offeredDiscount()).toBe(1000);
  expect(await codes()).toEqual([]);
});

test("a discount that the merchant switched off is promised nowhere, and stays off", async () => {
  await publishOffers(app.shop, app.context);
  expect(offeredDiscount()).toBe(1000);
  const [made] = discounts();
  shop.discounts.set(made!.id, { ...made!, endsAt: NOW - 1, status: "EXPIRED" });
  await publishOffers(app.shop, app.context);
  expect(offeredDiscount()).toBe(0);
  expect(JSON.parse(held("policy")!)).toMatchObject({ rules: expect.stringMatching(/^2;xb(;|$)/) });
  expect(discounts()).toHaveLength(1);
  expect((await readHome(app.shop, app.context)).setup.discountActive).toBe(false);
});

test("a goal stays where the shop's own rates keep it, though the discount is off", async () => {
  await publishOffers(app.shop, app.context);
  const [made] = discounts();
  shop.discounts.set(made!.id, { ...made!, endsAt: NOW - 1, status: "EXPIRED" });
  const goal = () => (JSON.parse(held("storefront")!) as { offers: unknown[] }).offers;
  await publishOffers(app.shop, app.context);
  expect(goal()).toEqual([]);
  await inShop(app.context.database, app.shop, (tx) =>
    saveApart(tx, { shippingRates: [{ currency: "USD", amountMinor: 5000, countries: null }] }),
  );
  await publishOffers(app.shop, app.context);
  expect(goal()).toMatchObject([{ type: "goal", goalMinor: { USD: 5000 } }]);
});

test("a value that Shopify refuses without naming it is put aside alone, and staff are notified", async () => {
  const { fetch } = app.store;
  app.store.fetch = async (request) => {
    const text = await request.clone().text();
    if (!text.includes("SetMetafields") || !text.includes('"companions"')) return fetch(request);
    const userErrors = [{ field: null, message: "Something about one of these", code: null, elementIndex: null }];
    return Response.json({ data: { metafieldsSet: { metafields: null, userErrors } } });
  };
  expect(await publishOffers(app.shop, app.context)).toMatchObject({ refused: 1 });
  expect(held("offers")).not.toBeNull();
  expect(held("policy")).not.toBeNull();
  const { notices } = await readHome(app.shop, app.context);
  expect(notices).toMatchObject([{ code: "metafields-refused", details: { count: 1, titles: ["Product 101"] } }]);
  app.store.fetch = fetch;
});
