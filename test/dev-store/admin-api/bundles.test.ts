import { expect, test } from "vitest";
import { emptyShop } from "../shop/empty-shop.ts";
import { buildProduct, buildShop, buildStore, DOMAIN, type TestStore } from "../test-store.ts";

const CREATE = `mutation ($input: ProductBundleCreateInput!) { productBundleCreate(input: $input) {
  productBundleOperation { id status product { id } } userErrors { field message } } }`;
const UPDATE = `mutation ($input: ProductBundleUpdateInput!) { productBundleUpdate(input: $input) {
  productBundleOperation { id status } userErrors { field message } } }`;
const POLL = `query ($id: ID!) { productOperation(id: $id) { ... on ProductBundleOperation { status product { id title status
  hasVariantsThatRequiresComponents bundleComponents(first: 5) { nodes { componentProduct { id } quantity
  componentVariants(first: 1) { nodes { id } } } } variants(first: 5) { nodes { id title price requiresComponents
  availableForSale inventoryQuantity } } } } } }`;
const component = (id: string, quantity = 1) => ({
  ...{ productId: `gid://shopify/Product/${id}`, quantity, optionSelections: [] as object[] },
});
const BUNDLE = { title: "Tea for two", components: [component("11"), component("12", 2)] };

async function make({ graphql }: TestStore) {
  const id = (await graphql(CREATE, { input: BUNDLE })).data.productBundleCreate.productBundleOperation.id;
  await graphql(POLL, { id });
  const { product } = (await graphql(POLL, { id })).data.productOperation;
  return { number: product.id.split("/").at(-1) as string, variant: product.variants.nodes[0].id as string, product };
}

const refusals = async ({ graphql }: TestStore, input: object) =>
  (await graphql(CREATE, { input })).data.productBundleCreate.userErrors.map((one: { message: string }) => one.message);

const place = (store: TestStore, variantId: string, line: object = {}, draft: object = {}) =>
  store.store.context(DOMAIN).placeOrder({
    lines: [
      {
        ...{
          productId: "1",
          variantId,
          title: "Tea for two",
          sku: "",
          quantity: 1,
          unitPriceMinor: 1000,
          discounts: [],
        },
        ...{ isGiftCard: false, requiresShipping: true, properties: {}, sellingPlan: null, group: null, ...line },
      },
    ],
    ...{ presentmentCurrency: "USD", presentmentRate: 1, shippingMinor: 0 },
    ...{ cartToken: "c", checkoutToken: "t", sourceName: "web", customerId: null, ...draft },
  });

test("makes a bundle's product as a draft without a price, and says when it is complete", async () => {
  const store = buildStore();
  const { data } = await store.graphql(CREATE, { input: BUNDLE });
  const { productBundleOperation, userErrors } = data.productBundleCreate;
  expect(userErrors).toEqual([]);
  expect(productBundleOperation).toMatchObject({ status: "CREATED", product: null });
  const poll = async () => (await store.graphql(POLL, { id: productBundleOperation.id })).data.productOperation;
  expect(await poll()).toMatchObject({ status: "ACTIVE", product: null });
  const { status, product } = await poll();
  expect([status, product.title, product.status]).toEqual(["COMPLETE", "Tea for two", "DRAFT"]);
  expect(product.hasVariantsThatRequiresComponents).toBe(true);
  expect(product.bundleComponents.nodes).toEqual([
    { componentProduct: { id: "gid://shopify/Product/11" }, quantity: 1, componentVariants: expect.anything() },
    { componentProduct: { id: "gid://shopify/Product/12" }, quantity: 2, componentVariants: expect.anything() },
  ]);
  // Ten of each: five times two.
  expect(product.variants.nodes).toMatchObject([{ price: "0.00", requiresComponents: true, inventoryQuantity: 5 }]);
});

test("refuses what Shopify does, and everything where the shop cannot have bundles", async () => {
  const store = buildStore();
  store.shop.products.set("14", buildProduct("14", { isGiftCard: true }));
  const { number } = await make(store);
  expect(await refusals(store, { ...BUNDLE, title: " " })).toEqual(["Title can't be blank"]);
  expect(await refusals(store, { ...BUNDLE, components: [] })).toEqual(["Components can't be blank"]);
  expect(await refusals(store, { ...BUNDLE, components: [component("99")] })).toEqual([
    "Component product does not exist",
  ]);
  expect(await refusals(store, { ...BUNDLE, components: [component("14")] })).toEqual([
    "A gift card cannot be a component of a bundle",
  ]);
  expect(await refusals(store, { ...BUNDLE, components: [component(number)] })).toEqual([
    "A bundle cannot be a component of another bundle",
  ]);
  store.shop.noBundles = "The shop uses an unsupported checkout.";
  expect(await refusals(store, BUNDLE)).toEqual(["The shop cannot use bundles"]);
  const asked = await store.graphql("{ shop { features { bundles { eligibleForBundles ineligibilityReason } } } }");
  expect(asked.data.shop.features.bundles).toEqual({
    ...{ eligibleForBundles: false, ineligibilityReason: "The shop uses an unsupported checkout." },
  });
});

test("takes the variant that the option values name", async () => {
  const store = buildStore();
  const [first] = buildProduct("15").variants;
  const variants = ["S", "L"].map((size, n) => ({ ...first!, id: `15${n + 1}`, title: size, options: [size] }));
  store.shop.products.set("15", buildProduct("15", { options: ["Size"], variants }));
  const sized = (...values: string[]) => ({
    ...component("15"),
    optionSelections: [{ componentOptionId: "gid://shopify/ProductOption/150", name: "Size", values }],
  });
  expect(await refusals(store, { title: "B", components: [component("15")] })).toHaveLength(1);
  await store.graphql(CREATE, { input: { title: "B", components: [sized("L")] } });
  const made = [...store.shop.products.values()].at(-1);
  expect(made).toMatchObject({ options: ["Size"], variants: [{ title: "L", components: [{ variantId: "152" }] }] });
});

