import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { ProductId } from "../ids.ts";
import { amounts, type Amounts, type Texts, texts } from "./keyed-values.ts";
import { refusalsOf } from "./known-parts.ts";
import { ids, list, optional } from "./lists.ts";
import { oneOf } from "./one-of.ts";
import { shape, type ShapeValue } from "./shape.ts";
import { boolean, choice, integer, text } from "./values.ts";

const tier = shape({
  quantity: integer({ default: 2, min: 2, max: 1_000 }),
  reward: oneOf(
    "kind",
    {
      percent: shape({ basisPoints: integer({ default: 1_000, min: 1, max: 9_000, unit: "basis-points" }) }),
      price: shape({ amounts: amounts({ max: 1_000_000 }) }),
    },
    { default: "percent" },
  ),
});
const sample = shape(
  {
    shown: boolean({ default: true }),
    size: integer({ default: 3, min: 1, max: 3 }),
    mode: choice(["automatic", "review", "manual"]),
    name: text({ longest: 20 }),
    goal: amounts({ max: 1_000_000 }),
    headline: texts({ longest: 60 }),
    products: ids("Product", { most: 3 }),
    tiers: list(tier, { most: 4 }),
    limit: optional(integer({ default: 1, min: 1, max: 10 })),
  },
  ({ tiers }) =>
    tiers.flatMap(({ quantity }, index) =>
      index > 0 && quantity <= tiers[index - 1]!.quantity
        ? [{ path: `tiers.${index}.quantity`, code: "not-rising" }]
        : [],
    ),
);
type Sample = ShapeValue<typeof sample>;

const arbitraryAmounts = fc.dictionary(fc.constantFrom("USD", "JPY", "KWD"), fc.integer({ min: 1, max: 1_000_000 }), {
  noNullPrototype: true,
});
const arbitraryReward = fc.oneof(
  fc.record({ kind: fc.constant("percent" as const), basisPoints: fc.integer({ min: 1, max: 9_000 }) }),
  fc.record({ kind: fc.constant("price" as const), amounts: arbitraryAmounts }),
);
const arbitrarySample: fc.Arbitrary<Sample> = fc.record({
  shown: fc.boolean(),
  size: fc.integer({ min: 1, max: 3 }),
  mode: fc.constantFrom("automatic", "review", "manual"),
  name: fc.string({ unit: "grapheme", maxLength: 20 }).filter((name) => name.length <= 20 && !name.includes("\0")),
  goal: arbitraryAmounts,
  headline: fc.dictionary(fc.constantFrom("en", "ja", "pt-BR"), fc.string({ maxLength: 60 }), {
    noNullPrototype: true,
  }),
  products: fc
    .uniqueArray(fc.nat(), { maxLength: 3 })
    .map((numbers) => numbers.map((n) => `gid://shopify/Product/${n}` as ProductId)),
  tiers: fc
    .uniqueArray(fc.integer({ min: 2, max: 1_000 }), { maxLength: 4 })
    .chain((quantities) =>
      fc.tuple(
        ...quantities
          .toSorted((a, b) => a - b)
          .map((quantity) => arbitraryReward.map((reward) => ({ quantity, reward }))),
      ),
    ),
  limit: fc.option(fc.integer({ min: 1, max: 10 })),
});

/** Anything at all, at the top or in place of any field. */
const garbage = fc.oneof(
  fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, withSparseArray: true }),
  fc
    .tuple(arbitrarySample, fc.constantFrom(...Object.keys(sample.default), "price", "__proto__"), fc.anything())
    .map(([valid, name, value]) => Object.defineProperty({ ...valid }, name, { value, enumerable: true })),
);

