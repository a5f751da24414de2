import { describe, expect, test } from "vitest";
import { buildNativeDiscount, setNativeDiscounts } from "../shop/native-discounts.ts";
import { buildLine, buildOrder, buildShop, buildStore, START } from "../test-store.ts";

describe("the Admin API", () => {
  test("refuses a missing, a wrong and another shop's token with 401", async () => {
    const { store, request } = buildStore();
    const other = store.tokens.issueForTest(buildShop({ domain: "other.myshopify.com" }));
    for (const token of [null, "shpat_wrong", other]) {
      const response = await request("/admin/api/2026-07/graphql.json", {
        method: "POST",
        headers: token === null ? {} : { "x-shopify-access-token": token },
        body: JSON.stringify({ query: "{ shop { name } }" }),
      });
      expect(response.status).toBe(401);
    }
  });

  test("knows no other API version and no other shop", async () => {
    const { store, request } = buildStore();
    expect((await request("/admin/api/2020-01/graphql.json", { method: "POST" })).status).toBe(404);
    const elsewhere = await store.fetch(new Request("https://unknown.myshopify.com/admin/api/2026-07/graphql.json"));
    expect(elsewhere.status).toBe(404);
  });

  test("answers a broken body with 400", async () => {
    const { store, shop, request } = buildStore();
    const headers = { "x-shopify-access-token": store.tokens.issueForTest(shop) };
    const path = "/admin/api/2026-07/graphql.json";
    expect((await request(path, { method: "POST", headers, body: "{" })).status).toBe(400);
    expect((await request(path, { method: "POST", headers, body: "{}" })).status).toBe(400);
  });

  test("refuses what the real schema does not have", async () => {
    const { graphql } = buildStore();
    const answer = await graphql("{ shop { nickname } }");
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.[0]?.message).toContain('Cannot query field "nickname" on type "Shop"');
  });

  test("names a field that it has no resolver for, rather than give null", async () => {
    const { graphql } = buildStore();
    const answer = await graphql("{ shop { taxShipping } }");
    expect(answer.errors?.[0]?.message).toBe("The dev store has no resolver for Shop.taxShipping.");
    const nullable = await graphql(`
      {
        product(id: "gid://shopify/Product/11") {
          id
          templateSuffix
        }
      }
    `);
    expect(nullable.errors?.[0]?.message).toBe("The dev store has no resolver for Product.templateSuffix.");
  });

  test("says which scope is missing", async () => {
    const { graphql } = buildStore({ scopes: ["read_products"] });
    const answer = await graphql("{ orders(first: 1) { nodes { id } } }");
    expect(answer.errors?.[0]?.message).toBe(
      "Access denied for orders field. Required access: `read_orders` access scope.",
    );
    expect(answer.errors?.[0]?.extensions?.code).toBe("ACCESS_DENIED");
  });

  test("gives no names, addresses or e-mails to an app of level 1", async () => {
    const { graphql } = buildStore();
    for (const field of ["email", "phone", "shippingAddress { city }", "customer { firstName }"]) {
      const answer = await graphql(`{ order(id: "gid://shopify/Order/501") { id ${field} } }`);
      expect(answer.errors?.[0]?.message).toContain("not approved to use");
    }
  });
});

