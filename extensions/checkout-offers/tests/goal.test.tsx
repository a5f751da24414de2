import { describe, expect, test, vi } from "vitest";
import { all, extension, openCheckout, render, settle, shopSells, suggestions, text } from "./open-checkout.ts";
import { goal, line, node, offer, variant } from "./published.ts";

openCheckout();

describe("free shipping", () => {
  test("says how much is missing, counting only what ships", async () => {
    extension.shopify.lines.value = [line(1, 60.1), line(2, 100, false)];
    extension.shopify.appMetafields.value = [goal({ USD: 7500 })];
    await render();
    expect(text()).toBe("goal.progress $14.90 goal.freeShipping");
    expect(all("s-progress")[0]!.getAttribute("value")).toBe("80");
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
    expect(all("s-grid")[0]!.textContent).toContain("goal.closes goal.freeShipping");
    expect(all("s-grid")[1]!.textContent).not.toContain("goal.closes goal.freeShipping");
  });

  test("proposes nothing where the merchant does not want it", async () => {
    extension.shopify.lines.value = [line(1, 46.8)];
    extension.shopify.appMetafields.value = [goal({ USD: 7500 }, [], null), offer(1, 0, { 10: 0.9, 13: 0.6 })];
    shopSells(node(10, "5.00"), node(13, "29.00"));
    await render();
    expect(suggestions()).toEqual(["Product 10"]);
  });

  test("is credited with the line that closes its gap", async () => {
    extension.shopify.lines.value = [line(1, 46.8)];
    extension.shopify.appMetafields.value = [goal({ USD: 7500 }), offer(1, 0, { 10: 0.9, 13: 0.6 })];
    shopSells(node(10, "5.00"), node(13, "29.00"));
    const added = vi.fn().mockResolvedValue({ type: "success" });
    extension.shopify.applyCartLinesChange = added;
    await render();
    for (const button of all("s-button")) button.click();
    await settle();
    expect(added.mock.calls[0]![0]).toMatchObject({ attributes: [{ key: "_tsuide", value: "goal-1/checkout" }] });
  });

  test("says when it is reached", async () => {
    extension.shopify.appMetafields.value = [goal({ USD: 10_000 })];
    await render();
    expect(text()).toBe("goal.reached");
  });

  test.each([
    [10_000, "goal.reached"],
    [20_000, "goal.progress $100.00 goal.freeShipping"],
  ])("says beside a discount code that it may not combine with what is given from %d on", async (from, said) => {
    extension.shopify.discountCodes.value = [{ code: "TEN" }];
    extension.shopify.appMetafields.value = [goal({ USD: from })];
    await render();
    expect(text()).toBe(`${said}goal.withCode`);
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
    expect(text()).toBe("goal.progress ¥6,950 goal.freeShipping");
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

describe("further rewards", () => {
  const percent = { from: { USD: 5_000 }, kind: "percent", percent: 10 };
  const gift = { from: { USD: 9_000 }, kind: "gift", product: "9" };
  const rows = () => all("s-list-item").map((row) => row.querySelector("s-text")!.textContent);
  const known = (product: number, rest: object = {}) => ({
    ...{ id: `gid://shopify/Product/${product}`, title: `Product ${product}`, isGiftCard: false },
    selectedOrFirstAvailableVariant: { id: `gid://shopify/ProductVariant/${product}1`, availableForSale: true },
    ...rest,
  });
  const offered = [goal({ USD: 7_500 }, [percent, gift])];

  test("are all shown, with the next one named and those that are reached ticked", async () => {
    extension.shopify.lines.value = [line(1, 46.8), line(2, 23.2, false)];
    extension.shopify.appMetafields.value = offered;
    shopSells(known(1), known(2), known(9));
    await render();
    expect(rows()).toEqual([
      "goal.rowReached goal.percentOff 10 $50.00",
      "goal.row goal.freeShipping $75.00",
      "goal.row goal.gift Product 9 $90.00",
    ]);
    expect(text()).toContain("goal.progress $28.20 goal.freeShipping");
  });

  test("do not count gift cards", async () => {
    extension.shopify.lines.value = [line(1, 46.8), line(2, 23.2, false)];
    extension.shopify.appMetafields.value = offered;
    shopSells(known(1), known(2, { isGiftCard: true }), known(9));
    await render();
    expect(text()).toContain("goal.progress $3.20 goal.percentOff 10");
  });

  test("are not promised while nobody knows what is a gift card", async () => {
    extension.shopify.lines.value = [line(1, 60)];
    extension.shopify.appMetafields.value = offered;
    extension.shopify.query = vi.fn().mockRejectedValue(new Error("no answer"));
    await render();
    expect(text()).toBe("goal.progress $15.00 goal.freeShipping");
  });

  test("leave out a gift that is sold out", async () => {
    extension.shopify.lines.value = [line(1, 60)];
    extension.shopify.appMetafields.value = offered;
    const soldOut = { selectedOrFirstAvailableVariant: { id: "91", availableForSale: false } };
    shopSells(known(1), known(9, soldOut));
    await render();
    expect(rows()).toEqual(["goal.rowReached goal.percentOff 10 $50.00", "goal.row goal.freeShipping $75.00"]);
  });

  test("a gift that is reached is added with one press", async () => {
    extension.shopify.lines.value = [line(1, 95)];
    extension.shopify.appMetafields.value = offered;
    shopSells(known(1), known(9));
    const added = vi.fn().mockResolvedValue({ type: "success" });
    extension.shopify.applyCartLinesChange = added;
    await render();
    expect(text()).toContain("goal.allReached");
    all("s-button")[0]!.click();
    await settle();
    expect(added.mock.calls).toEqual([
      [
        {
          ...{ type: "addCartLine", merchandiseId: "gid://shopify/ProductVariant/91", quantity: 1 },
          attributes: [{ key: "_tsuide", value: "goal-1/checkout" }],
        },
      ],
    ]);
  });

  test("say what a gift that is in the order costs", async () => {
    extension.shopify.lines.value = [line(1, 95), line(9, 0)];
    extension.shopify.appMetafields.value = offered;
    shopSells(known(1), known(9));
    await render();
    expect(text()).toContain("goal.giftAdded $0.00");
    expect(all("s-button")).toEqual([]);
  });
});
