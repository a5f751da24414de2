import fc from "fast-check";
import { expect, test } from "vitest";
import { meetsTests, type ShopperFacts, UNKNOWN_BUYER } from "../../pricing/buyer-facts.ts";
import { numberOfTag } from "../../pricing/customer-tags.ts";
import { areTagsAskable, askedTags } from "./asked-tags.ts";
import { areCampaignsPublishable, metCampaigns, publishedCampaigns } from "./campaign.ts";
import {
  areTestsPublishable,
  audience,
  type ChosenShopperCondition,
  SHOPPER_CONDITION_NAMES,
  SHOPPER_CONDITIONS,
  type ShopperConditionName,
  shopperRefusals,
  testsOf,
} from "./shopper-conditions.ts";
import { unmetConditions } from "./unmet-conditions.ts";

const regular: ShopperFacts = {
  ...{ country: "JP", currency: "JPY", language: "pt-BR", signedIn: true, orders: 3 },
  tags: ["VIP", "garden club"].map(numberOfTag),
  ...{ business: false, counter: false, valueMinor: 5_000, units: 4 },
};
const NOBODY: ShopperFacts = { ...UNKNOWN_BUYER, currency: null, valueMinor: null, units: null };
const ALL_SHOPPERS = { forBusiness: true, atCounter: true };

/** Of each kind, conditions that hold for the regular customer, and conditions that do not. */
const CASES: Readonly<Record<ShopperConditionName, readonly (readonly ChosenShopperCondition[])[]>> = {
  countries: [
    [
      { shopper: "countries", matches: "any", inCountries: ["US", "JP"] },
      { shopper: "countries", matches: "none", inCountries: ["US"] },
    ],
    [
      { shopper: "countries", matches: "any", inCountries: ["US"] },
      { shopper: "countries", matches: "none", inCountries: ["JP", "US"] },
    ],
  ],
  currencies: [
    [
      { shopper: "currencies", matches: "any", inCurrencies: ["JPY"] },
      { shopper: "currencies", matches: "none", inCurrencies: ["USD", "KWD"] },
    ],
    [{ shopper: "currencies", matches: "none", inCurrencies: ["USD", "JPY"] }],
  ],
  languages: [
    [
      { shopper: "languages", matches: "any", inLanguages: ["ja", "pt"] },
      { shopper: "languages", matches: "any", inLanguages: ["pt-br"] },
      { shopper: "languages", matches: "none", inLanguages: ["pt-pt", "p"] },
    ],
    [{ shopper: "languages", matches: "any", inLanguages: ["pt-pt", "ja"] }],
  ],
  customer: [
    [
      { shopper: "customer", who: "signed-in" },
      { shopper: "customer", who: "returning" },
    ],
    [
      { shopper: "customer", who: "guest" },
      { shopper: "customer", who: "first-order" },
      { shopper: "customer", who: "business" },
    ],
  ],
  "order-count": [
    [
      { shopper: "order-count", compares: "at-least", orderCount: 3 },
      { shopper: "order-count", compares: "less-than", orderCount: 4 },
    ],
    [
      { shopper: "order-count", compares: "at-least", orderCount: 4 },
      { shopper: "order-count", compares: "less-than", orderCount: 3 },
    ],
  ],
  "customer-tags": [
    [
      { shopper: "customer-tags", matches: "any", inTags: ["wholesale", " vip "] },
      { shopper: "customer-tags", matches: "any", inTags: ["Garden Club"] },
      { shopper: "customer-tags", matches: "none", inTags: ["wholesale", "garden"] },
    ],
    [
      { shopper: "customer-tags", matches: "any", inTags: ["wholesale", "garden"] },
      { shopper: "customer-tags", matches: "none", inTags: ["wholesale", "VIP"] },
    ],
  ],
  "cart-value": [
    [
      { shopper: "cart-value", compares: "at-least", worth: { JPY: 5_000, USD: 1 } },
      { shopper: "cart-value", compares: "less-than", worth: { JPY: 5_001 } },
    ],
    [
      { shopper: "cart-value", compares: "at-least", worth: { JPY: 5_001 } },
      { shopper: "cart-value", compares: "less-than", worth: { JPY: 5_000 } },
      { shopper: "cart-value", compares: "at-least", worth: { USD: 1 } },
      { shopper: "cart-value", compares: "less-than", worth: { USD: 999_999 } },
    ],
  ],
  "cart-units": [
    [
      { shopper: "cart-units", compares: "at-least", unitCount: 4 },
      { shopper: "cart-units", compares: "less-than", unitCount: 5 },
    ],
    [
      { shopper: "cart-units", compares: "at-least", unitCount: 5 },
      { shopper: "cart-units", compares: "less-than", unitCount: 4 },
    ],
  ],
  campaign: [
    [
      { shopper: "campaign", parameter: "campaign", inCampaigns: ["winter", " SPRING "] },
      { shopper: "campaign", parameter: "source", inCampaigns: ["夏のメール"] },
    ],
    [
      { shopper: "campaign", parameter: "campaign", inCampaigns: ["winter", "夏のメール"] },
      { shopper: "campaign", parameter: "medium", inCampaigns: ["spring"] },
    ],
  ],
};
const CAMPAIGNS = publishedCampaigns(CASES.campaign.map((group) => ({ shoppers: [group] })));
const visitOf = (parameters: string) => metCampaigns(CAMPAIGNS, new URLSearchParams(parameters));
const visiting: ShopperFacts = { ...regular, campaigns: visitOf("utm_campaign=Spring&utm_source=夏のメール") };
const holds = (groups: readonly (readonly ChosenShopperCondition[])[], facts = visiting) =>
  meetsTests(testsOf({ ...ALL_SHOPPERS, shoppers: groups })!, facts);