describe("query cost", () => {
  test("is charged by objects and pages, and restored by the clock", async () => {
    const { graphql, clock } = buildStore();
    const first = await graphql("{ shop { name } }");
    expect(first.extensions?.cost).toEqual({
      requestedQueryCost: 1,
      actualQueryCost: 1,
      throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1999, restoreRate: 100 },
    });
    // As Shopify charged a query of this shape: 1 for the product, 24 for 250 variants with their inventory items.
    const page = await graphql(`
      {
        product(id: "gid://shopify/Product/99") {
          variants(first: 250) {
            nodes {
              inventoryItem {
                id
              }
            }
          }
        }
      }
    `);
    expect(page.extensions?.cost.requestedQueryCost).toBe(25);
    expect(page.extensions?.cost.actualQueryCost).toBe(1);
    clock.now += 1000;
    expect((await graphql("{ shop { name } }")).extensions?.cost.throttleStatus.currentlyAvailable).toBe(1999);
  });

  test("of `nodes` is charged for every id, and no more than 250 ids are taken", async () => {
    const { graphql } = buildStore();
    const nodes = (count: number) =>
      graphql("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {
        ids: Array.from({ length: count }, (_, n) => `gid://shopify/Product/${9_000 + n}`),
      });
    expect((await nodes(40)).extensions?.cost.requestedQueryCost).toBe(40);
    expect((await nodes(251)).errors?.[0]?.extensions?.code).toBe("MAX_INPUT_SIZE_EXCEEDED");
  });

  test("answers THROTTLED on HTTP 200 when the bucket is empty, and goes on when it has refilled", async () => {
    const { store, shop, graphql, clock } = buildStore();
    store.shops.get(shop.domain)?.bucket.drainTo(0);
    const refused = await graphql("{ shop { name } }");
    expect(refused.data).toBeUndefined();
    expect(refused.errors?.[0]?.extensions?.code).toBe("THROTTLED");
    expect(refused.extensions?.cost).toMatchObject({ requestedQueryCost: 1, actualQueryCost: null });
    clock.now += 10;
    expect((await graphql("{ shop { name } }")).data).toEqual({ shop: { name: "Small" } });
  });

  test("refuses a query that costs more than 1,000 at once", async () => {
    const { graphql } = buildStore();
    const field = (index: number) =>
      `a${index}: products(first: 250) { nodes { id variants(first: 250) { nodes { id product { id } } } } }`;
    const answer = await graphql(`{ ${Array.from({ length: 20 }, (_, index) => field(index)).join(" ")} }`);
    expect(answer.errors?.[0]?.extensions?.code).toBe("MAX_COST_EXCEEDED");
  });
});

