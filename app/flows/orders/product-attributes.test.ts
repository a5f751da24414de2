import { afterAll, beforeAll, expect, test } from "vitest";
import { smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { metafieldKey, type DevProduct, type DevShop } from "../../../test/dev-store/shop/state.ts";
import { gid } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { AccessDenied } from "../../shopify/client/errors.ts";
import { findUpgrades } from "../mining/upgrades/find-upgrades.ts";
import { installShop } from "../shop/install-shop.ts";
import { readUpgrades } from "../mining/upgrades/read-upgrades.ts";
import { refreshCatalogue } from "../catalogue/refresh-catalogue.ts";
import { beginImport, startImport } from "./start-import.ts";
import { syncProduct } from "../catalogue/sync-product.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const MUGS = "Home & Garden > Kitchen & Dining > Tableware > Drinkware > Mugs";
const PLATES = "Home & Garden > Kitchen & Dining > Tableware > Dinnerware > Plates";
const PLAIN = gid("Product", "101");

let app: WiredApp;
let shop: DevShop;

/** A mug with its only choice; the first is what it costs. */
function mug(id: string, priceMinor: number, change: Partial<DevProduct> & { glazes?: string[] } = {}): DevProduct {
  const { glazes = ["Red / matt"], ...rest } = change;
  const [variant] = smallProduct(id).variants;
  return smallProduct(id, {
    ...{ title: `Mug ${id}`, productType: "Tableware", category: MUGS, options: ["Glaze"], vendor: "Kiln" },
    variants: glazes.map((title, n) => ({
      ...variant!,
      ...{ id: `9${id}${n}`, title, options: [title], priceMinor: priceMinor + n },
    })),
    ...rest,
  });
}

function setMetafield(id: string, namespace: string, key: string, type: string, value: string): void {
  const ownerId = `gid://shopify/Product/${id}`;
  const metafield = { id: `${id}${key.length}`, ownerId, namespace, key, type, value };
  shop.metafields.set(metafieldKey(ownerId, namespace, key), { ...metafield, compareDigest: "", updatedAt: NOW });
}

beforeAll(async () => {
  const defined = (namespace: string, key: string, type: string, name: string) => ({
    ...{ owner: "Product", namespace, key, type, name },
  });
  shop = smallShop([], {
    products: new Map(
      [
        mug("101", 1000),
        mug("102", 1400, { glazes: ["Red / matt", "Blue"] }),
        mug("103", 1200, { title: "Plate 103", category: PLATES }),
        mug("104", 5000, { ...{ title: "Jug 104", category: null }, glazes: ["Tall / 250 ml", "Wide / 500 ml"] }),
      ].map((product) => [product.id, product]),
    ),
    metafieldDefinitions: [
      defined("custom", "capacity", "volume", "Capacity"),
      defined("custom", "material", "single_line_text_field", "Material"),
      defined("care", "dishwasher", "boolean", "Dishwasher safe"),
      defined("custom", "story", "multi_line_text_field", "Story"),
      defined("app--999", "secret", "single_line_text_field", "Secret"),
    ],
  });
  for (const [id, millilitres, material, safe] of [
    ["101", 300, "Stoneware", "false"],
    ["102", 450, "Porcelain <b>fine</b>", "true"],
  ] as const) {
    setMetafield(id, "custom", "capacity", "volume", JSON.stringify({ value: millilitres, unit: "ml" }));
    setMetafield(id, "custom", "material", "single_line_text_field", material);
    setMetafield(id, "care", "dishwasher", "boolean", safe);
    setMetafield(id, "custom", "story", "multi_line_text_field", `Of ${id}`);
    setMetafield(id, "app--999", "secret", "single_line_text_field", id);
  }
  app = await wireApp([shop], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
  await startImport(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());

async function mugsUpgrades() {
  const { rows } = await readUpgrades(app.shop, { search: "mug 101", page: 1, filter: "all" }, app.context);
  return (rows[0]?.candidates ?? []).map(({ title, differences }) => ({ title, differences }));
}
const stored = async (id: string) =>
  (
    await app.context.database.pool.query(
      "SELECT category, attributes, options FROM products JOIN variants USING (shop, product_id) WHERE product_id = $1",
      [id],
    )
  ).rows;

test("an import brings category, options and the merchant's own metafields to the upgrades page", async () => {
  expect(await mugsUpgrades()).toEqual([
    {
      title: "Mug 102",
      differences: [
        {
          ...{ code: "attribute", name: "Capacity" },
          ...{ from: { amount: 300, unit: "ml" }, to: { amount: 450, unit: "ml" } },
        },
        { code: "gained", name: "Dishwasher safe" },
        { code: "choice", name: "Glaze", values: ["Blue"], more: true },
      ],
    },
  ]);
  const [row] = await stored("101");
  expect(row).toMatchObject({ category: MUGS, options: { Glaze: "Red / matt" } });
  expect(row.attributes.map(({ name }: { name: string }) => name)).toEqual([
    ...["Glaze", "Capacity", "Material", "Dishwasher safe"],
  ]);
});

test("variants are set side by side by what was chosen, whatever is written in a value", async () => {
  const { rows } = await readUpgrades(app.shop, { search: "jug", page: 1, filter: "all" }, app.context);
  expect(rows[0]!.variants).toMatchObject([
    { from: "Tall / 250 ml", to: "Wide / 500 ml", better: { code: "size", measure: "volume", times: 2 } },
  ]);
});

test("a product that a webhook tells of is stored as an import would store it", async () => {
  const before = await stored("101");
  await app.context.database.pool.query("UPDATE products SET attributes = '[]', category = NULL");
  await app.context.database.pool.query("UPDATE variants SET options = '{}', version = 'epoch'");
  expect(await syncProduct(app.shop, PLAIN, app.context)).toEqual({ code: "stored" });
  expect(await stored("101")).toEqual(before);
});

test("the night finds a metafield that changed without a word, and takes back one that is gone", async () => {
  setMetafield("101", "custom", "capacity", "volume", JSON.stringify({ value: 500, unit: "ml" }));
  shop.metafields.delete(metafieldKey(PLAIN, "care", "dishwasher"));
  expect(await refreshCatalogue(app.shop, null, app.context)).toEqual({ code: "started" });
  await app.drain();
  const [mug] = await mugsUpgrades();
  expect(mug!.differences).toEqual([
    { code: "gained", name: "Dishwasher safe" },
    { code: "choice", name: "Glaze", values: ["Blue"], more: true },
    { code: "attribute", name: "Material", from: ["Stoneware"], to: ["Porcelain <b>fine</b>"] },
  ]);
});

test("a shop that shows apps no definitions is read without metafields, and everything else of it", async () => {
  const { client } = app.context.gateway;
  const query = client.query.bind(client) as typeof client.query;
  client.query = (shop, operation, variables) =>
    operation.document.includes("metafieldDefinitions")
      ? Promise.reject(new AccessDenied("missing-scope", "Access denied for metafieldDefinitions field."))
      : query(shop, operation, variables);
  try {
    expect(await syncProduct(app.shop, PLAIN, app.context)).toEqual({ code: "stored" });
    const [row] = await stored("101");
    expect(row.category).toBe(MUGS);
    expect(row.attributes).toEqual([{ kind: "option", name: "Glaze", values: ["Red / matt"] }]);
  } finally {
    client.query = query;
  }
  await syncProduct(app.shop, PLAIN, app.context);
});

test("an operation that is gone or cancelled changes nothing, and an import that is under way is left to it", async () => {
  const before = await stored("101");
  const gone = "gid://shopify/BulkOperation/404";
  expect(await refreshCatalogue(app.shop, gone, app.context)).toEqual({ code: "failed" });
  await inShop(app.context.database, app.shop, (tx) => beginImport(tx, new Date(NOW)));
  expect(await refreshCatalogue(app.shop, null, app.context)).toEqual({ code: "import-under-way" });
  await app.drain();
  expect(await stored("101")).toEqual(before);
});

test("what an earlier version stored, or no version of ours, breaks nothing", async () => {
  const { pool } = app.context.database;
  await pool.query(`UPDATE products SET attributes = '{"Capacity": "300 ml"}' WHERE product_id = 101`);
  await pool.query("UPDATE variants SET options = '[7]'");
  expect(await findUpgrades(app.shop, app.context)).toMatchObject({ code: "found" });
  const [mug] = await mugsUpgrades();
  expect(mug!.title).toBe("Mug 102");
});
