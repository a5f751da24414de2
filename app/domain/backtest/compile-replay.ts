import { type BareId, bareNumber, type ProductId } from "../ids.ts";
import type { ProductCompiledType } from "../offers/compiled-type.ts";
import type { ConfigOf } from "../offers/offer-types.ts";
import type { Offer } from "../offers/offer.ts";
import {
  encodeProductRules,
  encodeShopRules,
  PRICED_TYPES,
  type PricedTypeName,
  type ProductRules,
  type ShopRules,
  type TestedOffer,
} from "../pricing/rules.ts";
import type { PublishedEntry } from "../publishing/entry.ts";
import { currenciesOf } from "../simulation/offer-in-cart.ts";
import type { CreditTerms } from "../store-credit/terms.ts";
import type {
  BundlePart,
  ReplayedGift,
  ReplayedOffer,
  ReplayedProduct,
  ShownProduct,
  ShownVariant,
} from "./replayed-offer.ts";
import { type ReplayedAudience, replayedAudience } from "./replayed-tests.ts";

/** What of the catalogue a replay needs, by bare number of the product: today's lowest price, and what a unit costs. */
export type PriceList = ReadonlyMap<BareId, { readonly priceMinor: number; readonly costMinor: number | null }>;

/** What else an offer is compiled with. */
interface Compiling {
  /** The shop's currency. */
  readonly currency: string;
  readonly prices: PriceList;
}

/** An offer whose entries products carry, as past orders are priced with it. */
export function replayedByProducts(
  offer: Offer,
  type: ProductCompiledType<unknown, PublishedEntry, unknown>,
  entries: ReadonlyMap<ProductId, PublishedEntry>,
  { currency, prices }: Compiling,
): ReplayedOffer {
  const audience = replayedAudience(offer.audience);
  const products = new Map<number, ReplayedProduct>();
  const shown = new Map<number, readonly (ShownProduct | ShownVariant)[]>();
  const sets = new Map<number, readonly number[]>();
  let terms: CreditTerms | null = null;
  const all: ProductRules[] = [];
  for (const [product, entry] of entries) {
    const number = numberOf(bareNumber(product));
    const rules = everywhere(type.rules(entry, offer));
    const text = rules === null ? null : encodeProductRules([rules]);
    if (number === 0) continue;
    const credit = type.credit?.(entry) ?? null;
    if (credit !== null) {
      sets.set(number, credit.companions.map(numberOf));
      terms = credit.terms;
    } else if (rules === null || text === null) {
      const others = shownWith(product, entry, type, prices);
      if (others.length > 0) shown.set(number, others);
    } else {
      products.set(number, { rules: text, need: unitsNeeded(rules), named: namedBy(rules).map(numberOf) });
      all.push(rules);
    }
  }
  const [first] = all;
  return {
    ...ofAll(offer, audience, { currency, rules: [], given: [...all, terms] }),
    ...{ products, shown: products.size > 0 || terms !== null ? new Map() : shown },
    credit: terms === null ? null : { terms, sets },
    countsTogether: first?.type !== "quantity-breaks",
    setShipsFree: first?.type === "bought-together" && first.reward.kind === "free-shipping",
    ...basisPointsOf(first),
    ...{ amounts: amountsOf(audience, currency), gifts: [], bundle: null },
    prices: new Map([...prices].map(([product, { priceMinor }]) => [numberOf(product), priceMinor])),
  };
}

/** An offer of the whole shop, as past orders are priced with it. */
export function replayedByShop(
  offer: Offer,
  published: readonly ShopRules[],
  { currency, prices }: Compiling,
): ReplayedOffer {
  const audience = replayedAudience(offer.audience);
  const rules = published.map((one) => (one.type === "goal" ? { ...one, countries: null } : one));
  const own = rules.flatMap((one) =>
    one.type === "gift" && !prices.has(one.product) ? [] : (one.amounts[currency] ?? []),
  );
  return {
    ...ofAll(offer, audience, { currency, rules, given: rules }),
    ...{ products: new Map(), shown: new Map(), countsTogether: true, setShipsFree: false, prices: new Map() },
    ...{ bundle: null, credit: null, pairBasisPoints: null, gotBasisPoints: null },
    amounts: own.length === 0 ? [] : [Math.min(...own)],
    gifts: giftsOf(rules, { currency, prices }),
  };
}

/** Each product once, from the lowest of its amounts. */
function giftsOf(rules: readonly ShopRules[], { currency, prices }: Compiling): ReplayedGift[] {
  const gifts = new Map<string, ReplayedGift>();
  for (const one of rules) {
    if (one.type !== "gift") continue;
    const [known, fromMinor] = [prices.get(one.product), one.amounts[currency]];
    if (known === undefined || fromMinor === undefined) continue;
    const lowest = Math.min(fromMinor, gifts.get(one.product)?.fromMinor ?? Infinity);
    gifts.set(one.product, { product: numberOf(one.product), fromMinor: lowest, ...known });
  }
  return [...gifts.values()];
}

