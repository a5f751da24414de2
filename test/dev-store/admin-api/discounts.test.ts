import { describe, expect, test } from "vitest";
import { buildStore, START, type TestStore } from "../test-store.ts";

const CREATE = `mutation ($d: DiscountAutomaticAppInput!) { discountAutomaticAppCreate(automaticAppDiscount: $d) {
  automaticAppDiscount { discountId title status discountClasses combinesWith { orderDiscounts productDiscounts shippingDiscounts } }
  userErrors { field message code } } }`;
const INPUT = {
  title: "Bought together",
  functionHandle: "offer-discount",
  startsAt: "2026-11-01T00:00:00Z",
  discountClasses: ["PRODUCT", "SHIPPING"],
  combinesWith: { orderDiscounts: true },
};

async function create(store: TestStore, change: object = {}) {
  const { data } = await store.graphql(CREATE, { d: { ...INPUT, ...change } });
  return data.discountAutomaticAppCreate;
}

describe("an automatic app discount", () => {
  test("is created, found, updated and deleted, its metafield with it", async () => {
    const store = buildStore();
    const { automaticAppDiscount, userErrors } = await create(store, {
      metafields: [{ namespace: "$app", key: "policy", type: "json", value: '{"version":1}' }],
    });
    expect(userErrors).toEqual([]);
    expect(automaticAppDiscount).toMatchObject({ status: "ACTIVE", discountClasses: ["PRODUCT", "SHIPPING"] });
    expect(automaticAppDiscount.combinesWith).toEqual({
      orderDiscounts: true,
      productDiscounts: false,
      shippingDiscounts: false,
    });
    const id: string = automaticAppDiscount.discountId;
    expect(id).toMatch(/^gid:\/\/shopify\/DiscountAutomaticNode\/\d+$/);
    const found = await store.graphql(`{ discountNodes(first: 5, query: "status:active") { nodes { id
      metafield(namespace: "$app", key: "policy") { jsonValue } discount { ... on DiscountAutomaticApp { title } } } } }`);
    expect(found.data.discountNodes.nodes).toEqual([
      { id, metafield: { jsonValue: { version: 1 } }, discount: { title: "Bought together" } },
    ]);
    const update = `mutation ($id: ID!, $d: DiscountAutomaticAppInput!) { discountAutomaticAppUpdate(id: $id, automaticAppDiscount: $d) {
      automaticAppDiscount { title discountClasses } userErrors { code } } }`;
    const updated = await store.graphql(update, { id, d: { title: "Sets" } });
    expect(updated.data.discountAutomaticAppUpdate).toEqual({
      automaticAppDiscount: { title: "Sets", discountClasses: ["PRODUCT", "SHIPPING"] },
      userErrors: [],
    });
    const remove = `mutation ($id: ID!) { discountAutomaticDelete(id: $id) { deletedAutomaticDiscountId userErrors { code } } }`;
    expect((await store.graphql(remove, { id })).data.discountAutomaticDelete.deletedAutomaticDiscountId).toBe(id);
    expect(store.shop.discounts.size + store.shop.metafields.size).toBe(0);
    expect((await store.graphql(remove, { id })).data.discountAutomaticDelete.userErrors).toEqual([
      { code: "INVALID" },
    ]);
  });

  test.each([
    ["without a function", { functionHandle: null }, "MISSING_FUNCTION_IDENTIFIER"],
    ["with two functions", { functionId: "offer-discount" }, "MULTIPLE_FUNCTION_IDENTIFIERS"],
    ["of a function that the app does not have", { functionHandle: "someone-elses" }, "INVALID"],
    ["without a title", { title: " " }, "BLANK"],
    ["without a start", { startsAt: null }, "BLANK"],
    ["that ends before it starts", { endsAt: "2026-10-01T00:00:00Z" }, "END_DATE_BEFORE_START_DATE"],
    ["of no class", { discountClasses: [] }, "BLANK"],
  ])("is refused %s", async (_what, change, code) => {
    const store = buildStore();
    const { automaticAppDiscount, userErrors } = await create(store, change);
    expect(automaticAppDiscount).toBeNull();
    expect(userErrors.map((error: { code: string }) => error.code)).toContain(code);
    expect(store.shop.discounts.size).toBe(0);
  });

  test("cannot have the title of another one", async () => {
    const store = buildStore();
    await create(store);
    expect((await create(store)).userErrors[0].code).toBe("TAKEN");
  });

  test("stops at 25 active ones", async () => {
    const store = buildStore();
    for (let index = 0; index < 25; index++) {
      expect((await create(store, { title: `Discount ${index}` })).userErrors).toEqual([]);
      store.clock.now += 1000;
    }
    expect((await create(store, { title: "One more" })).userErrors[0].code).toBe("MAX_APP_DISCOUNTS");
  });

  test("is scheduled, active or expired by the clock", async () => {
    const store = buildStore();
    await create(store, {
      startsAt: new Date(START + 1000).toISOString(),
      endsAt: new Date(START + 2000).toISOString(),
    });
    const status = async () =>
      (
        await store.graphql(
          "{ discountNodes(first: 1) { nodes { discount { ... on DiscountAutomaticApp { status } } } } }",
        )
      ).data.discountNodes.nodes[0].discount.status;
    expect(await status()).toBe("SCHEDULED");
    store.clock.now += 1500;
    expect(await status()).toBe("ACTIVE");
    store.clock.now += 1500;
    expect(await status()).toBe("EXPIRED");
  });
});
