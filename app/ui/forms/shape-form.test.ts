import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProductId } from "../../domain/ids.ts";
import { amounts, texts } from "../../domain/shape/keyed-values.ts";
import { ids, list, optional } from "../../domain/shape/lists.ts";
import { oneOf } from "../../domain/shape/one-of.ts";
import { shape, type ShapeValue } from "../../domain/shape/shape.ts";
import { boolean, choice, integer, text } from "../../domain/shape/values.ts";
import {
  chosenNumbers,
  descriptionAt,
  isFormOf,
  readShapeForm,
  rowsOf,
  rowsText,
  type ShapeForm,
  shapeForm,
} from "./shape-form.ts";

const tier = shape({
  quantity: integer({ default: 2, min: 2, max: 100 }),
  reward: oneOf(
    "kind",
    {
      percent: shape({ basisPoints: integer({ default: 1_000, min: 1, max: 9_000, unit: "basis-points" }) }),
      price: shape({ price: amounts({ max: 1_000_000 }) }),
    },
    { default: "percent" },
  ),
});
const sample = shape({
  shown: boolean({ default: true }),
  size: integer({ default: 3, min: 1, max: 3 }),
  discount: integer({ default: 0, min: 0, max: 5_000, unit: "basis-points" }),
  mode: choice(["automatic", "manual"]),
  name: text({ longest: 20 }),
  goal: amounts({ max: 1_000_000 }),
  headline: texts({ longest: 60 }),
  products: ids("Product", { most: 3 }),
  tiers: list(tier, { most: 4 }),
  limit: optional(integer({ default: 1, min: 1, max: 10 })),
  countries: optional(list(text({ longest: 2 }), { most: 5 })),
  term: optional(shape({ from: optional(text({ longest: 16 })), yearly: boolean({ default: false }) })),
  groups: list(list(choice(["a", "b"]), { most: 3 }), { most: 3 }),
});
type Sample = ShapeValue<typeof sample>;

const context = { currencies: ["USD", "JPY", "KWD"], languages: ["en", "ja"] };
const amountsOf = fc.dictionary(fc.constantFrom(...context.currencies), fc.integer({ min: 1, max: 1_000_000 }), {
  noNullPrototype: true,
});
const line = fc.string({ minLength: 1, maxLength: 20 }).filter((one) => one.trim() !== "");
const reward = fc.oneof(
  fc.record({ kind: fc.constant("percent" as const), basisPoints: fc.integer({ min: 1, max: 9_000 }) }),
  fc.record({ kind: fc.constant("price" as const), price: amountsOf }),
);
const anySample: fc.Arbitrary<Sample> = fc.record({
  shown: fc.boolean(),
  size: fc.integer({ min: 1, max: 3 }),
  discount: fc.integer({ min: 0, max: 5_000 }),
  mode: fc.constantFrom("automatic" as const, "manual" as const),
  name: line,
  goal: amountsOf,
  headline: fc.dictionary(fc.constantFrom("en", "ja"), line, { noNullPrototype: true }),
  products: fc
    .uniqueArray(fc.nat(), { maxLength: 3 })
    .map((all) => all.map((n) => `gid://shopify/Product/${n}` as ProductId)),
  tiers: fc.array(fc.record({ quantity: fc.integer({ min: 2, max: 100 }), reward }), { maxLength: 4 }),
  limit: fc.option(fc.integer({ min: 1, max: 10 })),
  countries: fc.option(fc.array(fc.constantFrom("DE", "JP"), { maxLength: 5 })),
  term: fc.option(fc.record({ from: fc.option(line.filter((one) => one.length <= 16)), yearly: fc.boolean() })),
  groups: fc.array(fc.array(fc.constantFrom("a" as const, "b" as const), { maxLength: 3 }), { maxLength: 3 }),
});

const shown = (change: Partial<Sample> = {}) => shapeForm(sample, { ...sample.default, ...change }, context);

