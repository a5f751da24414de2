import { describe, expect, test } from "vitest";
import {
  companion,
  CONDITIONER,
  known,
  offer,
  ofProducts,
  pairs,
  playbookFacts,
  productId,
  propose,
  SHAMPOO,
  TEN_PERCENT,
} from "../../../../test/fixtures/playbook-facts.ts";
import type { PlaybookFacts } from "../facts.ts";
import { yearly } from "./season-set.ts";
import { contentShape } from "../../offers/offer-types.ts";

describe("two that go together", () => {
  const evidence = { pairs: [pairs(1, companion(2))] };
  const facts = (changes: Partial<PlaybookFacts> = {}, products = [SHAMPOO, CONDITIONER]) =>
    playbookFacts(evidence, products, changes);

  test("are a set on the first one's page for less, with the figures of its evidence", () => {
    expect(propose("pair", facts())).toEqual([
      {
        ...{ id: "pair-1-2", playbook: "pair", type: "bought-together", draft: null, weight: 30 },
        content: {
          ...contentShape("bought-together").default,
          ...{ name: "Shampoo + Conditioner", status: "active", mode: "automatic", priority: 110 },
          ...{ conditions: ofProducts(1), reward: TEN_PERCENT, config: { setSize: 1, countries: null } },
        },
        products: [productId(1), productId(2)],
        reason: { code: "pair", together: 30, orders: 100 },
        checks: [
          { code: "cost", monthlyMinor: 780 },
          { code: "cost-unknown", products: [productId(1), productId(2)] },
        ],
      },
    ]);
  });

  test("give less where costs leave no room for more, and nothing where they leave none", () => {
    const costing = (costShare: number) => propose("pair", facts({}, [SHAMPOO, { ...CONDITIONER, costShare }]));
    expect(costing(0.6)[0]!.checks).toContainEqual({ code: "margin", leftPercent: 33 });
    expect(costing(0.92)[0]!.content.reward).toEqual({ kind: "percent", basisPoints: 500 });
    expect(costing(0.97)).toEqual([]);
    const limits = { companionPricePercent: 200, leastMarginPercent: 40 };
    expect(propose("pair", facts({ limits }, [SHAMPOO, { ...CONDITIONER, costShare: 0.6 }]))).toEqual([]);
  });

  test.each<[string, Partial<PlaybookFacts>]>([
    ["another set with a reward applies", { offers: [offer("bought-together", { reward: TEN_PERCENT })] }],
    [
      "a draft with a reward names the product",
      {
        offers: [offer("bought-together", { status: "draft", reward: TEN_PERCENT, conditions: ofProducts(1) })],
      },
    ],
    ["quantity breaks apply to the product", { offers: [offer("quantity-breaks", { conditions: ofProducts(1) })] }],
    ["a person refused the pair", { choices: [{ trigger: productId(1), companion: productId(2), kind: "block" }] }],
    ["a person pinned something else", { choices: [{ trigger: productId(1), companion: productId(9), kind: "pin" }] }],
    ["people approve pairs, and nobody approved this one", { mode: "review" }],
    ["a person excluded the product", { exclusions: { asTrigger: new Set([productId(1)]), asCompanion: new Set() } }],
    ["a person excluded the companion", { exclusions: { asTrigger: new Set(), asCompanion: new Set([productId(2)]) } }],
    [
      "the shop shows no companion that costs so much",
      {
        limits: { companionPricePercent: 50, leastMarginPercent: 0 },
      },
    ],
    ["a set has the highest priority", { offers: [offer("bought-together", { priority: 1_000 })] }],
  ])("are not proposed where %s", (_, changes) => {
    expect(propose("pair", facts(changes))).toEqual([]);
  });

  test("are proposed where people approve pairs, once this one is approved", () => {
    const choices = [{ trigger: productId(1), companion: productId(2), kind: "approve" as const }];
    expect(propose("pair", facts({ mode: "review", choices }))[0]!.content.mode).toBe("review");
  });

  test("come before the shop's other sets on the product's page", () => {
    const offers = [offer("bought-together", { priority: 300 }), offer("goal", { priority: 900 })];
    expect(propose("pair", facts({ offers }))[0]!.content.priority).toBe(310);
  });

  test("are not proposed with weak evidence, sold out, or at far apart prices", () => {
    const weak = playbookFacts({ pairs: [pairs(1, companion(2, { strong: false }))] }, [SHAMPOO, CONDITIONER]);
    expect(propose("pair", weak)).toEqual([]);
    expect(propose("pair", facts({}, [SHAMPOO, { ...CONDITIONER, isForSale: false }]))).toEqual([]);
    expect(propose("pair", facts({}, [SHAMPOO, known(2, 500)]))).toEqual([]);
  });
});

