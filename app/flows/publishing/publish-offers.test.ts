import { afterAll, beforeAll, expect, test } from "vitest";
import { changeFirstOffers, readFirstOffer } from "../../../test/fixtures/first-offers.ts";
import { generateShop } from "../../../test/dev-store/generator/generate-shop.ts";
import type { DevMetafield, DevShop } from "../../../test/dev-store/shop/state.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid, type ProductId } from "../../domain/ids.ts";
import { parseStorefront } from "../../domain/publishing/shop-envelopes.ts";
import { parseProductOffer } from "../../domain/offers/types/bought-together/published.ts";
import { chooseCompanion, takeBackChoice } from "../offers/choose-companion.ts";
import { excludeProduct } from "../offers/exclude-product.ts";
import { installShop } from "../shop/install-shop.ts";
import { publishOffers } from "./publish-offers.ts";
import { readBoughtTogether } from "../offers/read-bought-together.ts";
import { readHome } from "../shop/read-home.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readPublishDue } from "../../persistence/publishing/publish-due.ts";
import { recordFound } from "../../persistence/publishing/published.ts";
import { runJob } from "../../jobs/run-job.ts";
import { changeStatus } from "../offers/change-status.ts";
import { saveOffer } from "../offers/save-offer.ts";
import { listOffers } from "../offers/list-offers.ts";
import { syncOrder } from "../orders/sync-order.ts";
import { smallOrder } from "../../../test/fixtures/small-shop.ts";
import { republish } from "./republish.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
/** The clock moves with every look at it, as Shopify's bucket of calls fills up again with time. */
let now = NOW;

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = generateShop({ locale: "en", seed: 11, now: NOW, orders: 2_500 });
  app = await wireApp([shop], { now: () => (now += 20) });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());

const metafields = (key: string): DevMetafield[] => [...shop.metafields.values()].filter((one) => one.key === key);
const offerOf = (product: ProductId) => {
  const metafield = metafields("offers").find(({ ownerId }) => ownerId === product);
  return metafield === undefined ? null : parseProductOffer(metafield.value);
};
/** A product with a live offer, and its best companion. */
function anyOffer(): { trigger: ProductId; companion: ProductId } {
  const metafield = metafields("offers")[0]!;
  const companion = parseProductOffer(metafield.value)!.companions[0]!.product;
  return { trigger: metafield.ownerId as ProductId, companion: gid("Product", companion) };
}

test("what has not changed is not sent again", async () => {
  expect(await publishOffers(app.shop, app.context)).toEqual({ set: 0, deleted: 0, refused: 0, chosenFor: 0 });
});

test("what an offer's editor saves reaches every product and the discount's policy", async () => {
  await changeFirstOffers(app.shop, { discountBasisPoints: 1000, setSize: 2, goal: { USD: 7500 } }, app.context);
  await app.drain();
  const offers = metafields("offers").map(({ value }) => parseProductOffer(value));
  expect(offers.every((offer) => offer?.discountBasisPoints === 1000 && offer.set <= 2)).toBe(true);
  expect(JSON.parse(metafields("policy")[0]!.value)).toMatchObject({
    version: 2,
    rules: expect.stringMatching(/^2;(x\w;)*g\d+,\d+,0,USD7500,\*$/),
  });
  expect(parseStorefront(metafields("storefront")[0]?.value)).toMatchObject({
    enabled: true,
    offers: [{ type: "goal", goal: { USD: 7500 } }],
  });
  expect((await readHome(app.shop, app.context)).setup).toMatchObject({ goalSet: true, discountActive: true });
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
  const offered = metafields("offers")
    .filter(({ ownerId }) => ownerId !== companion)
    .flatMap(({ value }) => parseProductOffer(value)!.companions);
  expect(offered.some(({ product }) => companion.endsWith(`/${product}`))).toBe(false);
  expect(offerOf(trigger)?.companions.length ?? 0).toBeGreaterThanOrEqual(0);
});

