import fc from "fast-check";
import { expect, test } from "vitest";
import { gid, type ProductId } from "../../../ids.ts";
import type { LearntCompanion } from "../../../mining/lists/learnt-lists.ts";
import type { SegmentList } from "../../../mining/segments/segment.ts";
import { LISTED_COMPANIONS, OFFER_COMPANIONS, SEGMENT_COMPANIONS } from "../../../shoppers/list-lengths.ts";
import { Compatibility, NO_COMPATIBILITY } from "../../compatibility/compatibility.ts";
import { chooseOffer } from "./choose-offer.ts";
import type { ChosenOffer, CompanionChoice, ProductFacts, ShopFacts } from "./chosen-offer.ts";
import { segmentsOnline } from "./segment-offers.ts";

const TRIGGER = product(1);
/** Orders of the trigger with a companion that give strong, fair and thin evidence in the shop below. */
const [STRONG, FAIR, THIN] = [40, 6, 3];

function product(number: number): ProductId {
  return gid("Product", number);
}

const companion = (number: number, changes: Partial<LearntCompanion> = {}): LearntCompanion => ({
  ...{ item: String(number), weight: 0.5, placedBy: "page", rank: 1, confidenceRank: 1, recentTogether: 0 },
  ...{ from: [], viewed: null, insteadOf: null, season: null, nearIdenticalTo: null },
  ...changes,
});

/** 1,000 orders; the trigger is in 100 of them, every other product in 100 as well. */
function shopOf(changes: Partial<ShopFacts> = {}): ShopFacts {
  const ids = Array.from({ length: 40 }, (_, n) => product(n + 1));
  return {
    settings: { useCustomerHistory: false, companionPricePercent: null, leastMarginPercent: 0 },
    exclusions: { asTrigger: new Set(), asCompanion: new Set() },
    compatibility: NO_COMPATIBILITY,
    catalogue: new Map(ids.map((id) => [id, { published: true, inStock: true, isGiftCard: false }])),
    basketCounts: new Map(ids.map((id) => [id, 20])),
    baskets: 10_000,
    standard: { strong: 1e-4, fair: 0.01, chance: { expected: (a, b) => (a * b) / 10_000 } },
    month: 6,
    ordersUntil: null,
    ...changes,
  };
}

function factsOf(
  companions: readonly LearntCompanion[],
  { together = STRONG, ...changes }: Partial<ProductFacts> & { together?: number | Record<string, number> } = {},
): ProductFacts {
  const list = { item: "1", ranker: "confidence", cartRanker: "confidence", recentOrders: 50, companions };
  const countOf = (item: string) => (typeof together === "number" ? together : (together[item] ?? STRONG));
  const ofTrigger = Array.from({ length: 40 }, (_, n) => String(n + 2)).map(
    (item) => [item, { productId: item, together: countOf(item), firstAt: 0, lastAt: 1 }] as const,
  );
  return {
    ...{ product: TRIGGER, mode: "automatic", setSize: 3, discountBasisPoints: 0, list, choices: [], segments: [] },
    orders: new Map([[TRIGGER, { baskets: 100, companions: new Map(ofTrigger) }]]),
    ...changes,
  };
}

const choice = (number: number, kind: CompanionChoice["kind"]): CompanionChoice => ({
  ...{ trigger: TRIGGER, companion: product(number), kind },
});
const offered = (facts: ProductFacts, shop = shopOf()) =>
  chooseOffer(facts, shop).companions.map(({ product: id }) => Number(id.split("/").at(-1)));

test("the counts of this file give the three grades", () => {
  const { considered } = chooseOffer(
    factsOf([companion(2), companion(3), companion(4)], { together: { 2: STRONG, 3: FAIR, 4: THIN } }),
    shopOf(),
  );
  expect(considered.map(({ grade }) => grade)).toEqual(["strong", "fair", "thin"]);
});

test("offers the list in its order, and nothing with thin evidence", () => {
  expect(offered(factsOf([companion(2), companion(3), companion(4)], { together: { 3: THIN } }))).toEqual([2, 4]);
});

