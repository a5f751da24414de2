import { expect, test } from "vitest";
import { offerWith } from "./offer.ts";
import { contentShape, offersOf, offerType } from "./offer-types.ts";
import { OFFER_TYPE_NAMES, type OfferTypeName } from "./offer-type-name.ts";

/** Refusals of an offer's content after some changes, as "path code". */
function refused(type: OfferTypeName, changes: object): string[] {
  const parsed = contentShape(type).parse({ ...contentShape(type).default, name: "An offer", ...changes });
  return parsed.ok ? [] : parsed.refusals.map(({ path, code }) => `${path} ${code}`);
}

test.each(OFFER_TYPE_NAMES)("%s refuses what it cannot do", (name) => {
  const type = offerType(name);
  const surfaces = (["product", "cart", "checkout", "thank-you"] as const).filter(
    (one) => !type.surfaces.includes(one),
  );
  for (const surface of surfaces) {
    expect(refused(name, { surfaces: [surface] })).toEqual(["surfaces.0 not-possible-here"]);
  }
  expect(refused(name, { surfaces: [type.surfaces[0], type.surfaces[0]] })).toEqual(["surfaces.1 repeated"]);
  for (const kind of (["percent", "amount-off", "fixed-price", "free-shipping"] as const).filter(
    (one) => !type.rewards.includes(one),
  )) {
    const given = { percent: { basisPoints: 1_000 }, "free-shipping": {} }[kind as string] ?? { amounts: { USD: 100 } };
    expect(refused(name, { reward: { kind, ...given } })).toEqual(["reward.kind not-possible-here"]);
  }
  const conditions = [[{ condition: "tags", tags: ["sale"] }]];
  const isPossible = type.conditions.includes("tags");
  expect(refused(name, { conditions })).toEqual(isPossible ? [] : ["conditions.0.0.condition not-possible-here"]);
});

test("a set's reward that the discount Function could not be given is refused", () => {
  const inCurrencies = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`X${String.fromCharCode(65 + (n % 26))}${n < 26 ? "A" : "B"}`, 999_999]),
    );
  const reward = (count: number) => ({ kind: "fixed-price", amounts: inCurrencies(count) });
  expect(refused("bought-together", { reward: reward(20) })).toEqual([]);
  expect(refused("bought-together", { reward: reward(40) })).toEqual(["reward.amounts too-much"]);
});

test("an offer that lacks something can be drafted, and not be shown", () => {
  for (const status of ["draft", "paused", "archived"]) expect(refused("goal", { status })).toEqual([]);
  expect(refused("goal", { status: "active" })).toEqual(["config.amounts no-amount"]);
  expect(refused("quantity-breaks", { status: "active" })).toEqual(["config.tiers too-few"]);
  expect(refused("bought-together", { status: "active", surfaces: [] })).toEqual(["surfaces too-few"]);
});

test("a goal ships to countries by their codes, each once", () => {
  const config = { ...contentShape("goal").default.config!, countries: ["US", "us", "US"] };
  expect(refused("goal", { config })).toEqual(["config.countries.1 not-a-country", "config.countries.2 repeated"]);
});

test("a tier asks for more units than the one before it and never gives less", () => {
  const tiers = (...rewards: object[]) =>
    refused("quantity-breaks", {
      config: { variants: "together", tiers: rewards.map((reward, place) => ({ quantity: 2 + place, reward })) },
    });
  const percent = (basisPoints: number) => ({ kind: "percent", basisPoints });
  const amount = (USD: number) => ({ kind: "amount-off", amounts: { USD } });
  const price = (USD: number) => ({ kind: "fixed-price", amounts: { USD } });
  expect(tiers(percent(500), percent(500), percent(1000))).toEqual([]);
  expect(tiers(percent(1000), percent(500))).toEqual(["config.tiers.1.reward rises-in-price"]);
  expect(tiers(amount(200), amount(100))).toEqual(["config.tiers.1.reward rises-in-price"]);
  expect(tiers(price(900), price(950))).toEqual(["config.tiers.1.reward rises-in-price"]);
  expect(tiers(price(900), { kind: "fixed-price", amounts: { JPY: 90 } })).toEqual([
    "config.tiers.1.reward rises-in-price",
  ]);
  expect(tiers(percent(500), amount(100))).toEqual(["config.tiers.1.reward.kind not-as-before"]);
  expect(tiers(price(900), { kind: "fixed-price", amounts: {} })).toEqual(["config.tiers.1.reward.amounts no-amount"]);
  const same = [2, 2].map((quantity) => ({ quantity, reward: percent(500) }));
  expect(refused("quantity-breaks", { config: { variants: "apart", tiers: same } })).toEqual([
    "config.tiers.1.quantity not-rising",
  ]);
});

test("offers of one type are found among those of all", () => {
  const offers = OFFER_TYPE_NAMES.map((type, at) =>
    offerWith(contentShape(type).default, { number: at + 1, type, version: 1 }, "automatic"),
  );
  expect(offersOf("goal", offers).map(({ number, config }) => [number, config.pickUp])).toEqual([
    [OFFER_TYPE_NAMES.indexOf("goal") + 1, false],
  ]);
});

test("tiers that the discount Function could not be given as a whole are refused", () => {
  const amounts = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`X${String.fromCharCode(65 + n)}A`, 999_999]));
  const tiers = (currencies: number) =>
    Array.from({ length: 6 }, (_, n) => ({
      quantity: n + 2,
      reward: { kind: "amount-off", amounts: amounts(currencies) },
    }));
  expect(refused("quantity-breaks", { config: { variants: "apart", tiers: tiers(4) } })).toEqual([]);
  expect(refused("quantity-breaks", { config: { variants: "apart", tiers: tiers(9) } })).toEqual([
    "config.tiers too-much",
  ]);
});
