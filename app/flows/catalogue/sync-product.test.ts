import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevProduct, DevShop } from "../../../test/dev-store/shop/state.ts";
import { gid } from "../../domain/ids.ts";
import { parseProductOffer } from "../../domain/offers/types/bought-together/published.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readCatalogue, saveFetchedProduct } from "../../persistence/catalogue/products.ts";
import { readPublishDue } from "../../persistence/publishing/publish-due.ts";
import { installShop } from "../shop/install-shop.ts";
import { chooseCompanion } from "../offers/choose-companion.ts";
import { deleteProduct, syncProduct } from "./sync-product.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const TEA = gid("Product", "101");
const CUP = gid("Product", "102");
const POT = gid("Product", "103");

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = smallShop(["101", "102", "103"]);
  app = await wireApp([shop], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.context.database.pool.query("TRUNCATE products, variants, choices");
  for (const id of ["101", "102", "103"]) {
    shop.products.set(id, smallProduct(id));
    await syncProduct(app.shop, gid("Product", id), app.context);
  }
  await chooseCompanion(app.shop, { trigger: TEA, companion: CUP, kind: "pin" }, app.context);
  await chooseCompanion(app.shop, { trigger: CUP, companion: POT, kind: "pin" }, app.context);
  await app.drain();
});

/** Puts the cup as it is now into the shop. */
function cup(changes: Partial<DevProduct>, variant: Partial<DevProduct["variants"][number]> = {}): void {
  const made = smallProduct("102", { updatedAt: NOW - 1000, ...changes });
  shop.products.set("102", { ...made, variants: made.variants.map((one) => ({ ...one, ...variant })) });
}
const entry = async () => (await inShop(app.context.database, app.shop, (tx) => readCatalogue(tx, [CUP]))).get(CUP);
/** Whom the published offers are for, and with what. */
const offers = () =>
  Object.fromEntries(
    [...shop.metafields.values()]
      .filter(({ key }) => key === "offers")
      .map(({ ownerId, value }) => [
        ownerId,
        parseProductOffer(value)!.companions.map(({ product }) => gid("Product", product)),
      ]),
  );
const ALL = { [TEA]: [CUP], [CUP]: [POT] };

test("a changed title and price reach the catalogue, and its offers go on", async () => {
  expect(await entry()).toMatchObject({ title: "Product 102", priceMinor: 1999, inStock: true });
  cup({ title: "Blue cup" }, { priceMinor: 2499 });
  expect(await syncProduct(app.shop, CUP, app.context)).toEqual({ code: "stored" });
  expect(await entry()).toMatchObject({ title: "Blue cup", priceMinor: 2499, inStock: true, published: true });
  await app.drain();
  expect(offers()).toEqual(ALL);
});

test("a product that sold out is no companion any more, and is one again when it is back", async () => {
  // Stock changes without the product's own time of change.
  cup({ updatedAt: 1000 }, { inventoryQuantity: 0 });
  await syncProduct(app.shop, CUP, app.context);
  expect(await entry()).toMatchObject({ inStock: false });
  await app.drain();
  expect(offers()[TEA]).toBeUndefined();
  cup({ updatedAt: 1000 }, { inventoryQuantity: 3 });
  await syncProduct(app.shop, CUP, app.context);
  await app.drain();
  expect(offers()[TEA]).toEqual([CUP]);
});

test("a change of stock concerns offers that name the product only where it sells out or comes back", async () => {
  const due = async () =>
    (await inShop(app.context.database, app.shop, readPublishDue)).map(({ product }) => product).toSorted();
  cup({ updatedAt: 1000 }, { inventoryQuantity: 4 });
  await syncProduct(app.shop, CUP, app.context);
  expect(await due()).toEqual([CUP]);
  cup({ updatedAt: 1000 }, { inventoryQuantity: 0 });
  await syncProduct(app.shop, CUP, app.context);
  expect(await due()).toEqual([TEA, CUP]);
});

test("a product taken from the online store is no companion any more", async () => {
  cup({ status: "DRAFT" });
  await syncProduct(app.shop, CUP, app.context);
  expect(await entry()).toMatchObject({ published: false });
  await app.drain();
  expect(offers()[TEA]).toBeUndefined();
});

test("a variant that is gone goes, and its price with it", async () => {
  const { variants } = smallProduct("102");
  const cheap = { ...variants[0]!, id: "777", priceMinor: 100 };
  cup({ variants: [...variants, cheap], updatedAt: NOW - 2000 });
  await syncProduct(app.shop, CUP, app.context);
  expect(await entry()).toMatchObject({ priceMinor: 100 });
  cup({});
  await syncProduct(app.shop, CUP, app.context);
  expect(await entry()).toMatchObject({ priceMinor: 1999 });
});

test.each([
  ["found when one looks", () => syncProduct(app.shop, CUP, app.context)],
  ["by a webhook", () => deleteProduct(app.shop, CUP, app.context)],
])("a deletion, %s, ends the product's own offer and those that named it", async (_, learn) => {
  shop.products.delete("102");
  expect(await learn()).toEqual({ code: "deleted" });
  expect(await entry()).toBeUndefined();
  await app.drain();
  expect(offers()).toEqual({});
  expect([...shop.metafields.values()].filter(({ key }) => key === "companions")).toEqual([]);
});

test("an older version overwrites nothing newer: title, price and variants stay", async () => {
  cup({ title: "New cup" }, { priceMinor: 2499 });
  await syncProduct(app.shop, CUP, app.context);
  cup({ title: "Old cup", updatedAt: NOW - 5000 }, { id: "888", priceMinor: 999 });
  await syncProduct(app.shop, CUP, app.context);
  expect(await entry()).toMatchObject({ title: "New cup", priceMinor: 2499 });
});

test("an update that arrives after the product was deleted does not bring it back", async () => {
  cup({ title: "Late cup" });
  const late = await app.context.gateway.product(app.shop, CUP, "USD");
  shop.products.delete("102");
  await deleteProduct(app.shop, CUP, app.context);
  await inShop(app.context.database, app.shop, (tx) => saveFetchedProduct(tx, late!));
  expect(await entry()).toBeUndefined();
  const { rowCount } = await app.context.database.pool.query("SELECT 1 FROM variants WHERE product_id = 102");
  expect(rowCount).toBe(0);
});
