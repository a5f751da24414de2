import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { gid, type ProductId } from "../../domain/ids.ts";
import type { OfferContent } from "../../domain/offers/offer.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { refreshCatalogue } from "../catalogue/refresh-catalogue.ts";
import { syncProduct } from "../catalogue/sync-product.ts";
import { newOffer } from "../offers/read-offer.ts";
import { createNewOffer } from "../offers/save-offer.ts";
import { installShop } from "../shop/install-shop.ts";

/* Beans and tea with a plan of another app, a cup without one, and what is published of them. */

const BEANS = gid("Product", "101");
const TEA = gid("Product", "102");
const CUP = gid("Product", "103");
const MONTHLY = [{ id: "501", name: "Every month" }];

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  const products = new Map(
    [
      smallProduct("101", { tags: ["coffee"], sellingPlans: MONTHLY }),
      smallProduct("102", { sellingPlans: MONTHLY }),
      smallProduct("103"),
    ].map((product) => [product.id, product]),
  );
  shop = smallShop([], { products });
  app = await wireApp([shop]);
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.context.database.pool.query("DELETE FROM offers WHERE type = 'subscription'");
  await app.drain();
});

/** Makes a subscription offer that runs, and publishes it. */
async function offer(given: Partial<OfferContent> = {}): Promise<number> {
  const content = { ...contentShape("subscription").default, status: "active" as const, ...given };
  const outcome = await createNewOffer(app.shop, "subscription", content, app.context);
  if (outcome.code !== "saved") throw new Error(JSON.stringify(outcome));
  await app.drain();
  return outcome.number!;
}

/** The subscription entry that Shopify holds for a product. */
async function entryOf(product: ProductId): Promise<unknown> {
  const { rows } = await app.context.database.pool.query<{ value: string }>(
    "SELECT value FROM published WHERE owner_id = $1 AND key = 'offers'",
    [product],
  );
  const offers = rows.flatMap(({ value }) => (JSON.parse(value) as { offers: { type: string }[] }).offers);
  return offers.find(({ type }) => type === "subscription") ?? null;
}

/** The same product as Shopify has it from now on. */
function change(id: string, sellingPlans: typeof MONTHLY | undefined) {
  const { sellingPlans: _before, ...product } = shop.products.get(id)!;
  shop.products.set(id, sellingPlans === undefined ? product : { ...product, sellingPlans });
}

test("products with a plan carry an entry, and others do not", async () => {
  const number = await offer();
  expect(await entryOf(BEANS)).toEqual({ type: "subscription", id: `ss-${number}-101`, least: 1 });
  expect(await entryOf(TEA)).toMatchObject({ id: `ss-${number}-102` });
  expect(await entryOf(CUP)).toBeNull();
});

test("conditions limit the products as for any offer", async () => {
  await offer({ conditions: [[{ condition: "tags", tags: ["coffee"] }]] });
  expect(await entryOf(BEANS)).not.toBeNull();
  expect(await entryOf(TEA)).toBeNull();
});

test("an entry comes with a product's first plan and goes with its last", async () => {
  await offer();
  change("103", MONTHLY);
  await syncProduct(app.shop, CUP, app.context);
  await app.drain();
  expect(await entryOf(CUP)).not.toBeNull();
  change("103", undefined);
  await syncProduct(app.shop, CUP, app.context);
  await app.drain();
  expect(await entryOf(CUP)).toBeNull();
});

test("the night finds plans that Shopify sent no word of", async () => {
  await offer();
  change("103", MONTHLY);
  await refreshCatalogue(app.shop, null, app.context);
  await app.drain();
  expect(await entryOf(CUP)).not.toBeNull();
  change("103", undefined);
  await refreshCatalogue(app.shop, null, app.context);
  await app.drain();
});

test("the editor says how many products can be subscribed to", async () => {
  expect(await newOffer(app.shop, "subscription", app.context)).toMatchObject({ productsWithPlans: 2 });
  expect(await newOffer(app.shop, "goal", app.context)).not.toHaveProperty("productsWithPlans");
});