test("changes title and components of the same product", async () => {
  const store = buildStore();
  const { number, variant } = await make(store);
  const input = { productId: `gid://shopify/Product/${number}`, title: "Tea", components: [component("13", 4)] };
  expect((await store.graphql(UPDATE, { input })).data.productBundleUpdate.userErrors).toEqual([]);
  const changed = store.shop.products.get(number)!;
  expect(changed).toMatchObject({ title: "Tea", status: "DRAFT" });
  expect(`gid://shopify/ProductVariant/${changed.variants[0]!.id}`).toBe(variant);
  expect(changed.variants[0]).toMatchObject({ inventoryQuantity: 2, components: [{ variantId: "131", quantity: 4 }] });
  const other = { productId: "gid://shopify/Product/11", title: "Tea" };
  expect((await store.graphql(UPDATE, { input: other })).data.productBundleUpdate.userErrors).toHaveLength(1);
});

test("a bundle is in stock as long as all of its components are", async () => {
  const store = buildStore();
  const { number } = await make(store);
  const left = () => store.shop.products.get(number)!.variants[0]!.inventoryQuantity;
  await place(store, "121", { quantity: 5 });
  expect(left()).toBe(2);
  await place(store, store.shop.products.get(number)!.variants[0]!.id, { quantity: 2 });
  expect(left()).toBe(0);
  expect([...store.shop.products.values()].map(({ variants }) => variants[0]!.inventoryQuantity)).toEqual([
    8, 1, 10, 0,
  ]);
  store.store.shops.get(DOMAIN)!.deleteProduct("11");
  expect(left()).toBe(0);
});

test("an order lists the components with their parts of the bundle's price, and names the bundle as their group", async () => {
  const store = buildStore();
  const { number, variant } = await make(store);
  const bundle = variant.split("/").at(-1)!;
  const discounts = [{ amountMinor: 101, title: "Sale" }];
  const properties = { _tsuide: "fb1-11/product" };
  const order = await place(store, bundle, { productId: number, quantity: 2, discounts, properties });
  // Three units of 12.50 for 10.00: a third of it each, and the unit that is left over with the first.
  expect(order.lines.map((line) => [line.variantId, line.quantity, line.unitPriceMinor])).toEqual([
    ["111", 2, 334],
    ["121", 4, 333],
  ]);
  expect(order.lines.map((line) => line.discounts.map(({ amountMinor }) => amountMinor))).toEqual([[34], [67]]);
  expect(order.lines.every((line) => line.properties._tsuide === undefined)).toBe(true);
  const asked = await store.graphql(
    `query ($id: ID!) { order(id: $id) { lineItems(first: 5) { nodes { lineItemGroup { title quantity variantId
      customAttributes { key value } } } } } }`,
    { id: `gid://shopify/Order/${order.id}` },
  );
  const groups = asked.data.order.lineItems.nodes.map((one: { lineItemGroup: object }) => one.lineItemGroup);
  const group = { title: "Tea for two", quantity: 2, variantId: variant };
  expect(groups[0]).toEqual({ ...group, customAttributes: [{ key: "_tsuide", value: "fb1-11/product" }] });
  expect(groups[1]).toEqual(groups[0]);
});

test("sets status, price, each market's own price and where a product is sold", async () => {
  const markets = emptyShop({ domain: DOMAIN, name: "", currency: "USD", locale: "en", timezone: "UTC" }).markets;
  const japan = { ...markets[0]!, id: "2", name: "Japan", countries: ["JP"], currency: "JPY", rate: 150 };
  const shop = buildShop({ markets: [...markets, { ...japan, prices: new Map() }] });
  const store = buildStore({ shops: [shop] });
  const { number, variant } = await make(store);
  const id = `gid://shopify/Product/${number}`;
  const { data } = await store.graphql(
    `mutation ($id: ID!, $variant: ID!, $list: ID!, $place: ID!) {
      productUpdate(product: { id: $id, status: ACTIVE }) { product { status } userErrors { message } }
      productVariantsBulkUpdate(productId: $id, variants: [{ id: $variant, price: "30.00" }]) { userErrors { message } }
      priceListFixedPricesAdd(priceListId: $list, prices: [{ variantId: $variant, price: { amount: "3980", currencyCode: JPY } }]) {
        userErrors { message } }
      publishablePublish(id: $id, input: [{ publicationId: $place }]) { userErrors { message } }
    }`,
    { id, variant, list: "gid://shopify/PriceList/2", place: "gid://shopify/Publication/1" },
  );
  expect(Object.values(data).flatMap((one) => (one as { userErrors: object[] }).userErrors)).toEqual([]);
  expect(shop.products.get(number)).toMatchObject({ status: "ACTIVE", variants: [{ priceMinor: 3000 }] });
  expect(shop.products.get(number)!.publishedAt).not.toBeNull();
  const asked = await store.graphql(
    `query ($variant: ID!) { productVariant(id: $variant) {
      home: contextualPricing(context: { country: US }) { price { amount currencyCode } }
      abroad: contextualPricing(context: { country: JP }) { price { amount currencyCode } } } }`,
    { variant },
  );
  expect(asked.data.productVariant).toEqual({
    home: { price: { amount: "30.0", currencyCode: "USD" } },
    abroad: { price: { amount: "3980.0", currencyCode: "JPY" } },
  });
});