test.each(SHOPPER_CONDITION_NAMES)("%s holds for whom it names and for nobody else", (name) => {
  const [met, unmet] = CASES[name];
  expect(met!.map((one) => holds([[one]]))).toEqual(met!.map(() => true));
  expect(unmet!.map((one) => holds([[one]]))).toEqual(unmet!.map(() => false));
  // An amount in a currency that is not known cannot be compared either: nothing is promised.
  expect(met!.map((one) => holds([[one]], NOBODY))).not.toContain(true);
});

test.each(SHOPPER_CONDITION_NAMES)("%s survives storage", (name) => {
  const groups = CASES[name].map((group) => [...group]);
  const all = { ...ALL_SHOPPERS, shoppers: groups };
  expect(audience.parse(JSON.parse(JSON.stringify(all)))).toEqual({ ok: true, value: all });
  const [[first]] = groups as [[ChosenShopperCondition]];
  const given = { ...ALL_SHOPPERS, shoppers: [[first]] };
  expect(shopperRefusals(given, { possible: SHOPPER_CONDITION_NAMES, hasReward: false })).toEqual([]);
  expect(shopperRefusals(given, { possible: [], hasReward: false })).toEqual([
    { path: "0.0.shopper", code: "not-possible-here" },
  ]);
});

test.each([
  ["countries", "inCountries", "too-few"],
  ["currencies", "inCurrencies", "too-few"],
  ["languages", "inLanguages", "too-few"],
  ["customer-tags", "inTags", "too-few"],
  ["campaign", "inCampaigns", "too-few"],
  ["cart-value", "worth", "no-amount"],
] as const)("%s without arguments is refused", (name, path, code) => {
  const empty = { shopper: name, ...SHOPPER_CONDITIONS[name].args.default } as ChosenShopperCondition;
  expect(
    shopperRefusals({ ...ALL_SHOPPERS, shoppers: [[empty]] }, { possible: SHOPPER_CONDITION_NAMES, hasReward: false }),
  ).toMatchObject([{ path: `0.0.${path}`, code }]);
});

