import { describe, expect, test } from "vitest";
import {
  companion,
  known,
  offer,
  ofProducts,
  pairs,
  playbookFacts,
  productId,
  propose,
  TEN_PERCENT,
} from "../../../../test/fixtures/playbook-facts.ts";
import type { KnownProduct } from "../facts.ts";
import type { OfferTypeName } from "../../offers/offer-type-name.ts";

describe("buy one, get the other for less", () => {
  const products = [known(1, 900), known(2, 500)];
  const withShare = (together: number) => playbookFacts({ pairs: [pairs(1, companion(2, { together }))] }, products);

  test("lowers the companion alone, once in an order", () => {
    const [proposal] = propose("buy-and-get", withShare(12));
    expect(proposal).toMatchObject({
      ...{ id: "buy-and-get-1-2", type: "buy-x-get-y" },
      content: {
        conditions: ofProducts(1),
        config: {
          ...{ buy: 1, get: 1, gets: "others", gotProducts: [productId(2)], most: 1 },
          reward: { kind: "percent", basisPoints: 2_000 },
        },
      },
      checks: [
        { code: "cost", monthlyMinor: 300 },
        { code: "cost-unknown", products: [productId(2)] },
      ],
    });
  });

  test("is not proposed where many buy both anyway", () => {
    expect(propose("buy-and-get", withShare(31))).toEqual([]);
  });
});

test("slow stock is offered for less with the product that sells well, never below cost", () => {
  const slow = {
    product: productId(2),
    partner: productId(1),
    together: 4,
    recent: 1,
    expected: 9.6,
    partnerRecent: 80,
  };
  const products = (costShare: number | null) => [known(1, 900), known(2, 500, { costShare })];
  const facts = (costShare: number | null) => playbookFacts({ slow: [slow] }, products(costShare));
  expect(propose("clear-stock", facts(0.65))[0]).toMatchObject({
    ...{ type: "buy-x-get-y", reason: { code: "slow", recent: 1, expected: 10, partnerRecent: 80 } },
    content: { conditions: ofProducts(1), config: { gotProducts: [productId(2)] } },
    checks: [{ code: "margin", leftPercent: 7 }],
  });
  expect(propose("clear-stock", facts(0.75))[0]!.content.config).toMatchObject({ reward: { basisPoints: 2_000 } });
  expect(propose("clear-stock", facts(0.95))).toEqual([]);
});

describe("a quantity discount", () => {
  const facts = (ordersByUnits: [number, number][], product: Partial<KnownProduct> = {}) =>
    playbookFacts({ quantities: [{ product: productId(1), ordersByUnits }] }, [known(1, 1_000, product)]);

  test("begins one unit above what shoppers usually take", () => {
    const [proposal] = propose(
      "several-at-once",
      facts([
        [1, 60],
        [2, 30],
        [3, 10],
      ]),
    );
    expect(proposal!.content.config).toEqual({
      variants: "together",
      tiers: [
        { quantity: 3, reward: { kind: "percent", basisPoints: 500 } },
        { quantity: 6, reward: { kind: "percent", basisPoints: 1_000 } },
      ],
    });
    expect(proposal!.reason).toEqual({ code: "several", several: 40, orders: 100, usual: 2 });
    // Ten orders a year of three units at 10 dollars, 5 % off.
    expect(proposal!.checks[0]).toEqual({ code: "cost", monthlyMinor: 125 });
  });

  test("has the tiers that the cost allows", () => {
    const [proposal] = propose(
      "several-at-once",
      facts(
        [
          [1, 60],
          [2, 30],
        ],
        { costShare: 0.93 },
      ),
    );
    expect(proposal!.content.config).toMatchObject({ tiers: [{ quantity: 3 }] });
    expect(
      propose(
        "several-at-once",
        facts(
          [
            [1, 60],
            [2, 30],
          ],
          { costShare: 0.99 },
        ),
      ),
    ).toEqual([]);
  });

  test("is proposed beside a discount on sets, and not beside another one on its own units", () => {
    const habits = facts([
      [1, 60],
      [2, 30],
    ]);
    const withOffer = (type: OfferTypeName) => ({ ...habits, offers: [offer(type, { reward: TEN_PERCENT })] });
    expect(propose("several-at-once", withOffer("bought-together"))).toHaveLength(1);
    expect(propose("several-at-once", withOffer("buy-x-get-y"))).toEqual([]);
    expect(propose("several-at-once", withOffer("quantity-breaks"))).toEqual([]);
  });

  test("is not proposed for a few orders, a small share, or the quantities of resellers", () => {
    expect(
      propose(
        "several-at-once",
        facts([
          [1, 1],
          [2, 19],
        ]),
      ),
    ).toEqual([]);
    expect(
      propose(
        "several-at-once",
        facts([
          [1, 81],
          [2, 20],
        ]),
      ),
    ).toEqual([]);
    expect(
      propose(
        "several-at-once",
        facts([
          [1, 10],
          [40, 30],
        ]),
      ),
    ).toEqual([]);
  });
});

test("what customers come back for is cheaper by two and three", () => {
  const repeat = { product: productId(1), customers: 60, repeatShare: 0.4, medianDays: 31.4 };
  const facts = (changes: object) => playbookFacts({ repeats: [{ ...repeat, ...changes }] }, [known(1, 1_000)]);
  const [proposal] = propose("stock-up", facts({}));
  expect(proposal!.content.config).toMatchObject({ tiers: [{ quantity: 2 }, { quantity: 3 }] });
  expect(proposal!.reason).toEqual({ code: "repeat", customers: 60, repeatShare: 0.4, days: 31 });
  for (const weak of [{ customers: 19 }, { repeatShare: 0.19 }, { medianDays: 121 }]) {
    expect(propose("stock-up", facts(weak))).toEqual([]);
  }
});
