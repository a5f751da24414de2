import { describe, expect, test } from "vitest";
import { all, extension, openCheckout, render, shopSells, suggestions, text } from "./open-checkout.ts";
import { goal, line, node, offer, variant } from "./published.ts";

openCheckout();

describe("free shipping", () => {
  test("says how much is missing, counting only what ships", async () => {
    extension.shopify.lines.value = [line(1, 60.1), line(2, 100, false)];
    extension.shopify.appMetafields.value = [goal({ USD: 7500 })];
    await render();
    expect(text()).toBe("goal.progress $14.90");
    expect(all("s-progress")[0]!.getAttribute("value")).toBe("8013");
  });

  test("comes with what brings it, though that costs more than an add-on may", async () => {
    extension.shopify.lines.value = [line(1, 46.8)];
    extension.shopify.appMetafields.value = [goal({ USD: 7500 }), offer(1, 0, { 10: 0.9, 11: 0.8, 12: 0.7, 13: 0.6 })];
    const sent = { ...variant(12, "28.50"), requiresShipping: false };
    shopSells(
      node(10, "5.00"),
      node(11, "33.00"),
      node(12, "28.50", { selectedOrFirstAvailableVariant: sent }),
      node(13, "29.00"),
    );
    await render();
    expect(suggestions()).toEqual(["Product 13", "Product 10"]);
    expect(all("s-grid")[0]!.textContent).toContain("goal.fills");
    expect(all("s-grid")[1]!.textContent).not.toContain("goal.fills");
  });

  test("says when it is reached", async () => {
    extension.shopify.appMetafields.value = [goal({ USD: 10_000 })];
    await render();
    expect(text()).toBe("goal.reached");
  });

  test("is hidden when the merchant wants it hidden", async () => {
    extension.shopify.settings.value = { ...extension.shopify.settings.value, hide_goal: true };
    extension.shopify.appMetafields.value = [goal({ USD: 10_000 })];
    await render();
    expect(text()).toBe("");
  });

  test("shows yen without decimals", async () => {
    extension.shopify.lines.value = [line(1, 1050, true, "JPY")];
    extension.shopify.cost.totalAmount.value = { amount: 1050, currencyCode: "JPY" };
    extension.shopify.appMetafields.value = [goal({ JPY: 8000 })];
    await render();
    expect(text()).toBe("goal.progress ¥6,950");
  });

  test("is not shown in a currency without a goal, nor for a cart that does not ship", async () => {
    extension.shopify.appMetafields.value = [goal({ JPY: 8000 })];
    await render();
    expect(text()).toBe("");
    extension.shopify.appMetafields.value = [goal({ USD: 7500 })];
    extension.shopify.lines.value = [line(1, 100, false)];
    document.body.replaceChildren();
    await render();
    expect(text()).toBe("");
  });
});
