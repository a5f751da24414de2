import { createResult, createStorage } from "@shopify/ui-extensions-tester/checkout";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { all, extension, openCheckout, render, settle, shopSells, suggestions, text } from "./open-checkout.ts";
import { line, metafield, node, offer, variant } from "./published.ts";

openCheckout();

describe("what goes with the cart", () => {
  beforeEach(() => {
    extension.shopify.appMetafields.value = [offer(1, 1000, { 10: 0.5, 11: 0.4, 2: 0.9 }), offer(2, 0, { 11: 0.3 })];
  });

  test("is ranked over the whole cart, without what is in it, at the price it will have", async () => {
    const query = shopSells(node(10, "9.99"), node(11, "5.05"));
    await render();
    expect(query.mock.calls[0]![1].variables.ids).toEqual(["gid://shopify/Product/11", "gid://shopify/Product/10"]);
    expect(suggestions()).toEqual(["Product 11", "Product 10"]);
    expect(text()).toContain("$4.54");
    expect(text()).toContain("$8.99");
  });

  test("is added with one tap, with the offer it came through", async () => {
    shopSells(node(10, "9.99"));
    const apply = vi.fn().mockResolvedValue(createResult("applyCartLinesChange"));
    extension.shopify.applyCartLinesChange = apply;
    await render();
    all("s-button")[0]!.click();
    all("s-button")[0]!.click();
    await settle();
    expect(apply.mock.calls).toEqual([
      [
        {
          type: "addCartLine",
          merchandiseId: "gid://shopify/ProductVariant/101",
          quantity: 1,
          attributes: [{ key: "_tsuide", value: "bt-1-1/checkout" }],
        },
      ],
    ]);
    expect(all("s-banner")).toEqual([]);
  });

  test("keeps its row and its button once it was added, says so, and makes room for nothing new", async () => {
    extension.shopify.appMetafields.value = [offer(1, 0, { 10: 0.9, 11: 0.8, 12: 0.7, 13: 0.6 })];
    shopSells(...[10, 11, 12, 13].map((product) => node(product, "5.00")));
    extension.shopify.applyCartLinesChange = vi.fn().mockImplementation(async () => {
      extension.shopify.lines.value = [...extension.shopify.lines.value, line(10, 5)];
      return createResult("applyCartLinesChange");
    });
    await render();
    const button = all("s-button")[0]!;
    button.focus();
    button.click();
    await settle();
    expect(suggestions()).toEqual(["Product 10", "Product 11", "Product 12"]);
    expect(all("s-button").map((each) => each.textContent)).toEqual(["added", "add", "add"]);
    expect(all("s-button")[0]).toBe(button);
    expect(button.hasAttribute("disabled")).toBe(false);
    const status = document.body.querySelector("[accessibilityrole=status]")!;
    expect(status.textContent).toBe("addedTitle Product 10");
    button.click();
    await settle();
    expect(extension.shopify.applyCartLinesChange).toHaveBeenCalledTimes(1);
  });

  test("says so when it could not be added, and goes where it is sold out by now", async () => {
    const query = shopSells(node(10, "9.99"), node(11, "5.00"));
    extension.shopify.applyCartLinesChange = vi.fn().mockImplementation(async () => {
      query.mockResolvedValue({ data: { nodes: [node(10, "9.99", { availableForSale: false }), node(11, "5.00")] } });
      return createResult("applyCartLinesChange", { type: "error", message: "sold out" });
    });
    await render();
    const at = suggestions().indexOf("Product 10");
    all("s-button")[at]!.click();
    await settle();
    expect(all("s-banner")[0]!.textContent).toBe("error");
    expect(suggestions()).toEqual(["Product 11"]);
  });

  test("is never the same thing in three makes", async () => {
    extension.shopify.appMetafields.value = [offer(1, 0, { 10: 0.9, 11: 0.8, 12: 0.7, 13: 0.6 })];
    const cup = (product: number, colour: string) =>
      node(product, "5.00", { title: `Ceramic Cup, ${colour}`, productType: "Cups" });
    shopSells(cup(10, "Moss"), cup(11, "Indigo"), cup(12, "Sand"), node(13, "5.00"));
    await render();
    expect(suggestions()).toEqual(["Ceramic Cup, Moss", "Product 13"]);
  });

  test.each([
    ["is no other make of what the cart holds", [offer(1, 0, { 10: 0.9 })], []],
    [
      "is another make of what the cart holds where that product's own offer lists it",
      [offer(1, 0, { 10: 0.9 }), offer(2, 0, { 10: 0.5 })],
      ["Steel Strainer"],
    ],
  ])("%s", async (_, offers, expected) => {
    const held = line(2, 40);
    held.merchandise.title = "Bamboo Strainer";
    held.merchandise.product.productType = "Strainers";
    extension.shopify.lines.value = [line(1, 60), held];
    extension.shopify.appMetafields.value = offers;
    shopSells(node(10, "5.00", { title: "Steel Strainer", productType: "Strainers" }));
    await render();
    expect(suggestions()).toEqual(expected);
  });

  test("leaves out what cannot be added as one plain unit, is too dear, or priced in another currency", async () => {
    const weights = { 10: 0.9, 11: 0.8, 12: 0.7, 13: 0.6, 14: 0.5, 15: 0.4, 16: 0.9, 17: 0.9 };
    extension.shopify.appMetafields.value = [offer(1, 0, weights)];
    const bySixes = { ...variant(17, "5.00"), quantityRule: { minimum: 6 } };
    shopSells(
      node(16, "5.00", { requiresSellingPlan: true }),
      node(17, "5.00", { selectedOrFirstAvailableVariant: bySixes }),
      node(10, "5.00", { availableForSale: false }),
      null,
      node(12, "5.00", { isGiftCard: true }),
      node(13, "25.01"),
      node(14, "5.00", {}, "EUR"),
      node(15, "25.00"),
    );
    await render();
    expect(suggestions()).toEqual(["Product 15"]);
  });

  test("is at most three", async () => {
    extension.shopify.appMetafields.value = [offer(1, 0, { 10: 0.9, 11: 0.8, 12: 0.7, 13: 0.6 })];
    shopSells(...[10, 11, 12, 13].map((product) => node(product, "5.00")));
    await render();
    expect(suggestions()).toHaveLength(3);
  });

  test("is not asked for where the checkout takes no more lines", async () => {
    extension.shopify.instructions.value = {
      ...extension.shopify.instructions.value,
      lines: { ...extension.shopify.instructions.value.lines, canAddCartLine: false },
    };
    const query = shopSells(node(10, "5.00"));
    await render();
    expect(query).not.toHaveBeenCalled();
    expect(text()).toBe("");
  });

  test("stays away after a no, which is remembered", async () => {
    shopSells(node(10, "5.00"));
    const storage = createStorage();
    extension.shopify.storage = storage;
    await render();
    all("s-link")[0]!.click();
    await settle();
    expect(text()).toBe("");
    expect(await storage.read("declined")).toBe(true);
  });

  test("stays away when the no was given before", async () => {
    extension.shopify.storage = createStorage({ declined: true });
    const query = shopSells(node(10, "5.00"));
    await render();
    expect(query).not.toHaveBeenCalled();
    expect(text()).toBe("");
  });

  test("tells the shop's own pages of a no, and hears theirs", async () => {
    shopSells(node(10, "5.00"));
    const change = vi.fn().mockResolvedValue({ type: "success" });
    Object.assign(extension.shopify, { storage: createStorage(), applyAttributeChange: change });
    await render();
    all("s-link")[0]!.click();
    await settle();
    expect(change).toHaveBeenCalledWith({ type: "updateAttribute", key: "_tsuide_declined", value: "1" });
    extension.shopify.storage = createStorage();
    extension.shopify.attributes.value = [{ key: "_tsuide_declined", value: "1" }];
    await render();
    expect(text()).toBe("");
  });

  test.each([
    ["no offer is published", []],
    ["the offer is of another version", [metafield("product", 1, "offers", { version: 9 })]],
    ["the offer cannot be read", [metafield("product", 1, "offers", "{")]],
  ])("is nothing when %s", async (_, metafields) => {
    extension.shopify.appMetafields.value = metafields;
    await render();
    expect(text()).toBe("");
  });

  test("is nothing when the shop does not answer", async () => {
    extension.shopify.query = vi.fn().mockRejectedValue(new Error("offline"));
    await render();
    expect(text()).toBe("");
  });
});
