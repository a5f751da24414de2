import { afterAll, beforeAll, expect, test } from "vitest";
import { generateShop } from "../../../test/dev-store/generator/generate-shop.ts";
import type { DevMetafield, DevShop } from "../../../test/dev-store/shop/state.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid, type ProductId } from "../../domain/ids.ts";
import { parseStorefront } from "../../domain/publishing/shop-envelopes.ts";
import { parsePolicy } from "../../domain/publishing/policy.ts";
import { parseProductOffer } from "../../domain/offers/types/bought-together/published.ts";
import { chooseCompanion, takeBackChoice } from "../offers/choose-companion.ts";
import { installShop } from "../shop/install-shop.ts";
import { publishOffers } from "./publish-offers.ts";
import { readBoughtTogether } from "../offers/read-bought-together.ts";
import { readHome } from "../shop/read-home.ts";
import { republish } from "./republish.ts";
import { saveSettings } from "../settings/save-settings.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
/** The clock moves with every look at it, as Shopify's bucket of calls fills up again with time. */
let now = NOW;
const SETTINGS = {
  setDiscountBasisPoints: 1000,
  tellOrdersTogether: false,
  useCustomerHistory: false,
  setSize: 2,
  mode: "automatic" as const,
  goalEnabled: false,
  goalAmounts: {},
};

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = generateShop({ locale: "en", seed: 11, now: NOW, orders: 2_500 });
  app = await wireApp([shop], { now: () => (now += 20) });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
}, 120_000);
afterAll(() => app.close());

const metafields = (key: string): DevMetafield[] => [...shop.metafields.values()].filter((one) => one.key === key);
const offerOf = (product: ProductId) => {
  const metafield = metafields("offer").find(({ ownerId }) => ownerId === product);
  return metafield === undefined ? null : parseProductOffer(metafield.value);
};
/** A product with a live offer, and its best companion. */
function anyOffer(): { trigger: ProductId; companion: ProductId } {
  const metafield = metafields("offer")[0]!;
  const companion = parseProductOffer(metafield.value)!.companions[0]!.product;
  return { trigger: metafield.ownerId as ProductId, companion: gid("Product", companion) };
}

test("what has not changed is not sent again", async () => {
  expect(await publishOffers(app.shop, app.context)).toEqual({ set: 0, deleted: 0, refused: 0 });
});

test("a setting reaches every offer and the discount's policy", async () => {
  const goal = { goalEnabled: true, goalAmounts: { USD: 7500 } };
  expect(await saveSettings(app.shop, { ...SETTINGS, ...goal }, null, app.context)).toMatchObject({ code: "saved" });
  await app.drain();
  const offers = metafields("offer").map(({ value }) => parseProductOffer(value));
  expect(offers.every((offer) => offer?.discountBasisPoints === 1000 && offer.set <= 2)).toBe(true);
  expect(parsePolicy(metafields("policy")[0]?.value)).toMatchObject({ sets: true, goal: { USD: 7500 } });
  expect(parseStorefront(metafields("storefront")[0]?.value)).toMatchObject({
    enabled: true,
    offers: [{ type: "goal", goal: { USD: 7500 } }],
  });
  expect((await readHome(app.shop, app.context)).setup).toMatchObject({ goalSet: true, discountActive: true });
});

test.each([
  [{ setDiscountBasisPoints: 9_000 }, "setDiscountBasisPoints"],
  [{ setSize: 4 }, "setSize"],
  [{ goalEnabled: true, goalAmounts: {} }, "goalEnabled"],
  [{ goalEnabled: true, goalAmounts: { ISK: 5 } }, "goalAmounts.ISK"],
])("settings that make no sense are refused with the field's name: %j", async (wrong, field) => {
  const outcome = await saveSettings(app.shop, { ...SETTINGS, ...wrong }, null, app.context);
  expect(outcome).toMatchObject({ code: "invalid" });
  expect(Object.keys("errors" in outcome ? outcome.errors : {})).toEqual([field]);
});