describe("pages", () => {
  test("go on where the last one ended", async () => {
    const { graphql } = buildStore();
    const query = `query ($after: String) { products(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
    const first = await graphql(query);
    expect(first.data.products.nodes.map(({ id }: { id: string }) => id)).toEqual([
      "gid://shopify/Product/11",
      "gid://shopify/Product/12",
    ]);
    expect(first.data.products.pageInfo.hasNextPage).toBe(true);
    const second = await graphql(query, { after: first.data.products.pageInfo.endCursor });
    expect(second.data.products.nodes).toEqual([{ id: "gid://shopify/Product/13" }]);
    expect(second.data.products.pageInfo.hasNextPage).toBe(false);
  });

  test("need a size of at most 250", async () => {
    const { graphql } = buildStore();
    expect((await graphql("{ products { nodes { id } } }")).errors?.[0]?.message).toContain("first or last");
    expect((await graphql("{ products(first: 251) { nodes { id } } }")).errors?.[0]?.message).toContain("250");
  });
});

describe("orders", () => {
  test("older than 60 days are not given without read_all_orders, and nobody says so", async () => {
    const shop = buildShop();
    shop.orders.set("400", buildOrder("400", { createdAt: START - 61 * 86_400_000 }));
    const { graphql } = buildStore({ shops: [shop], scopes: ["read_orders"] });
    const answer = await graphql("{ orders(first: 10) { nodes { name } } }");
    expect(answer.errors).toBeUndefined();
    expect(answer.data.orders.nodes).toEqual([{ name: "#501" }, { name: "#502" }]);
    expect(
      (
        await graphql(`
          {
            order(id: "gid://shopify/Order/400") {
              id
            }
          }
        `)
      ).data,
    ).toEqual({ order: null });
  });

  test("are searched by time and refuse a search that the dev store cannot do", async () => {
    const shop = buildShop();
    shop.orders.set("503", buildOrder("503", { createdAt: START - 5 * 86_400_000, updatedAt: START }));
    const { graphql } = buildStore({ shops: [shop] });
    const search = async (query: string) =>
      (await graphql("query ($q: String) { orders(first: 10, query: $q) { nodes { name } } }", { q: query })).data
        .orders.nodes;
    expect(await search("created_at:>='2026-11-19T00:00:00Z'")).toEqual([{ name: "#501" }, { name: "#502" }]);
    expect(await search("updated_at:>2026-11-20T08:30:00Z")).toEqual([{ name: "#503" }]);
    expect(await search("-name:501 created_at:2026-11-20")).toEqual([{ name: "#502" }]);
    const unknown = await graphql(`
      {
        orders(first: 1, query: "favourite:yes") {
          nodes {
            id
          }
        }
      }
    `);
    expect(unknown.errors?.[0]?.message).toContain('does not search by "favourite"');
  });

  test("add up: discounts, refunds and shipping, in the shop's and in the buyer's currency", async () => {
    const shop = buildShop();
    const lines = [
      buildLine("90", {
        quantity: 3,
        currentQuantity: 2,
        unitPriceMinor: 1000,
        discounts: [{ amountMinor: 301, title: "Set" }],
      }),
    ];
    const refunds = [{ id: "77", createdAt: START, lines: [{ lineId: "90", quantity: 1, subtotalMinor: 900 }] }];
    const order = buildOrder("600", { lines, refunds, presentmentCurrency: "JPY", presentmentRate: 150 });
    shop.orders.set("600", order);
    const { graphql } = buildStore({ shops: [shop] });
    const money = "{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }";
    const { data } = await graphql(`{ order(id: "gid://shopify/Order/600") {
      currentSubtotalPriceSet ${money} totalDiscountsSet ${money} totalRefundedSet ${money} currentTotalPriceSet ${money}
      lineItems(first: 5) { nodes { discountedUnitPriceAfterAllDiscountsSet ${money}
        discountAllocations { allocatedAmountSet ${money} discountApplication { index ... on AutomaticDiscountApplication { title } } } } }
      refunds { refundLineItems(first: 5) { nodes { quantity subtotalSet ${money} lineItem { id } } } } } }`);
    const set = (usd: string, jpy: string) => ({
      shopMoney: { amount: usd, currencyCode: "USD" },
      presentmentMoney: { amount: jpy, currencyCode: "JPY" },
    });
    // 30.00 - 3.01 = 26.99, less one unit of three (9.00, the running share) = 17.99
    expect(data.order.currentSubtotalPriceSet).toEqual(set("17.99", "2699.0"));
    expect(data.order.totalDiscountsSet).toEqual(set("3.01", "452.0"));
    expect(data.order.totalRefundedSet).toEqual(set("9.0", "1350.0"));
    expect(data.order.currentTotalPriceSet).toEqual(set("22.99", "3449.0"));
    const [line] = data.order.lineItems.nodes;
    // A third of what the buyer paid, not of the shop's amount.
    expect(line.discountedUnitPriceAfterAllDiscountsSet).toEqual(set("9.0", "1349.0"));
    expect(line.discountAllocations).toEqual([
      { allocatedAmountSet: set("3.01", "452.0"), discountApplication: { index: 0, title: "Set" } },
    ]);
    expect(data.order.refunds[0].refundLineItems.nodes).toEqual([
      { quantity: 1, subtotalSet: set("9.0", "1350.0"), lineItem: { id: "gid://shopify/LineItem/90" } },
    ]);
  });

  test("in the buyer's currency are what the buyer paid, a market's own price and what was taken off it", async () => {
    const shop = buildShop();
    const discounts = [{ amountMinor: 200, paidMinor: 299, title: "Set" }];
    const lines = [buildLine("90", { quantity: 2, unitPriceMinor: 1999, paidUnitPriceMinor: 2980, discounts })];
    shop.orders.set("600", buildOrder("600", { lines, presentmentCurrency: "JPY", presentmentRate: 150 }));
    const { graphql } = buildStore({ shops: [shop] });
    const money = "{ shopMoney { amount } presentmentMoney { amount } }";
    const { data } = await graphql(`{ order(id: "gid://shopify/Order/600") {
      subtotalPriceSet ${money} totalPriceSet ${money}
      lineItems(first: 5) { nodes { originalUnitPriceSet ${money} originalTotalSet ${money} discountedTotalSet ${money}
        totalDiscountSet ${money} discountAllocations { allocatedAmountSet ${money} } } } } }`);
    const set = (usd: string, jpy: string) => ({ shopMoney: { amount: usd }, presentmentMoney: { amount: jpy } });
    expect(data.order).toEqual({
      subtotalPriceSet: set("37.98", "5661.0"),
      totalPriceSet: set("42.98", "6411.0"),
      lineItems: {
        nodes: [
          {
            ...{ originalUnitPriceSet: set("19.99", "2980.0"), originalTotalSet: set("39.98", "5960.0") },
            ...{ discountedTotalSet: set("37.98", "5661.0"), totalDiscountSet: set("2.0", "299.0") },
            discountAllocations: [{ allocatedAmountSet: set("2.0", "299.0") }],
          },
        ],
      },
    });
  });

  test("what was taken off shipping is on the order's shipping line, under an application of its own", async () => {
    const shop = buildShop();
    const set = { amountMinor: 100, title: "Set" };
    const shippingDiscounts = [
      { amountMinor: 300, title: "Set" },
      { amountMinor: 50, title: "Post", code: "POST" },
    ];
    const lines = [buildLine("90", { quantity: 1, unitPriceMinor: 1000, discounts: [set] })];
    shop.orders.set("600", buildOrder("600", { lines, shippingDiscounts }));
    const atTheCounter = { sourceName: "pos", shippingMinor: 0 };
    shop.orders.set("601", buildOrder("601", atTheCounter));
    const { graphql } = buildStore({ shops: [shop] });
    const amount = "{ shopMoney { amount } }";
    const applied = "discountApplication { __typename index targetType ... on AutomaticDiscountApplication { title } }";
    const shipping = `{ originalPriceSet ${amount} discountedPriceSet ${amount}
      discountAllocations { allocatedAmountSet ${amount} ${applied} } }`;
    const { data } = await graphql(`{
      order(id: "gid://shopify/Order/600") { shippingLine ${shipping} shippingLines(first: 5) { nodes ${shipping} }
        discountApplications(first: 5) { nodes { index targetType } } }
      counter: order(id: "gid://shopify/Order/601") { shippingLine ${shipping} shippingLines(first: 5) { nodes ${shipping} } }
    }`);
    const usd = (text: string) => ({ shopMoney: { amount: text } });
    const application = { index: 1, targetType: "SHIPPING_LINE" };
    const line = {
      ...{ originalPriceSet: usd("5.0"), discountedPriceSet: usd("1.5") },
      discountAllocations: [
        {
          allocatedAmountSet: usd("3.0"),
          discountApplication: { __typename: "AutomaticDiscountApplication", ...application, title: "Set" },
        },
        {
          allocatedAmountSet: usd("0.5"),
          discountApplication: { __typename: "DiscountCodeApplication", ...application, index: 2 },
        },
      ],
    };
    expect(data.order).toEqual({
      ...{ shippingLine: line, shippingLines: { nodes: [line] } },
      discountApplications: {
        nodes: [{ index: 0, targetType: "LINE_ITEM" }, application, { ...application, index: 2 }],
      },
    });
    expect(data.counter).toEqual({ shippingLine: null, shippingLines: { nodes: [] } });
  });

  test("a line's part of a discount on the order is among its allocations, not in what it costs itself", async () => {
    const shop = buildShop();
    const discounts = [
      { amountMinor: 100, title: "Set" },
      { amountMinor: 50, title: "Order discount", ofOrder: true as const },
    ];
    const lines = [buildLine("90", { quantity: 1, unitPriceMinor: 1000, discounts })];
    shop.orders.set("600", buildOrder("600", { lines }));
    const { graphql } = buildStore({ shops: [shop] });
    const amount = "{ shopMoney { amount } }";
    const { data } = await graphql(`{ order(id: "gid://shopify/Order/600") { lineItems(first: 5) { nodes {
      discountedTotalSet ${amount} discountedUnitPriceSet ${amount} discountedUnitPriceAfterAllDiscountsSet ${amount}
      discountAllocations { allocatedAmountSet ${amount} discountApplication { targetSelection allocationMethod } } } } } }`);
    const [line] = data.order.lineItems.nodes;
    const usd = (text: string) => ({ shopMoney: { amount: text } });
    expect(line).toEqual({
      discountedTotalSet: usd("9.0"),
      discountedUnitPriceSet: usd("9.0"),
      discountedUnitPriceAfterAllDiscountsSet: usd("8.5"),
      discountAllocations: [
        {
          allocatedAmountSet: usd("1.0"),
          discountApplication: { targetSelection: "EXPLICIT", allocationMethod: "EACH" },
        },
        { allocatedAmountSet: usd("0.5"), discountApplication: { targetSelection: "ALL", allocationMethod: "ACROSS" } },
      ],
    });
  });
});

test("products, variants, nodes and shipping answer with what the shop holds", async () => {
  const shop = buildShop({ shipping: { flatMinor: 695, freeFromMinor: 7500 } });
  const minimum = { subtotalMinor: 6000 };
  setNativeDiscounts(shop, [buildNativeDiscount("88", { title: "Free over 60", off: "free-shipping", minimum })]);
  const { graphql } = buildStore({ shops: [shop] });
  const { data } = await graphql(`
    {
      nodes(ids: ["gid://shopify/Product/11", "gid://shopify/ProductVariant/121", "gid://shopify/Product/99"]) {
        id
        ... on Product {
          tags
          featuredMedia {
            preview {
              image {
                url
              }
            }
          }
          variants(first: 1) {
            nodes {
              price
              inventoryItem {
                unitCost {
                  amount
                }
              }
            }
          }
        }
        ... on ProductVariant {
          price
          product {
            id
          }
        }
      }
      discountNodes(first: 5, query: "status:active") {
        nodes {
          discount {
            ... on DiscountAutomaticFreeShipping {
              minimumRequirement {
                ... on DiscountMinimumSubtotal {
                  greaterThanOrEqualToSubtotal {
                    amount
                  }
                }
              }
            }
          }
        }
      }
      deliveryProfiles(first: 1) {
        nodes {
          profileLocationGroups {
            locationGroupZones(first: 1) {
              nodes {
                methodDefinitions(first: 2) {
                  nodes {
                    name
                    methodConditions {
                      operator
                      conditionCriteria {
                        ... on MoneyV2 {
                          amount
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  `);
  expect(data.nodes[0]).toMatchObject({ id: "gid://shopify/Product/11", tags: ["a", "b"] });
  expect(data.nodes[0].featuredMedia.preview.image.url).toBe("http://localhost:4000/__images/11.svg");
  expect(data.nodes[0].variants.nodes).toEqual([{ price: "12.50", inventoryItem: { unitCost: { amount: "5.0" } } }]);
  expect(data.nodes[1]).toMatchObject({ price: "12.50", product: { id: "gid://shopify/Product/12" } });
  expect(data.nodes[2]).toBeNull();
  expect(data.discountNodes.nodes[0].discount.minimumRequirement.greaterThanOrEqualToSubtotal.amount).toBe("60.0");
  const [zone] = data.deliveryProfiles.nodes[0].profileLocationGroups[0].locationGroupZones.nodes;
  expect(zone.methodDefinitions.nodes[1]).toEqual({
    name: "Free shipping",
    methodConditions: [{ operator: "GREATER_THAN_OR_EQUAL_TO", conditionCriteria: { amount: "75.0" } }],
  });
});

test("market-driven shipping gives each market's minimum in its own currency", async () => {
  const shop = buildShop({ marketDrivenShipping: true, shipping: { flatMinor: 695, freeFromMinor: 7500 } });
  shop.markets.push({
    id: "2",
    handle: "jp",
    name: "Japan",
    countries: ["JP"],
    currency: "JPY",
    rate: 150,
    locales: ["ja"],
  });
  const { graphql } = buildStore({ shops: [shop] });
  const { data } = await graphql(`
    {
      shop {
        features {
          marketDrivenShipping
        }
      }
      markets(first: 5) {
        nodes {
          delivery {
            shipping {
              optionDefinitions(first: 5, active: true) {
                nodes {
                  currency
                  freeDeliveryMinimumValue {
                    amount
                  }
                }
              }
            }
          }
        }
      }
    }
  `);
  const minimums = data.markets.nodes.map(
    (market: { delivery: { shipping: { optionDefinitions: { nodes: object[] } } } }) =>
      market.delivery.shipping.optionDefinitions.nodes[0],
  );
  expect(data.shop.features.marketDrivenShipping).toBe(true);
  expect(minimums).toEqual([
    { currency: "USD", freeDeliveryMinimumValue: { amount: "75.0" } },
    { currency: "JPY", freeDeliveryMinimumValue: { amount: "11250.0" } },
  ]);
});