test("an offer that ends is deleted from Shopify", async () => {
  await changeFirstOffers(app.shop, { mode: "manual", goal: null }, app.context);
  await app.drain();
  expect(metafields("offers")).toEqual([]);
  expect(metafields("companions")).toEqual([]);
  await changeFirstOffers(app.shop, { mode: "automatic" }, app.context);
  await app.drain();
  expect(metafields("offers").length).toBeGreaterThan(10);
});

test("a discount that a merchant deleted is made again, with its policy", async () => {
  shop.discounts.clear();
  for (const [key, { key: name }] of shop.metafields) if (name === "policy") shop.metafields.delete(key);
  await republish(app.shop, app.context);
  await app.drain();
  expect(shop.discounts.size).toBe(1);
  expect(metafields("policy").length).toBe(1);
});

/** Metafields that Shopify was asked to set or to delete so far, whole calls counted by what they hold. */
const sets = () => app.store.log.filter((entry) => entry.operation === "SetMetafields").length;

test("a change of the goal looks at no product and sends the three shop-wide metafields", async () => {
  await changeFirstOffers(app.shop, { goal: { USD: 6000 } }, app.context);
  const calls = sets();
  expect(await publishOffers(app.shop, app.context)).toEqual({ set: 3, deleted: 0, refused: 0, chosenFor: 0 });
  expect(sets() - calls).toBe(1);
});

test("a change of the sets' discount looks at every product, and sends what each carries of it", async () => {
  await app.drain();
  const products = [...shop.products.values()].filter(({ isGiftCard }) => !isGiftCard).length;
  const offers = metafields("offers").length;
  await changeFirstOffers(app.shop, { discountBasisPoints: 1500, goal: null }, app.context);
  const published = await publishOffers(app.shop, app.context);
  expect(published.chosenFor).toBe(products);
  // The envelope and the rules of each offer, and what the goal's end changes for the shop.
  expect(published).toMatchObject({ set: 2 * offers + 3, deleted: 0, refused: 0 });
});

test("a surface that an offer is taken from reaches every product at once", async () => {
  const set = await readFirstOffer(app.shop, "bought-together", app.context);
  const content = { ...set.content!, surfaces: ["product"] };
  expect(await saveOffer(app.shop, set, content, app.context)).toMatchObject({ code: "saved" });
  await app.drain();
  const on = () => metafields("offers").map(({ value }) => parseProductOffer(value)?.on);
  expect(on().length).toBeGreaterThan(10);
  expect(on().every((surfaces) => surfaces?.join() === "product")).toBe(true);
  await saveOffer(app.shop, { ...set, version: set.version + 1 }, set.content, app.context);
  await app.drain();
  expect(on().every((surfaces) => surfaces === undefined)).toBe(true);
});

test("a new name of an offer looks at no product", async () => {
  const set = await readFirstOffer(app.shop, "bought-together", app.context);
  await saveOffer(app.shop, set, { ...set.content!, name: "Sets for autumn" }, app.context);
  expect(await publishOffers(app.shop, app.context)).toEqual({ set: 0, deleted: 0, refused: 0, chosenFor: 0 });
});

test("a decision about one product looks at that product alone, and sends what it carries", async () => {
  await app.drain();
  const { trigger, companion } = anyOffer();
  await chooseCompanion(app.shop, { trigger, companion, kind: "block" }, app.context);
  const published = await publishOffers(app.shop, app.context);
  expect(published.chosenFor).toBe(1);
  expect(published.set + published.deleted).toBeLessThanOrEqual(4);
  await takeBackChoice(app.shop, { trigger, companion, kind: "block" }, app.context);
  await app.drain();
});

test("one order looks only at the products whose offers it can change", async () => {
  await app.drain();
  const { trigger, companion } = anyOffer();
  const products = [trigger, companion].map((id) => id.split("/").at(-1)!);
  shop.orders.set("99000001", smallOrder("99000001", products, now));
  await syncOrder(app.shop, gid("Order", "99000001"), app.context);
  const before = await inShop(app.context.database, app.shop, readPublishDue);
  await runJob("learn-associations", { shop: app.shop }, app.context);
  const due = await inShop(app.context.database, app.shop, readPublishDue);
  const published = await publishOffers(app.shop, app.context);
  expect(before).toEqual([]);
  expect(due.map(({ product }) => product)).toEqual(expect.arrayContaining([trigger, companion]));
  expect(published.chosenFor).toBe(due.length);
  expect(published.chosenFor).toBeLessThan(shop.products.size / 4);
});

