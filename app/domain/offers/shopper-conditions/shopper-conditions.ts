import { type Refusal, within } from "../../shape/field.ts";
import { refusalsOf } from "../../shape/known-parts.ts";
import { list } from "../../shape/lists.ts";
import { oneOf, type VariantOf } from "../../shape/one-of.ts";
import { shape, type ShapeValue } from "../../shape/shape.ts";
import { boolean } from "../../shape/values.ts";
import { answerBytes, areTagsAskable, askedTags } from "./asked-tags.ts";
import { campaignCondition } from "./campaign.ts";
import { cartUnitsCondition } from "./cart-units.ts";
import { cartValueCondition } from "./cart-value.ts";
import { canBeMet } from "./contradictions.ts";
import { countriesCondition } from "./countries.ts";
import { currenciesCondition } from "./currencies.ts";
import { customerTagsCondition } from "./customer-tags.ts";
import { customerCondition } from "./customer.ts";
import { languagesCondition } from "./languages.ts";
import { orderCountCondition } from "./order-count.ts";
import { type Knowledge, type Reader, READER_SURFACES, READERS, type ShopperCondition } from "./shopper-condition.ts";

/** Every kind of condition on shoppers that an offer can carry, one file each. */
export const SHOPPER_CONDITIONS = {
  countries: countriesCondition,
  currencies: currenciesCondition,
  languages: languagesCondition,
  customer: customerCondition,
  "order-count": orderCountCondition,
  "customer-tags": customerTagsCondition,
  "cart-value": cartValueCondition,
  "cart-units": cartUnitsCondition,
  campaign: campaignCondition,
} as const;

export type ShopperConditionName = keyof typeof SHOPPER_CONDITIONS;
export const SHOPPER_CONDITION_NAMES = Object.keys(SHOPPER_CONDITIONS) as ShopperConditionName[];

/** Those that an offer with a discount can use: the discount Function has to know whether they are met. */
export const DISCOUNT_CONDITION_NAMES = SHOPPER_CONDITION_NAMES.filter(
  (name) => SHOPPER_CONDITIONS[name].knownTo.discount === "yes",
);

/** Whether a word names a condition on shoppers. */
export function isShopperConditionName(word: string): word is ShopperConditionName {
  return Object.hasOwn(SHOPPER_CONDITIONS, word);
}

/**
 * The readers that do not know a condition, or not at any time, of those that show an offer on some surfaces. The cart is
 * named where it differs from product pages.
 */
export function unknownTo(
  name: ShopperConditionName,
  surfaces: readonly string[],
): { readonly reader: Reader; readonly knowledge: Exclude<Knowledge, "yes"> }[] {
  const { knownTo } = SHOPPER_CONDITIONS[name];
  return READERS.flatMap((reader) => {
    const knowledge = knownTo[reader];
    const isUsed = READER_SURFACES[reader].some((surface) => surfaces.includes(surface));
    const isSaid = reader === "cart" && knowledge === knownTo.theme && surfaces.includes("product");
    return knowledge === "yes" || !isUsed || isSaid ? [] : [{ reader, knowledge }];
  });
}

type Arguments = { readonly [Name in ShopperConditionName]: (typeof SHOPPER_CONDITIONS)[Name]["args"] };
const ARGUMENTS = Object.fromEntries(
  Object.entries(SHOPPER_CONDITIONS).map(([name, { args }]) => [name, args]),
) as Arguments;

/** One condition with its arguments: `{ shopper: "customer", who: "guest" }`. */
export type ChosenShopperCondition = VariantOf<"shopper", Arguments>;

/** For whom an offer is, as it is stored and sent. */
export const audience = shape({
  /** Groups of conditions: they hold where all conditions of at least one group do. No group at all holds for all shoppers. */
  shoppers: list(list(oneOf("shopper", ARGUMENTS, { default: "countries" }), { fewest: 1, most: 5 }), { most: 5 }),
  /** Whether business customers get it as well. */
  forBusiness: boolean({ default: true }),
  /** Whether it holds for what is sold at a counter as well. */
  atCounter: boolean({ default: true }),
});
export type Audience = ShapeValue<typeof audience>;

/** Bytes of the tests of one offer, at most: the discount Function reads those of all offers for every cart. */
export const MOST_TEST_BYTES = 200;

/** Offers of a shop with such tests, and bytes of all of them with the answers about the tags that they name, at most. */
const MOST_TESTED_OFFERS = 50;
const MOST_TEST_BYTES_IN_ALL = 4_000;

/** Whether the discount Function can be given the conditions on shoppers of all of these offers. */
export function areTestsPublishable(offers: readonly Audience[]): boolean {
  const tests = offers.flatMap((offer) => testsOf(offer) ?? []);
  const tags = askedTags(offers);
  const bytes = tests.join("").length + answerBytes(tags);
  return tests.length <= MOST_TESTED_OFFERS && bytes <= MOST_TEST_BYTES_IN_ALL && areTagsAskable(tags);
}

/** The condition that a choice names, whatever its arguments are. */
export function shopperCondition({ shopper }: ChosenShopperCondition): ShopperCondition<unknown> {
  return SHOPPER_CONDITIONS[shopper];
}

/** The tests of an offer as they are published, by the grammar in `pricing/rules.ts`; null where it is for all shoppers. */
export function testsOf({ shoppers, forBusiness, atCounter }: Audience): string | null {
  const always = [...(forBusiness ? [] : ["!b"]), ...(atCounter ? [] : ["!p"])];
  const groups = shoppers.length === 0 ? [[]] : shoppers;
  const tests = groups.map((group) => [...always, ...group.map((one) => shopperCondition(one).test(one))].join("+"));
  return tests.includes("") ? null : tests.join("|");
}

/**
 * What keeps conditions on shoppers from being used: one without arguments, that the offer's type cannot use, or that no
 * offer with a reward can use; a group that nobody can meet or that names campaigns twice, and more than can be published.
 */
export function shopperRefusals(
  given: Audience,
  options: { possible: readonly ShopperConditionName[]; hasReward: boolean },
): Refusal[] {
  const { possible } = options;
  const refusals = given.shoppers.flatMap((group, at) =>
    group.flatMap((chosen, place): Refusal[] => {
      const path = within(String(at), place);
      if (!possible.includes(chosen.shopper)) return [{ path: within(path, "shopper"), code: "not-possible-here" }];
      const isForDiscounts = DISCOUNT_CONDITION_NAMES.includes(chosen.shopper);
      return refusalsOf(
        () =>
          options.hasReward && !isForDiscounts ? [{ path: within(path, "shopper"), code: "not-with-reward" }] : [],
        () =>
          shopperCondition(chosen)
            .incomplete(chosen)
            .map((refusal) => ({ ...refusal, path: within(path, refusal.path) })),
      );
    }),
  );
  if (refusals.length > 0) return refusals;
  // What pages carry says of one campaign at a time whether it is that of the visit.
  const repeated = given.shoppers.flatMap((group, at) =>
    group.filter(({ shopper }) => shopper === "campaign").length > 1
      ? [{ path: String(at), code: "one-campaign" }]
      : [],
  );
  if (repeated.length > 0) return repeated;
  const impossible = given.shoppers.flatMap((group, at) =>
    canBeMet(testsOf({ ...given, shoppers: [group] }) ?? "") ? [] : [{ path: String(at), code: "contradiction" }],
  );
  if (impossible.length > 0) return impossible;
  return (testsOf(given) ?? "").length > MOST_TEST_BYTES ? [{ path: "", code: "too-much" }] : [];
}
