import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevMarket, DevProduct, DevShop } from "../../../test/dev-store/shop/state.ts";
import { gid } from "../../domain/ids.ts";
import type { OfferContent } from "../../domain/offers/offer.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readBundleRows, saveBundleRow } from "../../persistence/offers/made-bundles.ts";
import { readNotices } from "../../persistence/shop/notices.ts";
import { deleteProduct, syncProduct } from "../catalogue/sync-product.ts";
import { changeStatus } from "../offers/change-status.ts";
import { readOffer } from "../offers/read-offer.ts";
import { createNewOffer, saveOffer } from "../offers/save-offer.ts";
import { setPaused } from "../settings/pause.ts";
import { installShop } from "../shop/install-shop.ts";
import { lookAfterBundle } from "./look-after-bundle.ts";

/* Tea, a cup and a gift card at 19.99 each, in a shop that sells in yen as well, by a price list of its own. */

let app: WiredApp;
let shop: DevShop;
let now = Date.parse("2026-11-28T09:00:00Z");

beforeAll(async () => {
  shop = smallShop([]);
  const japan: DevMarket = { ...shop.markets[0]!, id: "2", name: "Japan", countries: ["JP"], currency: "JPY" };
  shop.markets.push({ ...japan, rate: 150, prices: new Map([["9101", 3000]]) });
  app = await wireApp([shop], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
beforeEach(async () => {
  now += 3_600_000;
  shop.products.clear();
  const { changes } = app.store.shops.get(app.shop)!;
  for (const id of ["101", "102", "103"]) {
    changes.putProduct(smallProduct(id, { isGiftCard: id === "103", updatedAt: now }));
  }
  delete shop.noBundles;
  const { pool } = app.context.database;
  await pool.query("DELETE FROM offers; DELETE FROM bundles; DELETE FROM notices");
  await pool.query("DELETE FROM products; DELETE FROM variants");
  await pool.query("DELETE FROM graphile_worker._private_jobs");
  for (const id of shop.products.keys()) await syncProduct(app.shop, gid("Product", id), app.context);
});
afterAll(() => app.close());

const component = (product: string, quantity = 1) => ({ variant: [gid("ProductVariant", `9${product}`)], quantity });
const content = (given: Partial<OfferContent> = {}, config: object = {}): OfferContent => ({
  ...contentShape("fixed-bundle").default,
  ...{ name: "Tea", status: "active", reward: { kind: "fixed-price", amounts: { USD: 4500, JPY: 6800 } } },
  config: { title: "Tea for two", components: [component("101"), component("102", 2)], ...config },
  ...given,
});

async function make(given: Partial<OfferContent> = {}, config: object = {}): Promise<number> {
  const answer = await createNewOffer(app.shop, "fixed-bundle", content(given, config), app.context);
  if (answer.code !== "saved") throw new Error(JSON.stringify(answer));
  await app.drain();
  return answer.number!;
}

async function save(number: number, given: Partial<OfferContent> = {}, config: object = {}) {
  const version = (await readOffer(app.shop, number, app.context))!.stored!.version;
  const answer = await saveOffer(app.shop, { number, version }, content(given, config), app.context);
  expect(answer).toMatchObject({ code: "saved" });
  await app.drain();
}

const bundles = (): DevProduct[] =>
  [...shop.products.values()].filter((one) => one.variants[0]!.components !== undefined);
const view = async (number: number) => ((await readOffer(app.shop, number, app.context)) as { bundle: object }).bundle;

/** The bundle's entry that Shopify holds for a product; null for none. */
function entryOn(product: string): { product: string; parts: object[] } | null {
  const held = [...shop.metafields.values()].find(
    (one) => one.ownerId === gid("Product", product) && one.key === "offers",
  );
  const { offers } = JSON.parse(held?.value ?? '{"offers":[]}') as { offers: { type: string }[] };
  return (offers.find(({ type }) => type === "fixed-bundle") ?? null) as ReturnType<typeof entryOn>;
}

test("an active offer has one product made, at its set price in each market, published with its components' pages", async () => {
  const number = await make();
  const [product, ...others] = bundles();
  expect(others).toEqual([]);
  expect(product).toMatchObject({ title: "Tea for two", status: "ACTIVE" });
  expect(product!.publishedAt).not.toBeNull();
  const [variant] = product!.variants;
  expect(variant).toMatchObject({ priceMinor: 4500, inventoryQuantity: 5 });
  expect(shop.markets[1]!.prices!.get(variant!.id)).toBe(6800);
  const entry = { type: "fixed-bundle", product: product!.id, variant: variant!.id };
  expect(entryOn("101")).toMatchObject({ ...entry, id: `fb-${number}-101`, parts: [{ quantity: 1 }, { quantity: 2 }] });
  expect(entryOn("102")).toMatchObject(entry);
  expect(entryOn(product!.id)).toMatchObject(entry);
  expect(await view(number)).toMatchObject({ eligible: true, state: "for-sale", fault: null });
});

test("a percentage is taken off what the components cost in each market", async () => {
  await make({ reward: { kind: "percent", basisPoints: 1000 } });
  const [variant] = bundles()[0]!.variants;
  // 3 x 19.99 less a tenth; 3,000 yen by the price list, and twice 2,999 converted.
  expect(variant!.priceMinor).toBe(5397);
  expect(shop.markets[1]!.prices!.get(variant!.id)).toBe(8098);
});

test("a draft makes nothing, and a component's new price is followed", async () => {
  const number = await make({ status: "draft", reward: { kind: "percent", basisPoints: 1000 } });
  expect(bundles()).toEqual([]);
  await save(number, { reward: { kind: "percent", basisPoints: 1000 } });
  const tea = shop.products.get("101")!;
  shop.products.set("101", { ...tea, updatedAt: now, variants: [{ ...tea.variants[0]!, priceMinor: 3999 }] });
  await syncProduct(app.shop, gid("Product", "101"), app.context);
  await app.drain();
  expect(bundles()[0]!.variants[0]!.priceMinor).toBe(7197);
});

test("other components, another title and another price change the same product", async () => {
  const number = await make();
  const before = bundles()[0]!;
  const changes = { title: "Tea for three", components: [component("101", 3)] };
  await save(number, { reward: { kind: "fixed-price", amounts: { USD: 5000 } } }, changes);
  const [after, ...others] = bundles();
  expect(others).toEqual([]);
  expect(after).toMatchObject({ id: before.id, title: "Tea for three", status: "ACTIVE" });
  expect(after!.variants).toMatchObject([
    { id: before.variants[0]!.id, priceMinor: 5000, components: [{ quantity: 3 }] },
  ]);
  expect(entryOn("102")).toBeNull();
  expect(entryOn("101")).toMatchObject({ parts: [{ quantity: 3 }] });
});

test.each([
  ["paused", "DRAFT"],
  ["archived", "ARCHIVED"],
] as const)(
  "an offer that is %s has its product as %s, and never deleted; made active again it is for sale",
  async (status, expected) => {
    const number = await make();
    await changeStatus(app.shop, [number], status, app.context);
    await app.drain();
    expect(bundles()).toMatchObject([{ status: expected }]);
    expect(entryOn("101")).toBeNull();
    await changeStatus(app.shop, [number], "active", app.context);
    await app.drain();
    expect(bundles()).toMatchObject([{ status: "ACTIVE" }]);
    expect(entryOn("101")).not.toBeNull();
  },
);

test("pausing the shop takes bundles off sale, and resuming brings them back", async () => {
  await make();
  await setPaused(app.shop, true, app.context);
  await app.drain();
  expect(bundles()).toMatchObject([{ status: "DRAFT" }]);
  await setPaused(app.shop, false, app.context);
  await app.drain();
  expect(bundles()).toMatchObject([{ status: "ACTIVE" }]);
});

test("a lost answer makes no second product: the first is found by the title that it has meanwhile", async () => {
  const { client } = app.context.gateway;
  const query = client.query.bind(client);
  const lose = vi.spyOn(client, "query").mockImplementation(async (to, operation, variables) => {
    const answer = await query(to, operation, variables);
    if (operation.document.includes("CreateBundle")) throw new Error("The connection was lost.");
    return answer;
  });
  const answer = await createNewOffer(app.shop, "fixed-bundle", content({ status: "draft" }), app.context);
  const number = (answer as { number: number }).number;
  await saveOffer(app.shop, { number, version: 1 }, content(), app.context);
  await expect(lookAfterBundle(app.shop, number, app.context)).rejects.toThrow("The connection was lost.");
  expect(bundles()).toMatchObject([{ status: "DRAFT", title: expect.stringContaining(`Tsuide bundle ${number}`) }]);
  await app.drain();
  lose.mockRestore();
  expect(bundles()).toMatchObject([{ status: "ACTIVE", title: "Tea for two" }]);
});

test("asks again only where no product has appeared for a while", async () => {
  const number = await make({ status: "draft" });
  const askedAt = new Date(now);
  await inShop(app.context.database, app.shop, async (tx) => {
    const row = {
      number,
      askedAt,
      operationId: null,
      askedParts: null,
      made: null,
      forSale: false,
      done: null,
      fault: null,
    };
    await saveBundleRow(tx, row);
  });
  const version = (await readOffer(app.shop, number, app.context))!.stored!.version;
  await saveOffer(app.shop, { number, version }, content(), app.context);
  expect(await lookAfterBundle(app.shop, number, app.context)).toEqual({ code: "working" });
  expect(bundles()).toEqual([]);
  now += 6 * 60_000;
  await app.drain();
  expect(bundles()).toMatchObject([{ status: "ACTIVE" }]);
});

test("an operation that Shopify has forgotten is no reason to begin again", async () => {
  const answer = await createNewOffer(app.shop, "fixed-bundle", content(), app.context);
  const { number } = answer as { number: number };
  await lookAfterBundle(app.shop, number, app.context);
  shop.operations!.clear();
  await app.drain();
  expect(bundles()).toMatchObject([{ status: "ACTIVE", title: "Tea for two" }]);
});

test("where the shop cannot have bundles nothing is made, and staff see why until they save again", async () => {
  shop.noBundles = "The checkout is not supported.";
  const number = await make();
  expect(bundles()).toEqual([]);
  const fault = { code: "not-eligible", reason: "The checkout is not supported." };
  expect(await view(number)).toMatchObject({ eligible: false, reason: fault.reason, state: "none", fault });
  const notices = await inShop(app.context.database, app.shop, readNotices);
  expect(notices).toMatchObject([{ code: "bundles-refused", details: { count: 1, titles: ["Tea for two"] } }]);
  delete shop.noBundles;
  await save(number, { name: "Tea again" });
  expect(bundles()).toMatchObject([{ status: "ACTIVE" }]);
  expect(await inShop(app.context.database, app.shop, readNotices)).toEqual([]);
});

test("a deleted component takes the bundle off sale and says so; another one in its place brings it back", async () => {
  const number = await make();
  app.store.shops.get(app.shop)!.deleteProduct("102");
  await deleteProduct(app.shop, gid("Product", "102"), app.context);
  await app.drain();
  expect(bundles()).toMatchObject([{ status: "DRAFT" }]);
  expect(entryOn("101")).toBeNull();
  expect(await view(number)).toMatchObject({ areComponentsGone: true });
  await save(number, { reward: { kind: "percent", basisPoints: 500 } }, { components: [component("101", 2)] });
  expect(bundles()).toMatchObject([{ status: "ACTIVE" }]);
});

test("a bundle that staff deleted in Shopify is made again only once its offer is saved again", async () => {
  const number = await make();
  app.store.shops.get(app.shop)!.deleteProduct(bundles()[0]!.id);
  await save(number, { reward: { kind: "fixed-price", amounts: { USD: 4000 } } });
  expect(bundles()).toEqual([]);
  expect(await view(number)).toMatchObject({ fault: { code: "deleted" } });
  await save(number);
  expect(bundles()).toMatchObject([{ status: "ACTIVE" }]);
});

test("a scope that was not granted is shown in Shopify's words", async () => {
  const { scopes } = shop.installation;
  const granted = (given: string[]) => {
    app.store.shops.get(app.shop)!.setScopes(given);
    app.store.tokens.setScopes(app.shop, given);
  };
  granted(scopes.filter((scope) => scope !== "write_publications"));
  const number = await make();
  granted(scopes);
  expect(await view(number)).toMatchObject({
    fault: { code: "refused", reason: expect.stringContaining("publications") },
  });
  expect(bundles()).toMatchObject([{ status: "DRAFT" }]);
});

test.each([
  [
    "a component twice",
    {},
    { components: [component("101"), component("101")] },
    { "config.components.1.variant": "repeated" },
  ],
  [
    "a gift card",
    {},
    { components: [component("101"), component("103")] },
    { "config.components.1.variant": "gift-card" },
  ],
  [
    "a product that is gone",
    {},
    { components: [component("101"), component("199")] },
    { "config.components.1.variant": "gone" },
  ],
  ["one unit", {}, { components: [component("101")] }, { "config.components": "too-few" }],
  ["no title", {}, { title: " " }, { "config.title": "missing" }],
  [
    "a price of what they cost apart",
    { reward: { kind: "fixed-price", amounts: { USD: 5997 } } },
    {},
    { "reward.amounts.USD": "above-parts" },
  ],
  [
    "no price in the shop's currency",
    { reward: { kind: "fixed-price", amounts: { JPY: 5000 } } },
    {},
    { "reward.amounts.USD": "no-shop-currency" },
  ],
] as const)("refuses %s before anything is saved", async (_, given, config, errors) => {
  const answer = await createNewOffer(app.shop, "fixed-bundle", content(given as object, config), app.context);
  expect(answer).toEqual({ code: "invalid", errors });
});

test("refuses a bundle as a component of another", async () => {
  await make();
  const [made] = bundles();
  const components = [component("101"), { variant: [gid("ProductVariant", made!.variants[0]!.id)], quantity: 1 }];
  const answer = await createNewOffer(app.shop, "fixed-bundle", content({}, { components }), app.context);
  expect(answer).toEqual({ code: "invalid", errors: { "config.components.1.variant": "is-bundle" } });
});

test("refuses a bundle as a gift, because no discount applies to it", async () => {
  await make();
  const bundle = gid("Product", bundles()[0]!.id);
  const tier = (product: string) => ({ from: { USD: 5000 }, reward: { kind: "gift", product: [product] } });
  const goal = contentShape("goal").default;
  const rules = goal.config as object;
  const withTiers = (...tiers: object[]) => ({ ...goal, name: "Rewards", config: { ...rules, tiers } });
  const gift = await createNewOffer(app.shop, "goal", withTiers(tier(bundle)), app.context);
  expect(gift).toEqual({ code: "invalid", errors: { "config.tiers.0.reward.product": "is-bundle" } });
  const cup = await createNewOffer(app.shop, "goal", withTiers(tier(gid("Product", "102"))), app.context);
  expect(cup).toMatchObject({ code: "saved" });

  const get = contentShape("buy-x-get-y").default;
  const config = { ...(get.config as object), gets: "others", gotProducts: [gid("Product", "102"), bundle] };
  const got = await createNewOffer(app.shop, "buy-x-get-y", { ...get, name: "Get one", config }, app.context);
  expect(got).toEqual({ code: "invalid", errors: { "config.gotProducts": "is-bundle" } });
});

test("rows of other shops are not seen", async () => {
  const number = await make();
  const rows = await inShop(app.context.database, "other.myshopify.com" as never, readBundleRows);
  expect(rows.has(number)).toBe(false);
});
