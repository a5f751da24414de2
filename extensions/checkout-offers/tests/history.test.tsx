import { createResult } from "@shopify/ui-extensions-tester/checkout";
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  all,
  consent,
  extension,
  openCheckout,
  render,
  settle,
  shopSells,
  suggestions,
  text,
} from "./open-checkout.ts";
import { goal, historiesCount, history, metafield, node, offer } from "./published.ts";

openCheckout();

describe("what a customer bought before", () => {
  const adds = [
    { product: "12", weight: 0.9, again: true },
    { product: "13", weight: 0.8 },
    { product: "10", weight: 0.3 },
  ];
  const asked = (query: ReturnType<typeof shopSells>) =>
    query.mock.calls.at(-1)![1].variables.ids.map((id: string) => id.split("/").at(-1));

  beforeEach(() => {
    const offers = [offer(1, 1000, { 10: 0.3, 11: 0.4 })];
    extension.shopify.appMetafields.value = [...offers, historiesCount, history({ adds, owned: ["14"] })];
    consent(true);
  });

  test("counts with what goes with the cart, and comes up by itself where it is bought again and again", async () => {
    const query = shopSells(node(12, "9.99"), node(10, "9.99"), node(11, "5.05"));
    await render();
    expect(asked(query)).toEqual(["12", "10", "11"]);
    expect(suggestions()).toEqual(["Product 12", "Product 10", "Product 11"]);
    const [first, second] = all("s-grid").map((grid) => grid.textContent!);
    expect(first).toContain("again");
    expect(first).toContain("$9.99");
    expect(second).not.toContain("again");
    expect(text()).toContain("heading");
  });

  test("is added under an offer of its own", async () => {
    shopSells(node(12, "9.99"));
    const apply = vi.fn().mockResolvedValue(createResult("applyCartLinesChange"));
    extension.shopify.applyCartLinesChange = apply;
    await render();
    expect(text()).toContain("fromHistory");
    all("s-button")[0]!.click();
    await settle();
    expect(apply.mock.calls[0]![0]).toMatchObject({ attributes: [{ key: "_tsuide", value: "again-12/checkout" }] });
  });

  test.each([
    ["the buyer does not allow preferences", () => consent(false)],
    ["the buyer opted out of the sale of their data", () => consent(true, false)],
    [
      "the merchant does not want it to count",
      () => {
        const [offers, , customer] = extension.shopify.appMetafields.value;
        extension.shopify.appMetafields.value = [offers!, goal({ EUR: 5000 }), customer!];
      },
    ],
    [
      "nobody is logged in",
      () => {
        extension.shopify.appMetafields.value = extension.shopify.appMetafields.value.slice(0, 2);
      },
    ],
  ])("counts for nothing where %s", async (_why, change) => {
    change();
    const query = shopSells(node(11, "5.05"), node(10, "9.99"));
    await render();
    expect(asked(query)).toEqual(["11", "10"]);
    expect(text()).not.toContain("again");
  });

  test("is never suggested where it is owned for good", async () => {
    extension.shopify.appMetafields.value = [
      offer(1, 0, { 14: 0.9, 11: 0.4 }),
      historiesCount,
      history({ owned: ["14"] }),
    ];
    const query = shopSells(node(11, "5.05"));
    await render();
    expect(asked(query)).toEqual(["11"]);
  });

  test("chooses the list of the customer's own rank", async () => {
    const companions = [{ product: "15", weight: 0.2 }];
    const [entry] = JSON.parse(offer(1, 0, { 11: 0.4 }).metafield.value).offers;
    const ranked = { version: 2, offers: [{ ...entry, segments: [{ by: "rank", is: "A", companions }] }] };
    extension.shopify.appMetafields.value = [metafield("product", 1, "offers", ranked), historiesCount, history({})];
    const query = shopSells(node(15, "5.05"));
    await render();
    expect(asked(query)).toEqual(["15"]);
  });
});