test("a blocked companion leaves the shop and comes back when the block is lifted", async () => {
  const { trigger, companion } = anyOffer();
  expect(await chooseCompanion(app.shop, { trigger, companion, kind: "block" }, app.context)).toEqual({ code: "ok" });
  await app.drain();
  expect(offerOf(trigger)?.companions.some(({ product }) => companion.endsWith(`/${product}`)) ?? false).toBe(false);
  await takeBackChoice(app.shop, { trigger, companion, kind: "block" }, app.context);
  await app.drain();
  expect(offerOf(trigger)?.companions[0]?.product).toBe(companion.split("/").at(-1));
});

test("a pin needs no evidence and stands first", async () => {
  const { trigger } = anyOffer();
  const known = new Set(offerOf(trigger)!.companions.map(({ product }) => product));
  const forSale = [...shop.products.values()].filter(
    ({ id, status, publishedAt, isGiftCard, variants }) =>
      status === "ACTIVE" &&
      publishedAt !== null &&
      !isGiftCard &&
      !known.has(id) &&
      gid("Product", id) !== trigger &&
      variants.some(({ inventoryQuantity }) => inventoryQuantity > 0),
  );
  const pinned = gid("Product", forSale[0]!.id);
  expect(await chooseCompanion(app.shop, { trigger, companion: pinned, kind: "pin" }, app.context)).toEqual({
    code: "ok",
  });
  await app.drain();
  expect(offerOf(trigger)?.companions[0]?.product).toBe(forSale[0]!.id);
  const view = await readBoughtTogether(app.shop, { search: "", page: 1, filter: "pinned" }, app.context);
  expect(view.first?.companions[0]).toMatchObject({ productId: pinned, pinned: true, shown: true, source: "pinned" });
  await takeBackChoice(app.shop, { trigger, companion: pinned, kind: "pin" }, app.context);
  await app.drain();
});

test("a product is not pinned to itself, nor to one that does not exist", async () => {
  const { trigger } = anyOffer();
  expect(await chooseCompanion(app.shop, { trigger, companion: trigger, kind: "pin" }, app.context)).toEqual({
    code: "same-product",
  });
  expect(
    await chooseCompanion(app.shop, { trigger, companion: gid("Product", "1"), kind: "pin" }, app.context),
  ).toEqual({
    code: "unknown-product",
  });
});

test("a product deleted between mining and publishing is put aside, and the rest is published", async () => {
  const { trigger, companion } = anyOffer();
  // Deleted at Shopify; its webhook has not come yet.
  shop.products.delete(companion.split("/").at(-1)!);
  await republish(app.shop, app.context);
  const outcome = await publishOffers(app.shop, app.context);
  expect(outcome.set).toBeGreaterThan(10);
  expect(outcome.refused).toBeGreaterThan(0);
  await app.drain();
  const offered = metafields("offer")
    .filter(({ ownerId }) => ownerId !== companion)
    .flatMap(({ value }) => parseProductOffer(value)!.companions);
  expect(offered.some(({ product }) => companion.endsWith(`/${product}`))).toBe(false);
  expect(offerOf(trigger)?.companions.length ?? 0).toBeGreaterThanOrEqual(0);
});

test("an offer that ends is deleted from Shopify", async () => {
  await saveSettings(app.shop, { ...SETTINGS, mode: "manual" }, null, app.context);
  await app.drain();
  expect(metafields("offer")).toEqual([]);
  expect(metafields("companions")).toEqual([]);
  await saveSettings(app.shop, SETTINGS, null, app.context);
  await app.drain();
  expect(metafields("offer").length).toBeGreaterThan(10);
});

test("a discount that a merchant deleted is made again, with its policy", async () => {
  shop.discounts.clear();
  for (const [key, { key: name }] of shop.metafields) if (name === "policy") shop.metafields.delete(key);
  await republish(app.shop, app.context);
  await app.drain();
  expect(shop.discounts.size).toBe(1);
  expect(metafields("policy").length).toBe(1);
});