test("a pin comes first whatever its evidence, and a block overrides strong evidence", () => {
  const choices = [choice(9, "pin"), choice(2, "block")];
  expect(offered(factsOf([companion(2), companion(3)], { choices, together: { 9: 0 } }))).toEqual([9, 3]);
});

test.each(["manual", "review"] as const)(
  "offers only pins in %s mode, and still says what it would suggest",
  (mode) => {
    const facts = factsOf([companion(2), companion(3)], { mode, choices: [choice(9, "pin")] });
    expect(offered(facts)).toEqual([9]);
    expect(chooseOffer(facts, shopOf()).suggested).toMatchObject({
      companions: [product(2), product(3)],
      grade: "strong",
    });
  },
);

test("with a product that is excluded as a whole nothing is offered, pins included", () => {
  const shop = shopOf({ exclusions: { asTrigger: new Set([TRIGGER]), asCompanion: new Set() } });
  const chosen = chooseOffer(factsOf([companion(2)], { choices: [choice(9, "pin")] }), shop);
  expect(chosen.companions).toEqual([]);
  expect([...chosen.refused]).toEqual([product(9), product(2)]);
});

test("a product that is excluded as a companion is offered with nothing, pinned or not", () => {
  const shop = shopOf({ exclusions: { asTrigger: new Set(), asCompanion: new Set([product(2), product(9)]) } });
  expect(offered(factsOf([companion(2), companion(3)], { choices: [choice(9, "pin")] }), shop)).toEqual([3]);
});

test("leaves out substitutes and what is out of season, and names them as refused", () => {
  const resting = { months: [12], together: 10, togetherInSeason: 10, years: 2, boost: 3, rest: 0 };
  const list = [companion(2, { insteadOf: "switching" }), companion(3, { season: resting }), companion(4)];
  const chosen = chooseOffer(factsOf(list), shopOf());
  expect(chosen.companions.map((one) => one.product)).toEqual([product(4)]);
  expect([...chosen.refused]).toEqual([product(2), product(3)]);
  expect(offered(factsOf(list), shopOf({ month: 12 }))).toEqual([3, 4]);
});

test("offers one of near-identical companions and suggests one, and does not call the other refused", () => {
  const chosen = chooseOffer(factsOf([companion(2), companion(3, { nearIdenticalTo: "2" }), companion(4)]), shopOf());
  expect(chosen.companions.map((one) => one.product)).toEqual([product(2), product(4)]);
  expect(chosen.suggested?.companions).toEqual([product(2), product(4)]);
  expect([[...chosen.nearIdentical], [...chosen.refused]]).toEqual([[product(3)], []]);
});

test("a companion taken from similar products is judged by the evidence there", () => {
  const taken = companion(2, { placedBy: "similar", from: [{ item: "30", similarity: 1 }] });
  const count = { productId: "2", together: STRONG, firstAt: 0, lastAt: 1 };
  const orders = new Map([
    [TRIGGER, { baskets: 3, companions: new Map() }],
    [product(30), { baskets: 100, companions: new Map([["2", count]]) }],
  ]);
  const chosen = chooseOffer(factsOf([taken], { orders }), shopOf());
  expect(chosen.companions).toMatchObject([{ product: product(2), source: "similar" }]);
  expect(chosen.considered[0]).toMatchObject({ grade: "strong", from: [{ product: product(30) }] });
  expect(offered(factsOf([{ ...taken, from: [] }], { orders }))).toEqual([]);
});

test("a companion that is viewed with a new product is offered as such until orders support it, and claims no evidence", () => {
  const viewed = companion(2, { placedBy: "viewed", viewed: { viewers: 90, viewed: 40, thenBought: 3 } });
  const few = new Map([[TRIGGER, { baskets: 3, companions: new Map() }]]);
  const chosen = chooseOffer(factsOf([viewed], { orders: few }), shopOf());
  expect(chosen.companions).toMatchObject([{ product: product(2), source: "viewed" }]);
  expect(chosen.considered[0]).toMatchObject({ grade: "thin" });
  expect([chosen.suggested, chosen.ordersShown.size]).toEqual([null, 0]);
  expect(offered(factsOf([viewed], { orders: few, mode: "review" }))).toEqual([]);
  // By now orders say the same.
  expect(chooseOffer(factsOf([viewed]), shopOf()).companions).toMatchObject([{ source: "mined" }]);
});