test("codes that are none are refused", () => {
  const shoppers: ChosenShopperCondition[][] = [
    [{ shopper: "countries", matches: "any", inCountries: ["Japan"] }],
    [{ shopper: "currencies", matches: "any", inCurrencies: ["usd"] }],
    [{ shopper: "languages", matches: "any", inLanguages: ["ja;x"] }],
    [{ shopper: "customer-tags", matches: "any", inTags: ["vip, wholesale"] }],
    [{ shopper: "customer-tags", matches: "any", inTags: ["vip", " "] }],
  ];
  expect(
    shopperRefusals({ ...ALL_SHOPPERS, shoppers }, { possible: SHOPPER_CONDITION_NAMES, hasReward: false }),
  ).toEqual([
    { path: "0.0.inCountries", code: "not-a-country" },
    { path: "1.0.inCurrencies", code: "not-a-currency" },
    { path: "2.0.inLanguages", code: "not-a-language" },
    { path: "3.0.inTags", code: "not-a-tag" },
    { path: "4.0.inTags", code: "not-a-tag" },
  ]);
});

test.each<[string, ChosenShopperCondition[], Partial<typeof ALL_SHOPPERS>]>([
  [
    "two countries at once",
    [
      { shopper: "countries", matches: "any", inCountries: ["JP"] },
      { shopper: "countries", matches: "any", inCountries: ["US", "CA"] },
    ],
    {},
  ],
  [
    "a country and not that country",
    [
      { shopper: "countries", matches: "any", inCountries: ["JP"] },
      { shopper: "countries", matches: "none", inCountries: ["JP"] },
    ],
    {},
  ],
  [
    "guests with orders",
    [
      { shopper: "customer", who: "guest" },
      { shopper: "order-count", compares: "at-least", orderCount: 1 },
    ],
    {},
  ],
  [
    "a first order after five",
    [
      { shopper: "customer", who: "first-order" },
      { shopper: "order-count", compares: "at-least", orderCount: 5 },
    ],
    {},
  ],
  [
    "business customers of an offer that is not for them",
    [{ shopper: "customer", who: "business" }],
    { forBusiness: false },
  ],
  [
    "a cart of more and of less than an amount",
    [
      { shopper: "cart-value", compares: "at-least", worth: { USD: 500, JPY: 500 } },
      { shopper: "cart-value", compares: "less-than", worth: { USD: 500, JPY: 400 } },
    ],
    {},
  ],
  [
    "amounts in one currency and another currency",
    [
      { shopper: "cart-value", compares: "at-least", worth: { USD: 500 } },
      { shopper: "currencies", matches: "any", inCurrencies: ["JPY"] },
    ],
    {},
  ],
  [
    "a tag and not that tag",
    [
      { shopper: "customer-tags", matches: "any", inTags: ["VIP"] },
      { shopper: "customer-tags", matches: "none", inTags: ["vip", "wholesale"] },
    ],
    {},
  ],
  [
    "a tag of a guest",
    [
      { shopper: "customer", who: "guest" },
      { shopper: "customer-tags", matches: "any", inTags: ["VIP"] },
    ],
    {},
  ],
  ["a cart without units", [{ shopper: "cart-units", compares: "less-than", unitCount: 1 }], {}],
])("%s is a contradiction", (_, group, switches) => {
  const shoppers: ChosenShopperCondition[][] = [[{ shopper: "languages", matches: "any", inLanguages: ["ja"] }], group];
  expect(
    shopperRefusals(
      { ...ALL_SHOPPERS, ...switches, shoppers },
      { possible: SHOPPER_CONDITION_NAMES, hasReward: false },
    ),
  ).toEqual([{ path: "1", code: "contradiction" }]);
});

