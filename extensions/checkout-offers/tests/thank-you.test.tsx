/** @jsxImportSource preact */
/// <reference types="@shopify/ui-extensions/purchase.thank-you.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { createCartLine, createStorage } from "@shopify/ui-extensions-tester/checkout";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const extension = getExtension("purchase.thank-you.block.render");
const offer = JSON.stringify({
  version: 1,
  id: "bt-1",
  discountBasisPoints: 1000,
  set: 3,
  companions: [
    { product: "10", weight: 0.5 },
    { product: "11", weight: 0.4 },
  ],
});
const node = (product: number, onlineStoreUrl: string | null) => ({
  id: `gid://shopify/Product/${product}`,
  handle: `product-${product}`,
  title: `Product ${product}`,
  availableForSale: true,
  onlineStoreUrl,
  isGiftCard: false,
  productType: `Type ${product}`,
  requiresSellingPlan: false,
  featuredImage: null,
  selectedOrFirstAvailableVariant: {
    id: `gid://shopify/ProductVariant/${product}1`,
    title: "Default Title",
    availableForSale: true,
    requiresShipping: true,
    quantityRule: { minimum: 1 },
    price: { amount: "9.99", currencyCode: "USD" },
  },
});

beforeEach(() => {
  extension.setUp();
  extension.shopify.cost.totalAmount.value = { amount: 60, currencyCode: "USD" };
  extension.shopify.shop = { ...extension.shopify.shop, storefrontUrl: "https://tea.example" };
  const line = createCartLine();
  line.merchandise.product.id = "gid://shopify/Product/1";
  extension.shopify.lines.value = [line];
  extension.shopify.appMetafields.value = [
    {
      target: { type: "product", id: "gid://shopify/Product/1" },
      metafield: { namespace: "$app", key: "offer", type: "json", valueType: "json_string", value: offer },
    },
  ];
  extension.shopify.query = vi
    .fn()
    .mockResolvedValue({ data: { nodes: [node(10, "https://tea.example/ja/products/product-10"), node(11, null)] } });
});
afterEach(() => extension.tearDown());

test("links to what goes with what was bought", async () => {
  await extension.render();
  await new Promise((resolve) => setTimeout(resolve, 250));
  const links = [...document.body.querySelectorAll("s-link")];
  expect(links.map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
    ["Product 10", "https://tea.example/ja/products/product-10"],
    ["Product 11", "https://tea.example/products/product-11"],
  ]);
});

test("says nothing to a buyer who said no at checkout", async () => {
  extension.shopify.storage = createStorage({ declined: true });
  await extension.render();
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(document.body.textContent).toBe("");
  expect(extension.shopify.query).not.toHaveBeenCalled();
});

test("shows nothing when nothing was published for it", async () => {
  extension.shopify.appMetafields.value = [];
  await extension.render();
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(document.body.textContent).toBe("");
});

test("what the customer bought before moves the links, and brings up nothing that does not go with the order", async () => {
  const published = (type: "shop" | "customer", key: string, value: object) => ({
    target: { type, id: `gid://shopify/${type === "shop" ? "Shop" : "Customer"}/1` },
    metafield: {
      ...{ namespace: "$app", key, type: "json", valueType: "json_string" as const },
      value: JSON.stringify({ version: 1, ...value }),
    },
  });
  const adds = [
    { product: "11", weight: 0.3 },
    { product: "12", weight: 0.9, again: true },
  ];
  extension.shopify.appMetafields.value = [
    ...extension.shopify.appMetafields.value,
    published("shop", "checkout", { goal: null, history: true }),
    published("customer", "history", { rank: null, returning: true, owned: [], adds }),
  ];
  const { value } = extension.shopify.customerPrivacy;
  const allowedProcessing = { ...value.allowedProcessing, preferences: true };
  const visitorConsent = { preferences: true, saleOfData: true };
  extension.shopify.customerPrivacy.value = { ...value, allowedProcessing, visitorConsent };
  await extension.render();
  await new Promise((resolve) => setTimeout(resolve, 250));
  const links = [...document.body.querySelectorAll("s-link")];
  expect(links.map((link) => link.textContent)).toEqual(["Product 11", "Product 10"]);
});
