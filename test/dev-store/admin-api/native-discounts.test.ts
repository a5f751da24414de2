import { expect, test } from "vitest";
import { orderPayload } from "../webhooks/webhook-payloads.ts";
import { buildStore, type TestStore } from "../test-store.ts";

const mutation = (name: string, type: string, argument: string, node: string) => `mutation ($d: ${type}!) {
  ${name}(${argument}: $d) { ${node} { id } userErrors { field code message } } }`;
const CODE_BASIC = mutation(
  "discountCodeBasicCreate",
  "DiscountCodeBasicInput",
  "basicCodeDiscount",
  "codeDiscountNode",
);
const AUTOMATIC_BASIC = mutation(
  ...(["discountAutomaticBasicCreate", "DiscountAutomaticBasicInput", "automaticBasicDiscount"] as const),
  "automaticDiscountNode",
);
const CODE_SHIPPING = mutation(
  ...(["discountCodeFreeShippingCreate", "DiscountCodeFreeShippingInput", "freeShippingCodeDiscount"] as const),
  "codeDiscountNode",
);
const AUTOMATIC_SHIPPING = mutation(
  ...(["discountAutomaticFreeShippingCreate", "DiscountAutomaticFreeShippingInput"] as const),
  ...(["freeShippingAutomaticDiscount", "automaticDiscountNode"] as const),
);
const SINCE = { startsAt: "2026-11-01T00:00:00Z" };

async function create(store: TestStore, text: string, d: object) {
  const { data, errors } = await store.graphql(text, { d });
  if (errors) throw new Error(errors[0]!.message);
  return Object.values(data)[0] as {
    automaticDiscountNode?: { id: string } | null;
    codeDiscountNode?: { id: string } | null;
    userErrors: { field: string[]; code: string }[];
  };
}

test("the merchant's own discounts are made, found and deleted", async () => {
  const store = buildStore();
  const tenOff = {
    ...{ ...SINCE, title: "Ten off teas", code: "TEA10", combinesWith: { orderDiscounts: true } },
    customerGets: {
      items: { products: { productsToAdd: ["gid://shopify/Product/11"] } },
      value: { discountAmount: { amount: "10.00", appliesOnEachItem: true } },
    },
    minimumRequirement: { quantity: { greaterThanOrEqualToQuantity: "2" } },
  };
  const { codeDiscountNode, userErrors } = await create(store, CODE_BASIC, tenOff);
  expect(userErrors).toEqual([]);
  expect(codeDiscountNode!.id).toMatch(/^gid:\/\/shopify\/DiscountCodeNode\/\d+$/);
  await create(store, AUTOMATIC_BASIC, {
    ...{ ...SINCE, title: "A fifth off", customerGets: { items: { all: true }, value: { percentage: 0.2 } } },
    minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: "30.00" } },
  });
  await create(store, CODE_SHIPPING, { ...SINCE, title: "Post", code: "POST", destination: { all: true } });
  await create(store, AUTOMATIC_SHIPPING, {
    ...SINCE,
    title: "Free over 50",
    combinesWith: { productDiscounts: true },
  });
  const found = await store.graphql(`{
    codeDiscountNodeByCode(code: "tea10") { id codeDiscount { __typename ... on DiscountCodeBasic {
      title status discountClasses combinesWith { orderDiscounts productDiscounts shippingDiscounts }
      codes(first: 2) { nodes { code } }
      minimumRequirement { ... on DiscountMinimumQuantity { greaterThanOrEqualToQuantity } }
      customerGets { appliesOnSubscription
        items { ... on DiscountProducts { products(first: 5) { nodes { id } } } }
        value { ... on DiscountAmount { appliesOnEachItem amount { amount currencyCode } } } } } } }
    automatic: discountNodes(first: 9, query: "method:automatic status:active") { nodes { id discount { __typename
      ... on DiscountAutomaticBasic { title discountClasses
        customerGets { value { ... on DiscountPercentage { percentage } } items { ... on AllDiscountItems { allItems } } }
        minimumRequirement { ... on DiscountMinimumSubtotal { greaterThanOrEqualToSubtotal { amount } } } }
      ... on DiscountAutomaticFreeShipping { title discountClasses } } } }
    codes: discountNodes(first: 9, query: "method:code") { nodes { discount { __typename } } }
  }`);
  expect(found.errors).toBeUndefined();
  expect(found.data.codeDiscountNodeByCode).toEqual({
    id: codeDiscountNode!.id,
    codeDiscount: {
      ...{ __typename: "DiscountCodeBasic", title: "Ten off teas", status: "ACTIVE", discountClasses: ["PRODUCT"] },
      combinesWith: { orderDiscounts: true, productDiscounts: false, shippingDiscounts: false },
      codes: { nodes: [{ code: "TEA10" }] },
      minimumRequirement: { greaterThanOrEqualToQuantity: "2" },
      customerGets: {
        appliesOnSubscription: false,
        items: { products: { nodes: [{ id: "gid://shopify/Product/11" }] } },
        value: { appliesOnEachItem: true, amount: { amount: "10.0", currencyCode: "USD" } },
      },
    },
  });
  expect(found.data.automatic.nodes.map(({ discount }: { discount: object }) => discount)).toEqual([
    {
      ...{ __typename: "DiscountAutomaticBasic", title: "A fifth off", discountClasses: ["ORDER"] },
      customerGets: { value: { percentage: 0.2 }, items: { allItems: true } },
      minimumRequirement: { greaterThanOrEqualToSubtotal: { amount: "30.0" } },
    },
    { __typename: "DiscountAutomaticFreeShipping", title: "Free over 50", discountClasses: ["SHIPPING"] },
  ]);
  expect(found.data.codes.nodes).toHaveLength(2);
  const removed = await store.graphql(
    `mutation ($code: ID!, $automatic: ID!) {
      discountCodeDelete(id: $code) { deletedCodeDiscountId userErrors { code } }
      discountAutomaticDelete(id: $automatic) { deletedAutomaticDiscountId userErrors { code } } }`,
    { code: codeDiscountNode!.id, automatic: found.data.automatic.nodes[0].id },
  );
  expect(removed.data.discountCodeDelete).toEqual({ deletedCodeDiscountId: codeDiscountNode!.id, userErrors: [] });
  expect([...store.shop.nativeDiscounts!.values()].map(({ title }) => title)).toEqual(["Post", "Free over 50"]);
});