const condition = fc.constantFrom(...Object.values(CASES).flat(2));
const anyFacts = fc.record({
  country: fc.constantFrom("JP", "US", "DE"),
  currency: fc.constantFrom("JPY", "USD", "EUR"),
  language: fc.constantFrom("pt-BR", "pt-pt", "ja", "en"),
  signedIn: fc.boolean(),
  orders: fc.integer({ min: 0, max: 5 }),
  tags: fc.subarray(["vip", "garden club", "wholesale", "garden"].map(numberOfTag)),
  business: fc.boolean(),
  counter: fc.boolean(),
  valueMinor: fc.integer({ min: 4_998, max: 5_002 }),
  units: fc.integer({ min: 1, max: 6 }),
});

/** Nothing is known of shoppers who have not signed in. */
const facts: fc.Arbitrary<ShopperFacts> = anyFacts.map((given) =>
  given.signedIn ? given : { ...given, orders: 0, tags: [], business: false },
);

test("conditions hold where all of one group do, and a group that somebody meets is never refused", () => {
  const groups = fc.array(fc.array(condition, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(groups, facts, fc.boolean(), fc.boolean(), (shoppers, given, forBusiness, atCounter) => {
      const included = (forBusiness || !given.business!) && (atCounter || !given.counter!);
      const met = shoppers.map((group) => included && group.every((one) => holds([[one]], given) === true));
      const whom = { shoppers, forBusiness, atCounter };
      const tests = testsOf(whom);
      expect(tests === null ? included : meetsTests(tests, given)).toBe(met.includes(true));
      const refused = shopperRefusals(whom, { possible: SHOPPER_CONDITION_NAMES, hasReward: false }).map(
        ({ path }) => path,
      );
      for (const [at, one] of met.entries()) if (one) expect(refused).not.toContain(String(at));
    }),
    { numRuns: 500 },
  );
});

test("an offer without conditions is for all shoppers, or for all but business customers and the counter", () => {
  expect(testsOf({ ...ALL_SHOPPERS, shoppers: [] })).toBeNull();
  expect(testsOf({ forBusiness: false, atCounter: false, shoppers: [] })).toBe("!b+!p");
});

test("more tests than can be published are refused", () => {
  const inCountries = Array.from({ length: 50 }, (_, n) => `A${String.fromCharCode(65 + (n % 26))}`);
  const one: ChosenShopperCondition = { shopper: "countries", matches: "any", inCountries };
  const shoppers = Array.from({ length: 5 }, () => [one]);
  expect(
    shopperRefusals({ ...ALL_SHOPPERS, shoppers }, { possible: SHOPPER_CONDITION_NAMES, hasReward: false }),
  ).toEqual([{ path: "", code: "too-much" }]);
});

test("what keeps an offer from a shopper is named from the group that comes closest", () => {
  const shoppers: ChosenShopperCondition[][] = [
    [
      { shopper: "countries", matches: "any", inCountries: ["US"] },
      { shopper: "customer", who: "guest" },
    ],
    [
      { shopper: "languages", matches: "any", inLanguages: ["ja"] },
      { shopper: "customer", who: "returning" },
    ],
  ];
  expect(unmetConditions({ ...ALL_SHOPPERS, shoppers }, regular)).toEqual(["languages"]);
  expect(unmetConditions({ ...ALL_SHOPPERS, shoppers }, { ...regular, language: "ja" })).toBeNull();
  const nobodyElse = { forBusiness: false, atCounter: false, shoppers: [] };
  expect(unmetConditions(nobodyElse, { ...regular, business: true, counter: true })).toEqual(["business", "counter"]);
  expect(unmetConditions(nobodyElse, regular)).toBeNull();
});

const tagged = (...inTags: string[]) => ({
  ...ALL_SHOPPERS,
  shoppers: [[{ shopper: "customer-tags" as const, matches: "any" as const, inTags }]],
});

test("tags of several offers are asked about once, whatever their case", () => {
  const offers = [tagged("VIP", "wholesale"), tagged(" vip ", "Ｂ会員", "ÉTÉ Club"), { ...ALL_SHOPPERS, shoppers: [] }];
  expect(askedTags(offers)).toEqual(["vip", "wholesale", "ｂ会員", "éTé Club"]);
});

test("no more tags than Shopify answers about are published, and no longer ones than the carts leave room for", () => {
  const tags = (count: number, text: string) => Array.from({ length: count }, (_, n) => `${text}${n}`);
  expect([areTagsAskable(tags(60, "garden club")), areTagsAskable(tags(70, "garden club"))]).toEqual([true, false]);
  expect([areTagsAskable(tags(13, "会".repeat(38))), areTagsAskable(tags(16, "会".repeat(38)))]).toEqual([true, false]);
  const offers = Array.from({ length: 8 }, (_, offer) => tagged(...tags(12, `club ${offer} `)));
  expect([areTestsPublishable(offers.slice(3)), areTestsPublishable(offers)]).toEqual([true, false]);
});

const ofCampaign = (...inCampaigns: string[]): ChosenShopperCondition => ({
  ...{ shopper: "campaign", parameter: "campaign", inCampaigns },
});
const ANY = { possible: SHOPPER_CONDITION_NAMES, hasReward: false };

test("no offer with a reward is for a campaign: no price depends on what only a browser knows", () => {
  const given = {
    ...ALL_SHOPPERS,
    shoppers: [[{ shopper: "customer" as const, who: "guest" as const }, ofCampaign("a")]],
  };
  expect(shopperRefusals(given, ANY)).toEqual([]);
  expect(shopperRefusals(given, { ...ANY, hasReward: true })).toEqual([
    { path: "0.1.shopper", code: "not-with-reward" },
  ]);
  const misspelt = { ...given, shoppers: [[ofCampaign("utm_campaign=a")]] };
  expect(shopperRefusals(misspelt, { ...ANY, hasReward: true })).toEqual([
    { path: "0.0.shopper", code: "not-with-reward" },
    { path: "0.0.inCampaigns", code: "not-a-campaign" },
  ]);
});

test("a group names campaigns once, and only by what an address can hold", () => {
  const refused = (...shoppers: ChosenShopperCondition[][]) => shopperRefusals({ ...ALL_SHOPPERS, shoppers }, ANY);
  expect(refused([ofCampaign("a")], [ofCampaign("a")])).toEqual([]);
  expect(refused([ofCampaign("a")], [ofCampaign("b"), ofCampaign("c")])).toEqual([{ path: "1", code: "one-campaign" }]);
  for (const value of [" ", "ann@example.com", "utm_campaign=summer", "?UTM_source=x"]) {
    expect(refused([ofCampaign("a", value)])).toEqual([{ path: "0.0.inCampaigns", code: "not-a-campaign" }]);
  }
});

test("a campaign is the same in whichever order and letters it is named, and no other one", () => {
  const test = (...values: string[]) => testsOf({ ...ALL_SHOPPERS, shoppers: [[ofCampaign(...values)]] });
  expect(test("Summer", "winter ")).toBe(test("winter", "summer", "SUMMER"));
  expect(test("summer")).not.toBe(test("winter"));
  expect(test("summer")).toMatch(/^u\d+$/);
  expect(meetsTests(test("summer")!, visiting)).toBe(false);
  expect(meetsTests(`cUS|cJP+${test("winter", "spring")}`, visiting)).toBe(true);
  expect(meetsTests(`cUS+${test("winter", "spring")}`, visiting)).toBe(false);
});

test("all offers together name no more campaigns than pages carry", () => {
  const named = (count: number, values: number) =>
    publishedCampaigns(
      Array.from({ length: count }, (_, at) => ({
        shoppers: [[ofCampaign(...Array.from({ length: values }, (_value, n) => `${at}-${n}`))]],
      })),
    );
  expect([named(10, 10), named(11, 1), named(6, 17)].map(areCampaignsPublishable)).toEqual([true, false, false]);
  expect(publishedCampaigns([{ shoppers: [[ofCampaign("a")]] }, { shoppers: [[ofCampaign(" A ")]] }])).toHaveLength(1);
});
