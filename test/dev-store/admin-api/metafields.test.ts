import { describe, expect, test } from "vitest";
import { buildStore, type TestStore } from "../test-store.ts";

const PRODUCT = "gid://shopify/Product/11";
const SET = `mutation ($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) {
  metafields { namespace key type value compareDigest } userErrors { field message code elementIndex } } }`;
const READ = `{ product(id: "${PRODUCT}") { metafield(namespace: "$app", key: "notes") { value jsonValue compareDigest namespace } } }`;

async function set(store: TestStore, ...metafields: object[]) {
  const { data } = await store.graphql(SET, { m: metafields });
  return data.metafieldsSet;
}

const notes = (value: string, more: object = {}) => ({ ownerId: PRODUCT, key: "notes", type: "json", value, ...more });

describe("metafieldsSet", () => {
  test("writes into the app's own namespace where none is given, and reads back as a number's", async () => {
    const store = buildStore();
    const { metafields, userErrors } = await set(store, notes('{"a":1}'));
    expect(userErrors).toEqual([]);
    expect(metafields[0]).toMatchObject({ namespace: "app--184927361", key: "notes", value: '{"a":1}' });
    expect(store.shop.metafields.get(`${PRODUCT}|$app|notes`)?.value).toBe('{"a":1}');
    const { data } = await store.graphql(READ);
    expect(data.product.metafield).toMatchObject({ jsonValue: { a: 1 }, namespace: "app--184927361" });
  });

  test("writes all or nothing", async () => {
    const store = buildStore();
    const { metafields, userErrors } = await set(store, notes("{}"), notes("{", { key: "other" }));
    expect(metafields).toBeNull();
    expect(userErrors).toEqual([
      {
        field: ["metafields", "1", "value"],
        message: "Value is invalid JSON.",
        code: "INVALID_VALUE",
        elementIndex: 1,
      },
    ]);
    expect(store.shop.metafields.size).toBe(0);
  });

  test("takes 25 at a time and no more", async () => {
    const store = buildStore();
    const many = (count: number) => Array.from({ length: count }, (_, index) => notes("{}", { key: `key${index}` }));
    expect((await set(store, ...many(26))).userErrors[0].code).toBe("LESS_THAN_OR_EQUAL_TO");
    expect(store.shop.metafields.size).toBe(0);
    expect((await set(store, ...many(25))).userErrors).toEqual([]);
    expect(store.shop.metafields.size).toBe(25);
  });

  test.each([
    ["an owner that is not there", { ownerId: "gid://shopify/Product/99" }, "INVALID", "ownerId"],
    ["another app's namespace", { namespace: "app--1--x" }, "APP_NOT_AUTHORIZED", "namespace"],
    ["a namespace of two letters", { namespace: "ab" }, "TOO_SHORT", "namespace"],
    ["a key of one letter", { key: "a" }, "TOO_SHORT", "key"],
    ["a key of 65 letters", { key: "k".repeat(65) }, "TOO_LONG", "key"],
    ["no type for a new metafield", { type: null }, "BLANK", "type"],
    ["a type that Shopify does not have", { type: "poem" }, "INCLUSION", "type"],
    ["no value", { value: "" }, "BLANK", "value"],
    ["JSON over 128 KB", { value: JSON.stringify("x".repeat(131_072)) }, "TOO_LONG", "value"],
    ["a type that differs from the definition", { key: "companions", type: "json" }, "INVALID_TYPE", "type"],
    ["a digest that is no digest", { compareDigest: "yes" }, "INVALID_COMPARE_DIGEST", "compareDigest"],
  ])("refuses %s", async (_what, change, code, field) => {
    const store = buildStore();
    const { metafields, userErrors } = await set(store, notes("{}", change));
    expect(metafields).toBeNull();
    expect(userErrors).toEqual([expect.objectContaining({ code, field: ["metafields", "0", field], elementIndex: 0 })]);
    expect(store.shop.metafields.size).toBe(0);
  });

  test("takes JSON of exactly 128 KB", async () => {
    const value = JSON.stringify("x".repeat(131_070));
    expect(Buffer.byteLength(value)).toBe(131_072);
    expect((await set(buildStore(), notes(value))).userErrors).toEqual([]);
  });

  test("checks references one by one", async () => {
    const store = buildStore();
    const companions = (gids: unknown) => ({ ownerId: PRODUCT, key: "companions", value: JSON.stringify(gids) });
    expect((await set(store, companions(["gid://shopify/Product/12", "gid://shopify/Product/13"]))).userErrors).toEqual(
      [],
    );
    const missing = await set(store, companions(["gid://shopify/Product/12", "gid://shopify/Product/99"]));
    expect(missing.userErrors[0]).toMatchObject({ code: "INVALID_VALUE" });
    expect(missing.userErrors[0].message).toContain("gid://shopify/Product/99");
    expect((await set(store, companions(["gid://shopify/Collection/31"]))).userErrors[0].code).toBe("INVALID_VALUE");
    expect((await set(store, companions({}))).userErrors[0].code).toBe("INVALID_VALUE");
    expect((await set(store, companions(Array(129).fill(PRODUCT)))).userErrors[0].code).toBe("INVALID_VALUE");
  });

  test("compares and sets: only the digest that is there now, or null where nothing is", async () => {
    const store = buildStore();
    expect((await set(store, notes("1", { compareDigest: null }))).userErrors).toEqual([]);
    expect((await set(store, notes("2", { compareDigest: null }))).userErrors[0].code).toBe("STALE_OBJECT");
    const digest = (await store.graphql(READ)).data.product.metafield.compareDigest;
    expect((await set(store, notes("3", { compareDigest: digest }))).userErrors).toEqual([]);
    expect((await set(store, notes("4", { compareDigest: digest }))).userErrors[0].code).toBe("STALE_OBJECT");
    expect((await store.graphql(READ)).data.product.metafield.value).toBe("3");
  });

  test("needs the scope to write to its owner", async () => {
    const store = buildStore({ scopes: ["read_products"] });
    const { data, errors } = await store.graphql(SET, { m: [notes("{}")] });
    expect(data.metafieldsSet).toBeNull();
    expect(errors?.[0]?.extensions?.code).toBe("ACCESS_DENIED");
    const own = await set(store, {
      ownerId: "gid://shopify/AppInstallation/71",
      namespace: "tsuide",
      key: "storefront",
      type: "json",
      value: "{}",
    });
    expect(own.userErrors).toEqual([]);
  });
});

test("metafieldsDelete deletes what is there and gives null for what is not", async () => {
  const store = buildStore();
  await set(store, notes("{}"));
  const { data } = await store.graphql(
    `mutation ($m: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $m) { deletedMetafields { key } userErrors { message } } }`,
    {
      m: [
        { ownerId: PRODUCT, namespace: "$app", key: "notes" },
        { ownerId: PRODUCT, namespace: "$app", key: "gone" },
      ],
    },
  );
  expect(data.metafieldsDelete).toEqual({ deletedMetafields: [{ key: "notes" }, null], userErrors: [] });
  expect(store.shop.metafields.size).toBe(0);
});

test("a deleted product takes its metafields along", async () => {
  const store = buildStore();
  await set(store, notes("{}"));
  expect((await store.control("product-delete", { productId: PRODUCT })).status).toBe(200);
  expect(store.shop.metafields.size).toBe(0);
});
