import { afterAll, beforeAll, expect, test } from "vitest";
import { smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { gid, type ProductId } from "../../domain/ids.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { syncProduct } from "../catalogue/sync-product.ts";
import { createNewOffer } from "../offers/save-offer.ts";
import { installShop } from "../shop/install-shop.ts";

/* Two products, and a box of both that another app made. */

const TEA = gid("Product", "101");
const BOX = gid("Product", "103");

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  const box = smallProduct("103");
  const components = [{ variantId: smallProduct("101").variants[0]!.id, quantity: 1 }];
  const products = [
    smallProduct("101"),
    smallProduct("102"),
    { ...box, variants: [{ ...box.variants[0]!, components }] },
  ];
  shop = smallShop([], { products: new Map(products.map((product) => [product.id, product])) });
  app = await wireApp([shop]);
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
  const percent = { kind: "percent", basisPoints: 1000 };
  const tiers = {
    ...(contentShape("quantity-breaks").default.config as object),
    tiers: [{ quantity: 2, reward: percent }],
  };
  const content = { ...contentShape("quantity-breaks").default, status: "active" as const, config: tiers };
  expect(await createNewOffer(app.shop, "quantity-breaks", content, app.context)).toMatchObject({ code: "saved" });
  await app.drain();
});
afterAll(() => app.close());

/** What Shopify holds of a product, by key. */
function published(product: ProductId): Record<string, string> {
  const own = [...shop.metafields.values()].filter(({ ownerId }) => ownerId === product);
  return Object.fromEntries(own.map(({ key, value }) => [key, value]));
}

test("a bundle promises no discount, and its rules let nothing lower its price", async () => {
  expect(published(BOX)).toEqual({ rules: '"c"' });
  expect(published(TEA)).toMatchObject({ rules: expect.stringContaining("2;q") });
});

test("what becomes a bundle, or is one no longer, is published as such", async () => {
  const [variant] = shop.products.get("103")!.variants;
  const { components, ...bare } = variant!;
  shop.products.set("103", { ...shop.products.get("103")!, variants: [bare] });
  await syncProduct(app.shop, BOX, app.context);
  await app.drain();
  expect(published(BOX).rules).toContain("2;q");
  shop.products.set("103", { ...shop.products.get("103")!, variants: [{ ...bare, components: components! }] });
  await syncProduct(app.shop, BOX, app.context);
  await app.drain();
  expect(published(BOX)).toEqual({ rules: '"c"' });
});