test("an offer that is paused is taken down, and comes back as it was", async () => {
  await app.drain();
  const before = metafields("offers").length;
  const { offers } = await listOffers(app.shop, { search: "", status: null, type: null, page: 1 }, app.context);
  const sets = offers.filter(({ type }) => type === "bought-together").map(({ number }) => number);
  await changeStatus(app.shop, sets, "paused", app.context);
  await app.drain();
  expect([metafields("offers"), metafields("rules"), metafields("companions")]).toEqual([[], [], []]);
  expect(JSON.parse(metafields("policy")[0]!.value)).toMatchObject({ rules: expect.stringMatching(/^2;xb(;|$)/) });
  await changeStatus(app.shop, sets, "active", app.context);
  await app.drain();
  expect(metafields("offers").length).toBe(before);
});

test("best sellers are published for the shop, most orders first, without what staff keep out", async () => {
  await app.drain();
  const published = () => JSON.parse(metafields("best_sellers")[0]?.value ?? "[]") as ProductId[];
  const before = published();
  expect(before.length).toBeGreaterThan(10);
  expect(metafields("best_sellers")[0]!.ownerId).toBe(`gid://shopify/Shop/${shop.id}`);
  const orders = new Map<string, number>();
  for (const { lines, test: isTest, cancelledAt } of shop.orders.values()) {
    if (isTest || cancelledAt !== null) continue;
    for (const id of new Set(lines.map(({ productId }) => productId))) orders.set(id!, (orders.get(id!) ?? 0) + 1);
  }
  const countOf = (product: ProductId) => orders.get(product) ?? orders.get(product.split("/").at(-1)!) ?? 0;
  expect(countOf(before[0]!)).toBeGreaterThan(2 * countOf(before.at(-1)!));
  await excludeProduct(app.shop, before[0]!, { asCompanion: true, asTrigger: false }, app.context);
  await app.drain();
  expect(published()).toEqual(expect.not.arrayContaining([before[0]]));
  expect(published()[0]).toBe(before[1]);
  await excludeProduct(app.shop, before[0]!, { asCompanion: false, asTrigger: false }, app.context);
  await app.drain();
  expect(published()[0]).toBe(before[0]);
});

test("a publish that ends half-way is finished by the next one, and nothing is sent twice", async () => {
  await app.drain();
  const held = new Map([...shop.metafields].map(([key, { value }]) => [key, value]));
  await republish(app.shop, app.context);
  const { set: all } = await publishOffers(app.shop, app.context);
  await republish(app.shop, app.context);
  const { fetch } = app.store;
  let calls = 0;
  app.store.fetch = async (request) => {
    const text = await request.clone().text();
    if (text.includes("SetMetafields") && ++calls > 2) throw new TypeError("socket hang up");
    return fetch(request);
  };
  await expect(publishOffers(app.shop, app.context)).rejects.toThrow();
  app.store.fetch = fetch;
  const published = await publishOffers(app.shop, app.context);
  // Two calls of 25 had been answered.
  expect(published.set).toBe(all - 50);
  expect(new Map([...shop.metafields].map(([key, { value }]) => [key, value]))).toEqual(held);
});

test("what version 1 left at Shopify is deleted once version 2 is there", async () => {
  const { trigger } = anyOffer();
  await inShop(app.context.database, app.shop, (tx) =>
    recordFound(tx, [{ ownerId: trigger, namespace: "$app", key: "offer", value: null }], new Date(now)),
  );
  const [key, offers] = [...shop.metafields].find(([, one]) => one.ownerId === trigger && one.key === "offers")!;
  shop.metafields.set(key.replace("offers", "offer"), { ...offers, key: "offer", value: '{"version":1}' });
  await republish(app.shop, app.context);
  await app.drain();
  expect(metafields("offer")).toEqual([]);
  expect(metafields("offers").length).toBeGreaterThan(10);
});
