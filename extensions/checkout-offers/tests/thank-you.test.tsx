/// <reference types="@shopify/ui-extensions/purchase.thank-you.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { createStorage } from "@shopify/ui-extensions-tester/checkout";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PATIENT } from "../../../test/patience.ts";
import { historiesCount, history, line, metafield, node, offer } from "./published.ts";

const extension = getExtension("purchase.thank-you.block.render");
beforeEach(() => {
  extension.setUp();
  extension.shopify.cost.totalAmount.value = { amount: 60, currencyCode: "USD" };
  extension.shopify.shop = { ...extension.shopify.shop, storefrontUrl: "https://tea.example" };
  extension.shopify.lines.value = [line(1, 60)];
  extension.shopify.appMetafields.value = [offer(1, 1000, { 10: 0.5, 11: 0.4 })];
  const [first, second] = [
    node(10, "9.99", { onlineStoreUrl: "https://tea.example/ja/products/product-10" }),
    node(11, "9.99"),
  ];
  extension.shopify.query = vi.fn().mockResolvedValue({ data: { nodes: [first, second] } });
});
afterEach(() => extension.tearDown());

test("links to what goes with what was bought", async () => {
  await extension.render();
  const links = () => [...document.body.querySelectorAll("s-link")];
  await vi.waitFor(() => {
    expect(links().map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
      ["Product 10", "https://tea.example/ja/products/product-10"],
      ["Product 11", "https://tea.example/products/product-11"],
    ]);
  }, PATIENT);
});

test("says what the order earns as store credit, also where nothing is linked", async () => {
  const entry = { type: "bought-together", id: "bt-1-1", discountBasisPoints: 0, set: 1 };
  const companions = [{ product: "2", weight: 0.5 }];
  const setReward = { kind: "store-credit", basisPoints: 1_000, waitDays: 14 };
  extension.shopify.appMetafields.value = [
    metafield("product", 1, "offers", { version: 2, offers: [{ ...entry, setReward, companions }] }),
  ];
  extension.shopify.lines.value = [line(1, 60), line(2, 40)];
  await extension.render();
  await vi.waitFor(() => expect(document.body.querySelectorAll("s-text")).toHaveLength(1), PATIENT);
  expect([...document.body.querySelectorAll("s-heading, s-link")]).toEqual([]);
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
  const adds = [
    { product: "11", weight: 0.3 },
    { product: "12", weight: 0.9, again: true },
  ];
  extension.shopify.appMetafields.value = [
    ...extension.shopify.appMetafields.value,
    historiesCount,
    history({ rank: null, adds }),
  ];
  const { value } = extension.shopify.customerPrivacy;
  const allowedProcessing = { ...value.allowedProcessing, preferences: true };
  const visitorConsent = { preferences: true, saleOfData: true };
  extension.shopify.customerPrivacy.value = { ...value, allowedProcessing, visitorConsent };
  await extension.render();
  const links = () => [...document.body.querySelectorAll("s-link")];
  await vi.waitFor(
    () => expect(links().map((link) => link.textContent)).toEqual(["Product 11", "Product 10"]),
    PATIENT,
  );
});