const segment = (by: SegmentList["by"], is: string, items: readonly number[]): SegmentList => ({
  ...{ by, is, companions: items.map((item) => ({ item: String(item), weight: 0.4 })) },
});

test("a segment's list passes the same gates and is filled up with the best of the default list", () => {
  const segments = [segment("market", "EUR", [5, 6, 4])];
  const facts = factsOf([companion(2), companion(3), companion(4)], { segments, together: { 6: THIN } });
  expect(chooseOffer(facts, shopOf()).segments).toMatchObject([
    { by: "market", is: "EUR", companions: [5, 4, 2, 3].map((n) => ({ product: product(n) })) },
  ]);
});

test("a segment whose own list offers nothing is left out", () => {
  const segments = [segment("market", "EUR", [5])];
  expect(chooseOffer(factsOf([companion(2)], { segments, together: { 5: THIN } }), shopOf()).segments).toEqual([]);
});

test("what is near-identical to one of a segment's own companions is not added to it", () => {
  const segments = [segment("customer", "new", [2])];
  const facts = factsOf([companion(3), companion(2, { nearIdenticalTo: "3" }), companion(4)], { segments });
  expect(chooseOffer(facts, shopOf()).segments[0]?.companions.map((one) => one.product)).toEqual([2, 4].map(product));
});

test("online, tries no till and no rank unless histories count, and nothing after the channel of all shoppers", () => {
  const all = [
    ...[segment("channel", "pos", [2]), segment("rank", "A", [2]), segment("customer", "new", [2])],
    ...[segment("channel", "online", [2]), segment("market", "EUR", [2])],
  ];
  const names = (useCustomerHistory: boolean) => segmentsOnline(all, { useCustomerHistory }).map(({ is }) => is);
  expect(names(false)).toEqual(["new", "online"]);
  expect(names(true)).toEqual(["A", "new", "online"]);
});

test("shows numbers of orders from ten on, and never for a companion of similar products", () => {
  const list = [
    ...[companion(2, { recentTogether: 12 }), companion(3, { recentTogether: 9 })],
    companion(4, { recentTogether: 30, placedBy: "similar", from: [] }),
    // As many as the orders still have: some were cancelled since the list was learnt.
    companion(5, { recentTogether: 30 }),
  ];
  const facts = factsOf(list, { together: { 5: 11 } });
  const until = new Date("2026-11-20T00:00:00Z");
  expect(chooseOffer(facts, shopOf({ ordersUntil: until })).ordersShown).toEqual(
    new Map([
      [product(2), 12],
      [product(5), 11],
    ]),
  );
  expect(chooseOffer(facts, shopOf()).ordersShown.size).toBe(0);
});

test("says how many orders of the closest pair are missing, and nothing where there is evidence or hardly any hope", () => {
  const missing = (together: number, shop = shopOf()) =>
    chooseOffer(factsOf([companion(2)], { together }), shop).ordersMissing();
  expect(missing(STRONG)).toBeNull();
  expect(missing(THIN)).toBe(2);
  const hopeless = { strong: 0, fair: 0, chance: { expected: () => 1 } };
  expect(missing(THIN, shopOf({ standard: hopeless }))).toBeNull();
});

const anyFacts = fc.record({
  items: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 35 }),
  together: fc.dictionary(fc.integer({ min: 2, max: 40 }).map(String), fc.constantFrom(STRONG, FAIR, THIN, 0)),
  pins: fc.uniqueArray(fc.integer({ min: 1, max: 45 }), { maxLength: LISTED_COMPANIONS }),
  blocks: fc.uniqueArray(fc.integer({ min: 2, max: 40 }), { maxLength: 5 }),
  excluded: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 5 }),
  unsold: fc.uniqueArray(fc.integer({ min: 2, max: 40 }), { maxLength: 5 }),
  ofSegment: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 12 }),
});

