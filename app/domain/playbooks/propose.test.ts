import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { companion, known, pairs, playbookFacts, productId } from "../../../test/fixtures/playbook-facts.ts";
import type { Month } from "../mining/lists/seasons.ts";
import { offerWith } from "../offers/offer.ts";
import { contentShape } from "../offers/offer-types.ts";
import { DISCOUNTS } from "./covered.ts";
import type { PlaybookEvidence } from "./evidence.ts";
import type { KnownProduct, PlaybookFacts } from "./facts.ts";
import { PLAYBOOK_NAMES, type PlaybookName, type Proposal } from "./proposal.ts";
import { proposalsOf } from "./propose.ts";

const published = ({ content, type }: Pick<Proposal, "content" | "type">) =>
  offerWith(content, { number: 3, type, version: 1 }, "automatic");
const NOTHING_DISMISSED = () => false;
const PRODUCTS = 12;

const number = fc.integer({ min: 1, max: PRODUCTS });
const count = fc.integer({ min: 0, max: 5_000 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

const product = (id: number): fc.Arbitrary<KnownProduct> =>
  fc
    .record({
      title: fc.string({ unit: "binary", maxLength: 160 }).map((title) => title.replaceAll("\0", "") || "Untitled"),
      // Many of about the same price, so that sets of three come up.
      lowestMinor: fc.oneof(fc.integer({ min: 800, max: 1_500 }), fc.integer({ min: 1, max: 200_000 })),
      dearer: fc.constantFrom(0, 0, 0, 500),
      costShare: fc.option(fc.double({ min: 0, max: 1.3, noNaN: true }), { freq: 1 }),
      isForSale: fc.constantFrom(true, true, true, false),
    })
    .map(({ dearer, ...one }) => known(id, one.lowestMinor, { ...one, highestMinor: one.lowestMinor + dearer }));

const pairOf = fc
  .record({
    companion: number,
    together: count,
    recent: count,
    orders: count,
    companionOrders: count,
    strong: fc.constantFrom(true, true, true, false),
  })
  .map(({ companion: id, ...counts }) => companion(id, counts));
const distinct = <T extends { companion: unknown }>(of: fc.Arbitrary<T>) =>
  fc.uniqueArray(of, { selector: ({ companion: id }) => id, minLength: 1, maxLength: 3 });

const season = fc
  .record({
    product: number,
    companion: number,
    first: fc.integer({ min: 0, max: 11 }),
    length: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ product: id, companion: other, first, length }) => ({
    ...{ product: productId(id), companion: productId(other), together: 40, inSeason: 35, years: 2, before: id % 4 },
    months: Array.from({ length }, (_, n) => (((first + n) % 12) + 1) as Month),
  }));

const evidence: fc.Arbitrary<PlaybookEvidence> = fc.record({
  orders: count,
  pairs: fc
    .uniqueArray(fc.record({ of: number, companions: distinct(pairOf) }), {
      selector: ({ of }) => of,
      maxLength: PRODUCTS,
    })
    .map((all) =>
      all.flatMap(({ of, companions }) => {
        const others = companions.filter((one) => one.companion !== productId(of));
        return others.length === 0 ? [] : [pairs(of, ...others)];
      }),
    ),
  seasons: fc.array(
    season.filter((one) => one.product !== one.companion),
    { maxLength: 3 },
  ),
  quantities: fc.array(
    fc.record({
      product: number.map(productId),
      ordersByUnits: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 500 })), {
        selector: ([units]) => units,
        minLength: 1,
      }),
    }),
    { maxLength: 4 },
  ),
  repeats: fc.array(
    fc.record({ product: number.map(productId), customers: count, repeatShare: share, medianDays: fc.nat(140) }),
    { maxLength: 4 },
  ),
  slow: fc.array(
    fc
      .record({
        product: number,
        partner: number,
        together: count,
        recent: count,
        expected: count,
        partnerRecent: count,
      })
      .filter((one) => one.product !== one.partner)
      .map((one) => ({ ...one, product: productId(one.product), partner: productId(one.partner) })),
    { maxLength: 4 },
  ),
  upgrades: fc.array(
    fc
      .record({ product: number, upgrade: number, customers: count })
      .filter((one) => one.product !== one.upgrade)
      .map((one) => ({ ...one, product: productId(one.product), upgrade: productId(one.upgrade) })),
    { maxLength: 12 },
  ),
  orderValues: fc.option(
    fc.record({
      orders: count,
      quantiles: fc
        .array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 21, maxLength: 21 })
        .map((values) => values.sort((a, b) => a - b)),
    }),
  ),
});

