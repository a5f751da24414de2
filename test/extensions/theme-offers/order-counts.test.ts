import { describe, expect, test } from "vitest";
import { openShop, page, publishOffer, textOf } from "../../fixtures/open-theme-shop.ts";

describe("numbers of orders", () => {
  const NOW = Date.UTC(2026, 10, 21, 12) / 1000;
  const DAY = 86_400;
  const ordersShown = async (
    orders: unknown,
    ordersUntil: unknown,
    given: object = {},
    path = "/products/green-tea",
  ) => {
    const { shop, shopper } = openShop();
    publishOffer(shop, [8002, 8007], {
      companions: [
        { product: "8002", weight: 0.5, orders },
        { product: "8007", weight: 0.4 },
      ],
      ordersUntil,
      ...given,
    });
    const document = await page(shopper, path);
    expect(textOf(document.body)).not.toContain("Liquid error");
    return [...document.querySelectorAll("tsuide-set li > div > .ts-small:not([data-variant-title])")].map(textOf);
  };
  const TEXT = "112 orders, last 90 days";

  test("are shown beside the companion, in the shopper's language", async () => {
    expect(await ordersShown(112, NOW - DAY)).toEqual([TEXT]);
    expect(await ordersShown(112, NOW - DAY, {}, "/ja/products/green-tea")).toEqual(["直近90日の注文112件"]);
  });

  test("are shown for a week after the days they are from, and not one day more", async () => {
    expect(await ordersShown(112, NOW - 7 * DAY)).toEqual([TEXT]);
    expect(await ordersShown(112, NOW - 7 * DAY - 1)).toEqual([]);
    expect(await ordersShown(112, NOW + 30 * DAY)).toEqual([]);
  });

  test.each([
    ["below ten", 9, NOW, {}],
    ["that nobody dates", 112, undefined, {}],
    ["of what similar products are bought with", 112, NOW, { similar: true }],
    ["of what is viewed together", 112, NOW, { viewed: true }],
    ["that are none", null, NOW, {}],
    ["that are no number", "many", NOW, {}],
  ])("%s are never shown", async (_, orders, until, given) =>
    expect(await ordersShown(orders, until, given)).toEqual([]),
  );
});