test("whatever the input, no list holds the product itself, a repeat, or what must not be offered", () => {
  fc.assert(
    fc.property(anyFacts, ({ items, together, pins, blocks, excluded, unsold, ofSegment }) => {
      const blocked = new Set(blocks);
      const choices = [
        ...pins.filter((pin) => !blocked.has(pin)).map((n) => choice(n, "pin")),
        ...blocks.map((n) => choice(n, "block")),
      ];
      const shop = shopOf({
        exclusions: { asTrigger: new Set(), asCompanion: new Set(excluded.map(product)) },
      });
      const catalogue = new Map(
        [...shop.catalogue].map(([id, facts]) => [id, { ...facts, inStock: !unsold.map(product).includes(id) }]),
      );
      const facts = factsOf(
        items.map((item) => companion(item)),
        { together, choices, segments: [segment("market", "EUR", ofSegment)] },
      );
      const chosen = chooseOffer(facts, { ...shop, catalogue });
      const lists = [chosen.companions, ...chosen.segments.map(({ companions }) => companions)];
      expect(chosen.companions.length).toBeLessThanOrEqual(OFFER_COMPANIONS);
      for (const list of lists) {
        const ids = list.map((one) => one.product);
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) {
          const number = Number(id.split("/").at(-1));
          expect([id === TRIGGER, blocked.has(number), excluded.includes(number), unsold.includes(number)]).toEqual([
            ...[false, false, false, false],
          ]);
          const isPinned = pins.includes(number);
          expect(isPinned || (together[number] ?? STRONG) >= FAIR).toBe(true);
        }
      }
      for (const { companions } of chosen.segments) {
        expect(companions.length).toBeLessThanOrEqual(SEGMENT_COMPANIONS);
        expect(companions.length).toBeGreaterThanOrEqual(Math.min(chosen.companions.length, SEGMENT_COMPANIONS));
      }
    }),
  );
});

const season = { months: [6], together: 10, togetherInSeason: 9, years: 2, boost: 3, rest: 0 };
const anyCompanion = fc.record({
  item: fc.integer({ min: 2, max: 20 }),
  placedBy: fc.constantFrom("page", "cart", "viewed", "similar"),
  recentTogether: fc.constantFrom(0, 12),
  insteadOf: fc.option(fc.constant("switching"), { freq: 5 }),
  season: fc.option(fc.constantFrom(season, { ...season, months: [12] }), { freq: 5 }),
  nearIdenticalTo: fc.option(fc.constantFrom("2", "3", "4"), { freq: 3 }),
});

test("looking only at what can be chosen leaves out nothing that is", () => {
  const anyTogether = fc.dictionary(
    fc.integer({ min: 2, max: 20 }).map(String),
    fc.constantFrom(STRONG, 10, FAIR, 5, 4, 0),
  );
  const anyChoices = fc.array(fc.tuple(fc.integer({ min: 2, max: 20 }), fc.constantFrom("pin", "block", "approve")));
  const anySegment = fc.uniqueArray(fc.integer({ min: 2, max: 20 }), { maxLength: 12 });
  const anyList = fc.uniqueArray(anyCompanion, { selector: ({ item }) => item, maxLength: 15 });
  const until = new Date("2026-11-20T00:00:00Z");
  fc.assert(
    fc.property(
      anyList,
      anyTogether,
      fc.option(anyChoices, { nil: [] }),
      anySegment,
      (list, together, choices, own) => {
        const from = [{ item: "30", similarity: 1 }];
        const companions = list.map(({ item, placedBy, ...rest }) =>
          companion(item, { placedBy, ...rest, from: placedBy === "similar" ? from : [] } as Partial<LearntCompanion>),
        );
        const given = {
          ...{ together, segments: [segment("market", "EUR", own)] },
          choices: choices.map(([number, kind]) => choice(number, kind as CompanionChoice["kind"])),
        };
        const choose = (onlyChosen: boolean) =>
          chooseOffer(factsOf(companions, { ...given, onlyChosen }), shopOf({ ordersUntil: until }));
        const chosenOf = ({ companions: of, segments, ordersShown, nearIdentical, suggested }: ChosenOffer) => ({
          ...{ of, segments, ordersShown, nearIdentical, suggested },
        });
        expect(chosenOf(choose(true))).toEqual(chosenOf(choose(false)));
      },
    ),
  );
});