/**
 * A bundle, as past orders are priced with it.
 *
 * @param productOf The product of each variant that can be a component, by their numbers.
 */
export function replayedAsBundle(
  offer: Offer<ConfigOf<"fixed-bundle">>,
  productOf: ReadonlyMap<BareId, BareId>,
  currency: string,
): ReplayedOffer {
  const { config, reward } = offer;
  const parts = config.components.flatMap(({ variant: [id], quantity }): BundlePart[] => {
    const variant = id === undefined ? undefined : bareNumber(id);
    const product = variant === undefined ? undefined : productOf.get(variant);
    return product === undefined ? [] : [{ product: numberOf(product), variant: numberOf(variant!), quantity }];
  });
  const isWhole = parts.length > 0 && parts.length === config.components.length;
  return {
    ...ofAll(offer, replayedAudience(offer.audience), { currency, rules: [], given: [reward] }),
    ...{ products: new Map(), shown: new Map(), prices: new Map(), countsTogether: true, setShipsFree: false },
    ...{ pairBasisPoints: null, gotBasisPoints: null, amounts: [], gifts: [], credit: null },
    ...{ bundle: isWhole ? { parts, reward } : null },
  };
}

function ofAll(
  offer: Offer,
  { tests, worth }: ReplayedAudience,
  { currency, rules, given }: { currency: string; rules: readonly ShopRules[]; given: readonly unknown[] },
): Pick<ReplayedOffer, "type" | "currency" | "hasAmounts" | "shopRules" | "tests"> {
  return {
    ...{ type: offer.type, currency, tests },
    hasAmounts: currenciesOf([...given, ...worth]).length > 0,
    shopRules: encodeShopRules(rules, [], testedOffer(offer, tests)),
  };
}

function testedOffer({ type, number }: Offer, tests: string | null): TestedOffer[] {
  return tests !== null && isPriced(type) ? [{ type, number, tests }] : [];
}

function isPriced(type: string): type is PricedTypeName {
  return Object.hasOwn(PRICED_TYPES, type);
}

/** Free shipping of a set to whatever country: orders do not say where they went. */
function everywhere(rules: ProductRules | null): ProductRules | null {
  if (rules?.type !== "bought-together" || rules.reward.kind !== "free-shipping") return rules;
  return { ...rules, reward: { ...rules.reward, countries: null } };
}

/** Fewest units of a cart with which the rules of one product can take anything off: of all its offer's products, or its own. */
function unitsNeeded(rules: ProductRules): number {
  switch (rules.type) {
    case "bought-together":
      return rules.reward.kind === "percent" ? 2 : 1 + rules.listed.length;
    case "buy-x-get-y":
      return rules.buy + 1;
    case "mix-and-match":
      return rules.choose;
    case "quantity-breaks":
      return Math.min(...rules.tiers.map(({ least }) => least));
  }
}

function basisPointsOf(rules: ProductRules | undefined): Pick<ReplayedOffer, "pairBasisPoints" | "gotBasisPoints"> {
  const percent = rules !== undefined && "reward" in rules && rules.reward.kind === "percent" ? rules.reward : null;
  const isOfOthers = rules?.type === "buy-x-get-y" && rules.listed !== null;
  return {
    pairBasisPoints: rules?.type === "bought-together" ? (percent?.basisPoints ?? null) : null,
    gotBasisPoints: isOfOthers ? (percent?.basisPoints ?? null) : null,
  };
}

function namedBy(rules: ProductRules): readonly BareId[] {
  return "listed" in rules ? (rules.listed ?? []) : [];
}

function amountsOf({ worth }: ReplayedAudience, currency: string): number[] {
  const own = worth.flatMap((amounts) => amounts[currency] ?? []);
  return [...new Set(own)].toSorted((a, b) => a - b);
}

/** What is shown with a product at whatever price it is sold, unless its type says more. */
function shownWith(
  product: ProductId,
  entry: PublishedEntry,
  type: ProductCompiledType<unknown, PublishedEntry, unknown>,
  prices: PriceList,
): (ShownProduct | ShownVariant)[] {
  const { companions, segmentCompanions } = type.references(entry);
  const variants = (type.shownVariants?.(entry) ?? []).map(([from, to]): ShownVariant => ({
    variant: numberOf(from),
    better: numberOf(to),
  }));
  const named = (type.listed?.(entry) ?? [...companions, ...segmentCompanions].map(bareNumber)).filter(
    (one) => variants.length === 0 || one !== bareNumber(product),
  );
  const others = named.map((one): ShownProduct => {
    const priceMinor = prices.get(one)?.priceMinor ?? 0;
    const { leastPriceMinor } = type.shownAt?.(entry, priceMinor) ?? { leastPriceMinor: 0 };
    // A product that is shown with itself, as a subscription to it, is shown whatever else is in the cart.
    return { product: one === bareNumber(product) ? 0 : numberOf(one), leastPriceMinor };
  });
  return [...variants, ...others];
}

/** 0 for a number that is not exact: no product has one. */
function numberOf(id: BareId): number {
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : 0;
}
