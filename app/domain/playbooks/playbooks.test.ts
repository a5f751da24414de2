import { describe, expect, test } from "vitest";
import { companion, known, pairs, playbookFacts, productId } from "../../../test/fixtures/playbook-facts.ts";
import type { Offer } from "../offers/offer.ts";
import type { OfferTypeName } from "../offers/offer-type-name.ts";
import { contentShape } from "../offers/offer-types.ts";
import type { KnownProduct, PlaybookFacts } from "./facts.ts";
import type { PlaybookName, Proposal } from "./proposal.ts";
import { PLAYBOOKS } from "./propose.ts";
import { yearly } from "./rules/season-set.ts";

const propose = (name: PlaybookName, facts: PlaybookFacts) => PLAYBOOKS[name].propose(facts, () => false);

function offer(type: OfferTypeName, changes: Partial<Offer>): Offer {
  return { ...contentShape(type).default, status: "active", number: 7, type, version: 1, ...changes };
}
const ofProducts = (...numbers: number[]): Offer["conditions"] => [
  [{ condition: "products", products: numbers.map(productId) }],
];
const TEN_PERCENT = { kind: "percent", basisPoints: 1_000 } as const;

const SHAMPOO = known(1, 1_400, { title: "Shampoo" });
const CONDITIONER = known(2, 1_200, { title: "Conditioner" });

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

describe("the better product", () => {
  const upgrades = [
    { product: productId(1), upgrade: productId(2), customers: 12 },
    { product: productId(3), upgrade: productId(4), customers: 40 },
  ];
  const products = [known(1, 1_000), known(2, 1_400), known(3, 1_000), known(4, 1_500)];

  test("is offered in place of what its customers had before, all such pairs in one offer", () => {
    const [proposal, ...others] = propose("upgrade", playbookFacts({ upgrades }, products));
    expect(others).toEqual([]);
    expect(proposal).toMatchObject({
      ...{ id: "upgrade-3-4", reason: { code: "moved", customers: 40, others: 1 } },
      content: {
        mode: "manual",
        config: {
          pairs: [
            { products: [productId(3)], upgrade: [productId(4)] },
            { products: [productId(1)], upgrade: [productId(2)] },
          ],
        },
      },
    });
  });

  test("is left out where it costs too much or less, is hidden, or is offered already", () => {
    const dear = [known(1, 1_000), known(2, 1_501), known(3, 1_000), known(4, 999)];
    expect(propose("upgrade", playbookFacts({ upgrades }, dear))).toEqual([]);
    const hiddenUpgrades = new Map([[productId(3), new Set<string>([productId(4)])]]);
    expect(propose("upgrade", playbookFacts({ upgrades }, products, { hiddenUpgrades }))[0]!.id).toBe("upgrade-1-2");
    const offers = [offer("upgrade", { mode: "review" })];
    expect(propose("upgrade", playbookFacts({ upgrades }, products, { offers }))).toEqual([]);
  });

  test("is never offered in place of what is itself an upgrade in the same offer", () => {
    const chain = [
      { product: productId(1), upgrade: productId(2), customers: 12 },
      { product: productId(2), upgrade: productId(3), customers: 10 },
    ];
    const [proposal] = propose(
      "upgrade",
      playbookFacts({ upgrades: chain }, [...[known(1, 1_000), known(2, 1_200), known(3, 1_400)]]),
    );
    expect(proposal!.id).toBe("upgrade-2-3");
    expect(proposal!.reason).toMatchObject({ others: 0 });
  });
});

test("a small extra goes with several products, and with none that has add-ons", () => {
  const products = [known(1, 4_000), known(2, 5_000), known(3, 6_000), known(9, 500)];
  const evidence = { pairs: [1, 2, 3].map((number) => pairs(number, companion(9))) };
  const [proposal] = propose("small-extra", playbookFacts(evidence, products));
  expect(proposal).toMatchObject({
    ...{ id: "small-extra-9", type: "add-on", reason: { code: "extra", together: 90, products: 3 } },
    content: { conditions: ofProducts(1, 2, 3), config: { addOns: [{ product: [productId(9)] }], cap: 25 } },
  });
  const offers = [offer("add-on", { conditions: ofProducts(1) })];
  expect(propose("small-extra", playbookFacts(evidence, products, { offers }))[0]!.content.conditions).toEqual(
    ofProducts(2, 3),
  );
  expect(propose("small-extra", playbookFacts({ pairs: evidence.pairs.slice(0, 1) }, products))).toEqual([]);
});

describe("the free-shipping goal", () => {
  // A twentieth of the orders between each two: 10, 20 ... 210 dollars.
  const orderValues = { orders: 200, quantiles: Array.from({ length: 21 }, (_, n) => (n + 1) * 1_000) };
  const goal = (changes: Partial<PlaybookFacts> = {}, values: typeof orderValues | null = orderValues) =>
    propose("shipping-goal", playbookFacts({ orderValues: values }, [], changes))[0];

  test("lies a little above the order in the middle, at a round amount", () => {
    const proposal = goal()!;
    expect(proposal.content).toMatchObject({ reward: { kind: "free-shipping" }, config: { amounts: { USD: 14_000 } } });
    expect(proposal.reason).toEqual({
      ...{ code: "near-goal", goalMinor: 14_000, medianMinor: 11_000 },
      share: expect.closeTo(0.15, 5) as number,
    });
    expect(proposal.checks[0]).toEqual({ code: "already-reach", share: expect.closeTo(0.35, 5) as number });
  });

  test("follows the shop's own rate, in its countries", () => {
    const shippingRates = [{ currency: "USD", amountMinor: 15_000, countries: ["US"] }];
    const proposal = goal({ shippingRates })!;
    expect(proposal.content.config).toMatchObject({ amounts: { USD: 15_000 }, countries: ["US"] });
    expect(proposal.reason.code).toBe("own-rate");
    expect(proposal.checks).toEqual([]);
  });

  test("fills in the draft that waits for an amount, and leaves every other goal alone", () => {
    const draft = offer("goal", { number: 2, status: "draft" });
    expect(goal({ offers: [draft] })!.draft).toBe(2);
    expect(goal({ offers: [{ ...draft, status: "paused" }] })).toBeUndefined();
    expect(goal({ offers: [draft, offer("goal", { number: 3 })] })).toBeUndefined();
  });

  test("is not proposed for a few orders, or where the own rate is free for most orders anyway", () => {
    expect(goal({}, { ...orderValues, orders: 49 })).toBeUndefined();
    expect(goal({}, null)).toBeUndefined();
    const shippingRates = [{ currency: "USD", amountMinor: 5_000, countries: null }];
    expect(goal({ shippingRates })).toBeUndefined();
  });
});

test("a name holds the titles of all products, however long they are", () => {
  const long = (number: number) => known(number, 1_000, { title: "👜".repeat(80) });
  const [proposal] = propose("pair", playbookFacts({ pairs: [pairs(1, companion(2))] }, [long(1), long(2)])) as [
    Proposal,
  ];
  expect(proposal.content.name.length).toBeLessThanOrEqual(100);
  expect(proposal.content.name.isWellFormed()).toBe(true);
  expect(contentShape("bought-together").parse(proposal.content).ok).toBe(true);
});