test("what is in too few orders is not even considered where only the choice matters", () => {
  const facts = factsOf([companion(2), companion(3), companion(4)], { together: { 3: 4 }, onlyChosen: true });
  expect(chooseOffer(facts, shopOf()).considered.map((one) => [one.product, one.place])).toEqual([
    [product(2), 0],
    [product(4), 2],
  ]);
});

const proposed = (facts: ProductFacts, shop = shopOf()) =>
  (chooseOffer(facts, shop).suggested?.proposed ?? []).map((id) => Number(id.split("/").at(-1)));
const FIVE = [2, 3, 4, 5, 6].map((number) => companion(number));

test("in review mode as many are proposed as the set has room for, and nothing is offered", () => {
  expect(proposed(factsOf(FIVE, { mode: "review" }))).toEqual([2, 3, 4]);
  expect(offered(factsOf(FIVE, { mode: "review" }))).toEqual([]);
  expect(proposed(factsOf(FIVE, { mode: "review", choices: [choice(9, "pin"), choice(2, "pin")] }))).toEqual([3]);
  for (const mode of ["automatic", "manual"] as const) expect(proposed(factsOf(FIVE, { mode }))).toEqual([]);
});

test("what is approved is offered in the order of its evidence, after pins, until somebody decides about what is new", () => {
  const choices = [choice(4, "approve"), choice(3, "approve"), choice(9, "pin")];
  expect(offered(factsOf(FIVE, { mode: "review", choices }))).toEqual([9, 3, 4]);
  expect(proposed(factsOf(FIVE, { mode: "review", choices }))).toEqual([2]);
  // What lost its evidence stays as long as nobody takes it away.
  expect(offered(factsOf([companion(2)], { mode: "review", choices }))).toEqual([9, 4, 3]);
});

test("a rejected companion makes room for the next, and one that is never recommended for another", () => {
  const choices = [choice(2, "block")];
  expect(proposed(factsOf(FIVE, { mode: "review", choices }))).toEqual([3, 4, 5]);
  const exclusions = { asTrigger: new Set<ProductId>(), asCompanion: new Set([product(3)]) };
  expect(proposed(factsOf(FIVE, { mode: "review" }), shopOf({ exclusions }))).toEqual([2, 4, 5]);
  const noTrigger = { asTrigger: new Set([TRIGGER]), asCompanion: new Set<ProductId>() };
  expect(proposed(factsOf(FIVE, { mode: "review" }), shopOf({ exclusions: noTrigger }))).toEqual([]);
});

test("approvals stay with manual mode and do not count in automatic mode", () => {
  const choices = [choice(5, "approve")];
  expect(offered(factsOf(FIVE, { mode: "manual", choices }))).toEqual([5]);
  expect(offered(factsOf(FIVE, { choices }))).toEqual([2, 3, 4, 5, 6]);
});

test("what staff stated not to fit is not offered, not even approved, but pinned", () => {
  const fits = { products: new Set([product(2)]), fits: new Set([product(7)]) };
  const shop = shopOf({ compatibility: new Compatibility([fits]) });
  expect(offered(factsOf([companion(2), companion(3)]), shop)).toEqual([3]);
  expect(proposed(factsOf([companion(2), companion(3)], { mode: "review" }), shop)).toEqual([3]);
  expect(offered(factsOf([companion(2)], { mode: "review", choices: [choice(2, "approve")] }), shop)).toEqual([]);
  expect(offered(factsOf([companion(2)], { choices: [choice(2, "pin")] }), shop)).toEqual([2]);
});