describe("a declared object", () => {
  it("gives the type of its values", () => {
    expectTypeOf<Sample["mode"]>().toEqualTypeOf<"automatic" | "review" | "manual">();
    expectTypeOf<Sample["goal"]>().toEqualTypeOf<Amounts>();
    expectTypeOf<Sample["headline"]>().toEqualTypeOf<Texts>();
    expectTypeOf<Sample["products"]>().toEqualTypeOf<readonly ProductId[]>();
    expectTypeOf<Sample["limit"]>().toEqualTypeOf<number | null>();
    expectTypeOf<Sample["tiers"][number]["reward"]["kind"]>().toEqualTypeOf<"percent" | "price">();
  });

  it("accepts its own defaults, and fills an empty row with them", () => {
    expect(sample.parse(sample.default)).toEqual({ ok: true, value: sample.default });
    expect(sample.readStored({})).toEqual({ value: sample.default, refusals: [] });
  });

  it("reads every value back from JSON as it was, sent or stored", () => {
    fc.assert(
      fc.property(arbitrarySample, (value) => {
        const json: unknown = JSON.parse(JSON.stringify(value));
        expect(sample.parse(json)).toEqual({ ok: true, value });
        expect(sample.readStored(json)).toEqual({ value, refusals: [] });
      }),
    );
  });

  it("never throws whatever it is given, and what it returns is always valid by itself", () => {
    fc.assert(
      fc.property(garbage, (input) => {
        const parsed = sample.parse(input);
        if (parsed.ok) expect(sample.parse(parsed.value)).toEqual(parsed);
        else expect(parsed.refusals.length).toBeGreaterThan(0);
        const { value } = sample.readStored(input);
        const again = sample.parse(value);
        if (!again.ok) expect(again.refusals.map(({ code }) => code)).toEqual(again.refusals.map(() => "not-rising"));
      }),
      { numRuns: 1_000 },
    );
  });

  it("names everything that is wrong, with the limit that was passed", () => {
    const wrong = {
      shown: "yes",
      size: 4,
      mode: "magic",
      name: "a name of more than twenty letters",
      goal: { USD: 0, yen: 5, JPY: 1.5 },
      headline: { en: "\ud800", english: "Hello" },
      products: ["gid://shopify/Product/1", "1", "gid://shopify/Order/1"],
      tiers: [{ quantity: 1, reward: { kind: "gift" } }, { quantity: 2 }],
      limit: 11,
      price: 1,
    };
    expect(sample.parse(wrong)).toEqual({
      ok: false,
      refusals: [
        { path: "price", code: "unknown-field" },
        { path: "shown", code: "wrong-type" },
        { path: "size", code: "too-large", limit: 3 },
        { path: "mode", code: "unknown-choice" },
        { path: "name", code: "too-long", limit: 20 },
        { path: "goal.USD", code: "too-small", limit: 1 },
        { path: "goal.yen", code: "not-a-currency" },
        { path: "goal.JPY", code: "not-whole" },
        { path: "headline.en", code: "unreadable" },
        { path: "headline.english", code: "not-a-language" },
        { path: "products.1", code: "repeated" },
        { path: "products.2", code: "not-an-id" },
        { path: "tiers.0.quantity", code: "too-small", limit: 2 },
        { path: "tiers.0.reward.kind", code: "unknown-choice" },
        { path: "tiers.1.reward", code: "missing" },
        { path: "limit", code: "too-large", limit: 10 },
      ],
    });
  });

  it("states what does not hold between fields once each is right", () => {
    const tiers = [5, 5].map((quantity) => ({ ...tier.default, quantity }));
    const refusals = [{ path: "tiers.1.quantity", code: "not-rising" }];
    expect(sample.parse({ ...sample.default, tiers })).toEqual({ ok: false, refusals });
    expect(sample.readStored({ tiers })).toEqual({ value: { ...sample.default, tiers }, refusals });
  });

  it("states it beside fields that are wrong, but for what reads one of them", () => {
    const between = shape(
      {
        isAsked: boolean({ default: false }),
        low: integer({ default: 1, min: 1, max: 9 }),
        high: integer({ default: 2, min: 1, max: 9 }),
        limit: optional(integer({ default: 1, min: 1, max: 9 })),
        ids: ids("Product", { most: 3 }),
        prices: amounts({ max: 100 }),
        rows: list(shape({ size: integer({ default: 1, min: 1, max: 9 }), name: text({ longest: 5 }) }), { most: 5 }),
      },
      (value) =>
        refusalsOf(
          () => (value.low > value.high ? [{ path: "high", code: "below-low" }] : []),
          () => (value.isAsked && value.limit === null ? [{ path: "limit", code: "missing" }] : []),
          () => (value.isAsked && value.ids.length === 0 ? [{ path: "ids", code: "too-few" }] : []),
          () =>
            value.isAsked && Object.keys(value.prices).length === 0 ? [{ path: "prices", code: "no-amount" }] : [],
          ...value.rows.map(
            (row, place) => () => (row.name === "" ? [{ path: `rows.${place}.name`, code: "missing" }] : []),
          ),
          () => (value.rows.map(({ size }) => size).includes(9) ? [{ path: "rows", code: "too-large" }] : []),
        ),
    );
    const refused = (changes: object) => {
      const given = {
        isAsked: true,
        low: 1,
        high: 2,
        limit: 1,
        ids: ["gid://shopify/Product/1"],
        prices: { USD: 1 },
        rows: [],
      };
      const parsed = between.parse({ ...given, ...changes });
      return parsed.ok ? [] : parsed.refusals.map(({ path, code }) => `${path} ${code}`);
    };
    const rows = [
      { size: 0, name: "" },
      { size: 9, name: "" },
    ];
    expect(between.default.limit).toBeNull();
    expect(refused({ low: 5, high: 3, ids: [] })).toEqual(["high below-low", "ids too-few"]);
    expect(refused({ low: 10, high: 3, ids: [] })).toEqual(["low too-large", "ids too-few"]);
    expect(refused({ limit: 10, ids: ["x"], prices: { USD: 0 } })).toEqual([
      "limit too-large",
      "ids.0 not-an-id",
      "prices.USD too-small",
    ]);
    expect(refused({ rows })).toEqual(["rows.0.size too-small", "rows.0.name missing", "rows.1.name missing"]);
    const outer = shape({ inner: between, on: boolean({ default: false }) }, ({ inner, on }) =>
      refusalsOf(
        () => (on ? [{ path: "on", code: "taken" }] : []),
        () => (inner.high > 2 ? [{ path: "inner.high", code: "too-large" }] : []),
      ),
    );
    const parsed = outer.parse({ inner: { ...between.default, isAsked: true, low: 0, high: 3, limit: 1 }, on: true });
    expect(parsed).toMatchObject({
      refusals: [
        { path: "inner.low" },
        { path: "inner.ids" },
        { path: "inner.prices" },
        { path: "on" },
        { path: "inner.high" },
      ],
    });
    // What was stored is shown with its defaults, and says no more than what was wrong with it.
    expect(between.readStored({ low: 0, high: 1 }).refusals).toMatchObject([{ path: "low" }]);
  });

  it("keeps the valid fields of a stored row, and names the invalid one", () => {
    expect(sample.readStored({ size: 9, mode: "manual", fromALaterRelease: 1 })).toEqual({
      value: { ...sample.default, mode: "manual" },
      refusals: [{ path: "size", code: "too-large", limit: 3 }],
    });
  });

  it("refuses a list that is too long without reading it, and reports no more than a person can read", () => {
    const tiers = Array.from({ length: 1_000_000 }, () => null);
    const answer = sample.parse({ ...sample.default, tiers });
    expect(answer).toEqual({ ok: false, refusals: [{ path: "tiers", code: "too-many", limit: 4 }] });
    const flooded = sample.parse(Object.fromEntries(tiers.slice(0, 1_000).map((_, index) => [`x${index}`, 1])));
    expect(flooded.ok ? 0 : flooded.refusals.length).toBe(100);
  });

  it("refuses defaults that break its own rules when it is declared", () => {
    expect(() => shape({ size: integer({ default: 0, min: 1, max: 3 }) })).toThrow(/too-small/);
  });

  it("describes itself for a form", () => {
    const { fields } = sample.description;
    expect(fields.size).toEqual({ kind: "integer", min: 1, max: 3, unit: "count", initial: 3 });
    expect(fields.tiers).toEqual({ kind: "list", fewest: 0, most: 4, of: tier.description });
    expect(JSON.parse(JSON.stringify(sample.description))).toEqual(sample.description);
  });
});