test("a set of three needs companions that are bought with each other", () => {
  const products = [known(1, 900), known(2, 500), known(3, 400)];
  const three = pairs(1, companion(2), companion(3, { together: 25 }));
  expect(propose("set-of-three", playbookFacts({ pairs: [three] }, products))).toEqual([]);
  const [proposal] = propose("set-of-three", playbookFacts({ pairs: [three, pairs(2, companion(3))] }, products));
  expect(proposal).toMatchObject({
    ...{ id: "set-of-three-1-2-3", content: { config: { setSize: 2 }, reward: TEN_PERCENT } },
    reason: { code: "three", withSecond: 30, withThird: 25, orders: 100 },
  });
});

describe("a product with its accessory", () => {
  const PHONE = known(1, 49_900, { title: "Phone" });
  const CASE = known(2, 2_400, { title: "Case" });
  const evidence = { pairs: [pairs(1, companion(2))] };

  test("costs a round price in the shop's currency that takes at least 7 % off", () => {
    const [proposal] = propose("accessory-price", playbookFacts(evidence, [PHONE, CASE], { hasOtherCurrencies: true }));
    expect(proposal!.content.reward).toEqual({ kind: "fixed-price", amounts: { USD: 48_500 } });
    expect(proposal!.checks.map(({ code }) => code)).toEqual(["cost", "cost-unknown", "other-currencies"]);
  });

  test("is not proposed where variants differ in price, or costs leave no room", () => {
    const withSizes = { ...PHONE, highestMinor: 59_900 };
    expect(propose("accessory-price", playbookFacts(evidence, [withSizes, CASE]))).toEqual([]);
    expect(propose("accessory-price", playbookFacts(evidence, [{ ...PHONE, costShare: 0.99 }, CASE]))).toEqual([]);
  });
});

describe("a seasonal set", () => {
  const season = {
    ...{ product: productId(1), companion: productId(2), months: [11, 12, 1] as const },
    ...{ together: 60, inSeason: 52, years: 3, before: 0 },
  };
  const products = [known(1, 900), known(2, 500)];

  test("runs in its months of every year, with room for those that are shown before", () => {
    const [proposal] = propose("season-set", playbookFacts({ seasons: [{ ...season, before: 1 }] }, products));
    expect(proposal!.content.schedule).toEqual({ from: "2026-11-01T00:00", to: "2027-02-01T00:00", yearly: true });
    expect(proposal!.content.config).toMatchObject({ setSize: 2 });
    expect(proposal!.reason).toEqual({ code: "season", together: 60, inSeason: 52, years: 3, months: [11, 12, 1] });
  });

  test("is not proposed where a set has no room for it, or people decide", () => {
    expect(propose("season-set", playbookFacts({ seasons: [{ ...season, before: 3 }] }, products))).toEqual([]);
    expect(propose("season-set", playbookFacts({ seasons: [season] }, products, { mode: "manual" }))).toEqual([]);
  });

  test.each([
    [[7, 8], "2026-11-28", "2027-07-01T00:00", "2027-09-01T00:00"],
    [[7, 8], "2026-07-05", "2026-07-01T00:00", "2026-09-01T00:00"],
    [[12, 1], "2026-11-28", "2026-12-01T00:00", "2027-02-01T00:00"],
    [[12, 1], "2027-01-31", "2026-12-01T00:00", "2027-02-01T00:00"],
    [[12, 1], "2027-02-01", "2027-12-01T00:00", "2028-02-01T00:00"],
    [[12], "2026-12-31", "2026-12-01T00:00", "2027-01-01T00:00"],
  ])("of the months %j, seen on %s, begins at %s and ends at %s", (months, today, from, to) => {
    expect(yearly(months, today)).toEqual({ from, to, yearly: true });
  });
});