const facts: fc.Arbitrary<PlaybookFacts> = fc
  .record({
    evidence,
    products: fc.tuple(...Array.from({ length: PRODUCTS }, (_, n) => product(n + 1))),
    currency: fc.constantFrom("USD", "JPY", "KWD"),
    hasOtherCurrencies: fc.boolean(),
    leastMarginPercent: fc.constantFrom(0, 0, 30),
    shippingRates: fc.array(
      fc.record({
        currency: fc.constantFrom("USD", "JPY", "KWD"),
        amountMinor: fc.integer({ min: 1, max: 1_000_000 }),
        countries: fc.constantFrom(null, ["JP"], ["DE", "FR"]),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ evidence: given, products, leastMarginPercent, ...changes }) =>
    playbookFacts(given, products, { ...changes, limits: { companionPricePercent: null, leastMarginPercent } }),
  );

test("every proposal is an offer that can be saved and shown as it is, and no two are at odds", () => {
  const seen = new Set<PlaybookName>();
  fc.assert(
    fc.property(facts, (given) => {
      const { proposals, without } = proposalsOf(given, NOTHING_DISMISSED);
      const ids = proposals.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const discounted = proposals.filter(({ type }) => DISCOUNTS.includes(type)).map(({ products: [first] }) => first);
      expect(new Set(discounted).size).toBe(discounted.length);
      for (const { type, content, playbook, products, id } of proposals) {
        seen.add(playbook);
        expect(contentShape(type).parse(content)).toEqual({ ok: true, value: content });
        expect(content.status).toBe("active");
        expect(products.every((one) => given.products.get(one)?.isForSale)).toBe(true);
        expect(id).toMatch(/^[a-z0-9-]{1,120}$/);
      }
      expect([...without, ...new Set(proposals.map(({ playbook }) => playbook))].sort()).toEqual(
        [...PLAYBOOK_NAMES].sort(),
      );
    }),
    { numRuns: 1_500 },
  );
  expect([...seen].sort()).toEqual([...PLAYBOOK_NAMES].sort());
});

test("a percentage never leaves less than the cost and the margin that the shop wants", () => {
  fc.assert(
    fc.property(facts, (given) => {
      for (const { content, products, type } of proposalsOf(given, NOTHING_DISMISSED).proposals) {
        const reward = content.reward ?? (content.config as { reward?: typeof content.reward }).reward;
        if (reward?.kind !== "percent") continue;
        const lowered = type === "buy-x-get-y" ? products.slice(1) : products;
        const least = 1 - given.limits.leastMarginPercent / 100;
        for (const id of lowered) {
          const costShare = given.products.get(id)!.costShare ?? 0;
          expect(costShare).toBeLessThanOrEqual((1 - reward.basisPoints / 10_000) * least + 1e-9);
        }
      }
    }),
    { numRuns: 500 },
  );
});

describe("what is proposed", () => {
  const products = [known(1, 1_000), known(2, 900), known(3, 1_000), known(4, 900), known(5, 1_000), known(6, 900)];
  const three = { pairs: [pairs(1, companion(2)), pairs(3, companion(4)), pairs(5, companion(6))] };

  test("is at most two offers of a playbook, and the next one once the first is dismissed", () => {
    const ids = (dismissed: string[]) =>
      proposalsOf(playbookFacts(three, products), (id) => dismissed.includes(id)).proposals.map(({ id }) => id);
    expect(ids([])).toEqual(["pair-1-2", "buy-and-get-5-6", "pair-3-4"]);
    expect(ids(["pair-1-2"])).toEqual(["pair-3-4", "pair-5-6"]);
    expect(ids(["pair-1-2", "pair-3-4", "pair-5-6"])).toEqual([]);
  });

  test("never puts the same two products together twice, in whichever order", () => {
    const both = { pairs: [pairs(1, companion(2)), pairs(2, companion(1))] };
    const { proposals, without } = proposalsOf(playbookFacts(both, products), NOTHING_DISMISSED);
    expect(proposals.map(({ id }) => id)).toEqual(["pair-1-2"]);
    expect(without).toEqual(PLAYBOOK_NAMES.filter((name) => name !== "pair"));
  });

  test("is not both cleared and sold in quantities", () => {
    const slow = {
      ...{ product: productId(2), partner: productId(1), together: 4 },
      recent: 1,
      expected: 9,
      partnerRecent: 80,
    };
    const repeat = { product: productId(2), customers: 60, repeatShare: 0.4, medianDays: 31 };
    const { proposals } = proposalsOf(playbookFacts({ slow: [slow], repeats: [repeat] }, products), NOTHING_DISMISSED);
    expect(proposals.map(({ id }) => id)).toEqual(["clear-stock-1-2"]);
  });

  test("is gone once it was published", () => {
    const before = playbookFacts(three, products);
    const [first] = proposalsOf(before, NOTHING_DISMISSED).proposals;
    const offers = [published(first!)];
    const after = proposalsOf({ ...before, offers }, NOTHING_DISMISSED).proposals;
    expect(after.map(({ id }) => id)).not.toContain(first!.id);
  });

  test("is the same for the same facts", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { compatibility, ...plain } = given;
        const again = proposalsOf({ ...structuredClone(plain), compatibility }, NOTHING_DISMISSED);
        expect(proposalsOf(given, NOTHING_DISMISSED)).toEqual(again);
      }),
      { numRuns: 50 },
    );
  });

  test("is gone once it was published, whatever it is", () => {
    fc.assert(
      fc.property(facts, (given) => {
        for (const { content, type, id } of proposalsOf(given, NOTHING_DISMISSED).proposals) {
          const after = { ...given, offers: [published({ content, type })] };
          const ids = proposalsOf(after, NOTHING_DISMISSED).proposals.map((one) => one.id);
          expect(ids).not.toContain(id);
        }
      }),
      { numRuns: 300 },
    );
  });
});