describe("a form of a declared object", () => {
  it("reads back every value that it shows, and is a form that the server accepts", () => {
    fc.assert(
      fc.property(anySample, (value) => {
        const form = shapeForm(sample, value, context);
        expect(readShapeForm(sample, form)).toEqual({ code: "ok", input: value });
        expect(isFormOf(sample.description, JSON.parse(JSON.stringify(form)))).toBe(true);
      }),
    );
  });

  it("reads numbers as people type them", () => {
    const form = { ...shown(), discount: "１２．５％", "goal.USD": " 1,250.50", "goal.JPY": "8,000", limit: " " };
    expect(readShapeForm(sample, { ...form, limit: "" })).toMatchObject({
      input: { discount: 1_250, goal: { USD: 125_050, JPY: 8_000 }, limit: null },
    });
  });

  it("names every field that is wrong, those of rows by their place", () => {
    const rows = rowsText([
      { quantity: "1", "reward.kind": "percent", "reward.basisPoints": "ten" },
      { quantity: "3", "reward.kind": "price", "reward.price.JPY": "1.5" },
    ]);
    const form = {
      ...shown(),
      size: "4",
      discount: "80",
      mode: "magic",
      "goal.USD": "0",
      "goal.EUR": "x",
      tiers: rows,
    };
    expect(readShapeForm(sample, form)).toEqual({
      code: "invalid",
      errors: {
        ...{ size: "too-large", discount: "too-large", mode: "unknown-choice" },
        ...{ "goal.USD": "too-small", "goal.EUR": "not-an-amount" },
        ...{ "tiers.0.quantity": "too-small", "tiers.0.reward.basisPoints": "not-a-percentage" },
        "tiers.1.reward.price.JPY": "no-decimals",
      },
    });
  });

  it("finds what a field was declared as from its name", () => {
    expect(descriptionAt(sample.description, "tiers.0.reward.basisPoints")).toMatchObject({ unit: "basis-points" });
    expect(descriptionAt(sample.description, "limit")).toMatchObject({ kind: "integer", max: 10 });
    expect(descriptionAt(sample.description, "goal.__proto__")).toBeNull();
  });

  it.each([
    ["is no record", []],
    ["lacks a field", { ...shown(), size: undefined }],
    ["has a field that was never declared", { ...shown(), price: "1" }],
    ["has an amount in no currency", { ...shown(), "goal.dollars": "1" }],
    ["has a tick in place of a text", { ...shown(), size: true }],
    ["has a text in place of a tick", { ...shown(), shown: "yes" }],
    ["has a text that is too long", { ...shown(), "goal.JPY": "9".repeat(41) }],
  ])("is refused where it %s", (_, form) => {
    expect(isFormOf(sample.description, JSON.parse(JSON.stringify(form)))).toBe(false);
  });

  it("never throws whatever was sent", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...Object.keys(shown())), fc.anything())),
        (sent) => {
          isFormOf(sample.description, sent);
          readShapeForm(sample, (typeof sent === "object" && sent !== null ? sent : {}) as never);
          rowsOf(sent as never);
        },
      ),
    );
  });
});

describe("a variant that is chosen", () => {
  const share = (initial: number) => integer({ default: initial, min: 1, max: 9_000, unit: "basis-points" });
  const days = integer({ default: 14, min: 0, max: 45 });
  const until = optional(integer({ default: 365, min: 1, max: 999 }));
  const { description } = oneOf(
    "kind",
    {
      percent: shape({ share: share(1_000) }),
      price: shape({ amounts: amounts({ max: 1_000_000 }) }),
      credit: shape({ share: share(550), days, until }),
      "credit-amount": shape({ amounts: amounts({ max: 1_000_000 }), days, until }),
    },
    { default: "percent" },
  );
  const numbers = (form: ShapeForm, chosen: string, typed: ShapeForm = {}) =>
    chosenNumbers(description as never, chosen, { form, path: "reward", typed });

  it("begins with its usual numbers, whatever another kind says under the same name", () => {
    const usual = { "reward.share": "5.5", "reward.days": "14", "reward.until": "365" };
    expect(numbers({ "reward.kind": "percent", "reward.share": "12" }, "credit")).toEqual(usual);
    expect(numbers({ "reward.kind": "price", "reward.share": "12" }, "credit")).toEqual(usual);
    expect(numbers({ ...usual, "reward.kind": "credit" }, "percent")).toEqual({ "reward.share": "10" });
  });

  it("has again what was typed for it", () => {
    const form = { "reward.kind": "credit", "reward.share": "5.5" };
    expect(numbers(form, "percent", { "reward.share": "12" })).toEqual({ "reward.share": "12" });
    expect(numbers(form, "percent", { "reward.share": "" })).toEqual({ "reward.share": "10" });
  });

  it("keeps what is the same in both, and what was left empty on purpose", () => {
    const typed = { "reward.days": "3", "reward.until": "" };
    expect(numbers({ "reward.kind": "credit", "reward.share": "7", ...typed }, "credit-amount")).toEqual(typed);
    expect(numbers({ "reward.kind": "percent", ...typed }, "credit")).toEqual({ "reward.share": "5.5", ...typed });
  });
});