const VALUE = { customerGets: { items: { all: true }, value: { percentage: 0.1 } } };

test.each([
  ["a code that is blank", CODE_BASIC, { ...VALUE, code: " " }, "code", "BLANK"],
  ["a code that there is, in small letters", CODE_BASIC, { ...VALUE, code: "spring" }, "code", "TAKEN"],
  ["an automatic discount without a title", AUTOMATIC_BASIC, { ...VALUE, title: "" }, "title", "BLANK"],
  ["more than everything", AUTOMATIC_BASIC, { ...percent(1.5) }, "customerGets", "VALUE_OUTSIDE_RANGE"],
  [
    "an end before the start",
    ...([
      AUTOMATIC_BASIC,
      { ...VALUE, endsAt: "2026-10-01T00:00:00Z" },
      "endsAt",
      "END_DATE_BEFORE_START_DATE",
    ] as const),
  ],
  [
    "shipping beside shipping",
    ...([AUTOMATIC_SHIPPING, { combinesWith: { shippingDiscounts: true } }, "combinesWith"] as const),
    "INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS",
  ],
])("refuses %s as Shopify does", async (_name, text, change, field, code) => {
  const store = buildStore();
  await create(store, CODE_BASIC, { ...SINCE, ...VALUE, code: "SPRING" });
  const { userErrors } = await create(store, text, { ...SINCE, title: "Autumn", ...change });
  expect(userErrors.map((each) => [each.field.at(-1), each.code])).toEqual([[field, code]]);
  expect(store.shop.nativeDiscounts!.size).toBe(1);
});

function percent(percentage: number) {
  return { customerGets: { items: { all: true }, value: { percentage } } };
}

test("says so where the checkout does not know what an input asks for", async () => {
  const store = buildStore();
  const limited = { ...SINCE, ...VALUE, code: "ONCE", usageLimit: 5 };
  await expect(create(store, CODE_BASIC, limited)).rejects.toThrow("no discounts with usageLimit 5");
  const collections = { items: { collections: { add: ["gid://shopify/Collection/1"] } }, value: { percentage: 0.1 } };
  await expect(create(store, CODE_BASIC, { ...limited, usageLimit: null, customerGets: collections })).rejects.toThrow(
    "customerGets.items.collections",
  );
});

test("an order names what a code took off by the code, in the API and in webhooks", async () => {
  const { graphql, shop } = buildStore();
  const order = [...shop.orders.values()][0]!;
  const taken = { title: "TEN", code: "TEN", amountMinor: 120, ofOrder: true as const };
  const named = { ...order, lines: order.lines.map((line) => ({ ...line, discounts: [taken] })) };
  shop.orders.set(order.id, named);
  const { data } = await graphql(`{ order(id: "gid://shopify/Order/${order.id}") { discountCode discountCodes
    discountApplications(first: 5) { nodes { __typename ... on DiscountCodeApplication { code } } } } }`);
  expect(data.order).toEqual({
    ...{ discountCode: "TEN", discountCodes: ["TEN"] },
    discountApplications: { nodes: [{ __typename: "DiscountCodeApplication", code: "TEN" }] },
  });
  expect(orderPayload(named, shop)).toMatchObject({
    discount_codes: [{ code: "TEN", amount: "2.40" }],
    discount_applications: [{ type: "discount_code", code: "TEN" }],
  });
});
