/**
 * Compact rules: what the discount Function reads of the offers of a product or of the whole shop. They are published as
 * one JSON string. A Function is given at most 128,000 bytes of input for a whole cart, so they hold what prices need
 * and nothing else. `kernel/read-rules.ts` reads them.
 *
 *     rules    = "2" { ";" offer } | "c"                             "c": a bundle, of which no line takes a discount
 *     offer    = "b" head "," "p" basis-points "," products          bought together: percent off each unit
 *              | "b" head "," ("a" | "u") amounts "," products       the same: amount off, or price of, the whole set
 *              | "b" head "," "s" countries "," products             the same: free shipping with the whole set
 *              | "y" head "," buy "," get "," most "," reward "," ("=" | products)    buy X get Y: "=" for the same products;
 *                                                                    `most` groups of an order, 0 for any number
 *              | "m" head "," units "," ("p" basis-points | "u" amounts)     mix and match: percent off each unit of a group of
 *                                                                    so many, or the price of the group
 *              | "q" head "," ("t" | "v") { "," tier }               quantity breaks, rising: variants together, or each by itself
 *              | "g" head "," options "," amounts "," countries      free shipping from an amount
 *              | "o" head "," amounts "," reward                     off the order from an amount: percent, or an amount off
 *              | "f" head "," amounts "," product-number             one unit of a product free from an amount
 *              | letter number                                        nothing: where its tests are met it keeps later ones of its
 *                                                                    type out all the same
 *              | "x" letter [ number [ "," tests ] ]                  stopped: all offers of a type, or one of them, that one
 *                                                                    only for whoever does not meet the tests
 *     letter   = "b" | "y" | "m" | "q" | "g" | "o" | "f"
 *     head     = number "," priority                                 number of the offer in its shop, 0 for none
 *     tier     = least-quantity reward
 *     reward   = "p" basis-points | ("a" | "u") amounts              per unit
 *     amounts  = amount { "." amount };  amount = currency minor-units: "USD500.JPY80"
 *     options  = 0 to 3: 1 for local delivery, 2 for pick-up
 *     countries = "*" | { two capital letters }                      of a goal, or of a set
 *     tests    = group { "|" group };  group = test { "+" test }     all tests of one group are met
 *     test     = [ "!" ] ( "s" | "b" | "p"                           "!": is not met. Logged in; business customer; at a counter
 *              | "c" countries                                       "JP.US"
 *              | "m" currencies                                      "JPY.USD"
 *              | "l" languages                                       "ja.pt-br"; "pt" stands for "pt-br" as well
 *              | "o" least [ "-" most ]                              orders of a customer who is logged in
 *              | "t" tag-number { "." tag-number }                   one of the tags of a customer who is logged in
 *              | "v" amounts                                         the cart costs at least so much before discounts
 *              | "n" least                                           it has at least so many units
 *              | "u" number                                          the visit is of a campaign; the kernel knows none
 *              | "e" experiment "." arm )                            it names this arm of an experiment, in `_tsuide_arms`
 *     products = count "." width first { step }                      sorted; digits to base 64 are "?" for 0 to "~" for 63;
 *                                                                    first has 9 of them, each step to the next has `width`
 */

/** Minor units by currency code. A currency that is absent has no such reward. */
export type MinorAmounts = Readonly<Record<string, number>>;

/** Types of offers that change prices: the letter that begins them in compact rules, and what their ids begin with. */
export const PRICED_TYPES = {
  "bought-together": { letter: "b", code: "bt" },
  "buy-x-get-y": { letter: "y", code: "xy" },
  "mix-and-match": { letter: "m", code: "mm" },
  "quantity-breaks": { letter: "q", code: "qb" },
  goal: { letter: "g", code: "goal" },
} as const;
export type PricedTypeName = keyof typeof PRICED_TYPES;

const NAMES = Object.keys(PRICED_TYPES) as PricedTypeName[];
/** Letters of further tiers of a goal, which have rules of their own. */
const ORDER_REWARD = "o";
const GIFT = "f";
const BY_LETTER = new Map<number, PricedTypeName>([
  ...NAMES.map((name) => [PRICED_TYPES[name].letter.charCodeAt(0), name] as const),
  ...[ORDER_REWARD, GIFT].map((letter) => [letter.charCodeAt(0), "goal"] as const),
]);

/** The type that a letter stands for, as the kernel keeps it. */
export function typeOfLetter(letter: number): PricedTypeName {
  return BY_LETTER.get(letter)!;
}

/** Off each unit: a share of its price. 1 to 10,000 basis points. */
export interface PercentReward {
  readonly kind: "percent";
  readonly basisPoints: number;
}

/** Minor units off. */
export interface AmountOffReward {
  readonly kind: "amount-off";
  readonly amounts: MinorAmounts;
}

/** Minor units to pay. */
export interface FixedPriceReward {
  readonly kind: "fixed-price";
  readonly amounts: MinorAmounts;
}

/** Nothing off prices: the order ships for free. ISO 3166 codes of the countries where; null for everywhere. */
export interface FreeShippingReward {
  readonly kind: "free-shipping";
  readonly countries: readonly string[] | null;
}

interface OfferRules {
  /** The offer's number in its shop; 0 for an entry that is older than numbers. */
  readonly number: number;
  /** At least 0. Of offers with equal savings the one of higher priority is taken. */
  readonly priority: number;
}

/**
 * Products that cost less together. A percentage is taken off each unit of the product and of each listed product, as
 * long as both are in the cart. Any other reward is for one whole set: the product and all that are listed.
 */
export interface BoughtTogetherRules extends OfferRules {
  readonly type: "bought-together";
  readonly reward: PercentReward | AmountOffReward | FixedPriceReward | FreeShippingReward;
  /** Product numbers, without the product that carries the offer. */
  readonly listed: readonly string[];
}

/**
 * Units that cost less once others are bought. All products that carry the same offer count together as bought, and a unit
 * is in one group at the most: `buy` units at their price and up to `get` units for less.
 */
export interface BuyXGetYRules extends OfferRules {
  readonly type: "buy-x-get-y";
  /** 1 to 1,000 units. */
  readonly buy: number;
  readonly get: number;
  /** Groups of an order at most; null for any number. */
  readonly most: number | null;
  /** Off each unit that is got, or the price of each. */
  readonly reward: PercentReward | AmountOffReward | FixedPriceReward;
  /** Numbers of the products to get, which never count as bought; null where they are those that are bought. */
  readonly listed: readonly string[] | null;
}

/**
 * Units that cost less in groups of so many. All products that carry the same offer count together, and any of them may
 * come several times.
 */
export interface MixAndMatchRules extends OfferRules {
  readonly type: "mix-and-match";
  /** Units of a group, 2 to 1,000. */
  readonly choose: number;
  /** Off each unit, or the price of a group. */
  readonly reward: PercentReward | FixedPriceReward;
}

export interface QuantityTier {
  /** From so many units on, at least 1. */
  readonly least: number;
  /** Off each unit, or the price of each unit. */
  readonly reward: PercentReward | AmountOffReward | FixedPriceReward;
}

/** Tiers of one product, at most 12: of all that the cart's quantity reaches, each unit gets the one that saves most. */
export interface QuantityBreaksRules extends OfferRules {
  readonly type: "quantity-breaks";
  /** Whether variants of the product count together. */
  readonly together: boolean;
  readonly tiers: readonly QuantityTier[];
}

/** Free shipping once what ships costs so much, after discounts on lines. */
export interface GoalRules extends OfferRules {
  readonly type: "goal";
  readonly amounts: MinorAmounts;
  /** ISO 3166 codes of the countries that it is good for; null where it is good everywhere. */
  readonly countries: readonly string[] | null;
  /** Whether local delivery and pick-up are free as well. */
  readonly localDelivery: boolean;
  readonly pickUp: boolean;
}

/** A discount on the order once what counts of it costs so much, after discounts on lines. */
export interface OrderRewardRules extends OfferRules {
  readonly type: "order-reward";
  /** From so much on. Gift cards and gifts do not count. */
  readonly amounts: MinorAmounts;
  readonly reward: PercentReward | AmountOffReward;
}

/** One unit of a product free once what counts of the cart costs so much, after discounts on lines. */
export interface GiftRules extends OfferRules {
  readonly type: "gift";
  /** From so much on. Gift cards and gifts do not count. */
  readonly amounts: MinorAmounts;
  /** Number of the product. */
  readonly product: string;
}

/** An offer of the whole shop, or one of its tiers. */
export type ShopRules = GoalRules | OrderRewardRules | GiftRules;

/** An offer that changes no price, and keeps later ones of its type out all the same. */
export interface NothingRules {
  readonly type: ProductRules["type"];
  readonly number: number;
  readonly nothing: true;
}

/** An offer that one product carries. */
export type ProductRules = BoughtTogetherRules | BuyXGetYRules | MixAndMatchRules | QuantityBreaksRules;

/** What a shop stops at once, whatever its products still carry. */
export interface StoppedOffers {
  readonly type: ProductRules["type"];
  /** Null for all offers of the type. */
  readonly number: number | null;
}

/** An offer that holds only for shoppers who meet its tests. */
export interface TestedOffer {
  readonly type: PricedTypeName;
  readonly number: number;
  /** See the grammar above. */
  readonly tests: string;
}

const VERSION = "2";

/** Rules of a bundle: its price is its own already, and no offer lowers it again, whatever other products' rules list. */
export const CLOSED_RULES = "c";

/** Compact rules of the offers that one product carries, in their order; null where none of them changes a price. */
export function encodeProductRules(offers: readonly (ProductRules | NothingRules)[]): string | null {
  const texts = offers.map((offer) => ({ offer, text: "nothing" in offer ? null : encodeOffer(offer) }));
  const kept = texts.flatMap(({ offer, text }, place) => {
    if (text !== null) return [text];
    const keepsOut = texts.slice(place + 1).some((one) => one.text !== null && one.offer.type === offer.type);
    return keepsOut ? [`${PRICED_TYPES[offer.type].letter}${whole(offer.number)}`] : [];
  });
  return kept.length === 0 ? null : [VERSION, ...kept].join(";");
}

function encodeOffer(offer: ProductRules): string | null {
  return (ENCODERS[offer.type] as (offer: ProductRules) => string | null)(offer);
}

/** How the rules of each type that products carry are written; null for those that take nothing off. */
const ENCODERS: { readonly [Type in ProductRules["type"]]: (offer: ProductRules & { type: Type }) => string | null } = {
  "bought-together": boughtTogether,
  "buy-x-get-y": buyXGetY,
  "mix-and-match": mixAndMatch,
  "quantity-breaks": quantityBreaks,
};

/** The types whose rules products carry. */
export const PRODUCT_RULE_TYPES = Object.keys(ENCODERS) as ProductRules["type"][];

const TESTS = /^[!-:<-~]+$/;

/** Compact rules of the shop's own offers, of what it has stopped, and of the shoppers whom offers of any type are for. */
export function encodeShopRules(
  offers: readonly ShopRules[],
  stopped: readonly StoppedOffers[] = [],
  tested: readonly TestedOffer[] = [],
): string {
  const stops = stopped.map(
    ({ type, number }) => `x${PRICED_TYPES[type].letter}${number === null ? "" : whole(number)}`,
  );
  const unless = tested.flatMap(({ type, number, tests }) => {
    if (!TESTS.test(tests)) throw new Error(`Not tests of shoppers: ${JSON.stringify(tests)}`);
    const letters = type === "goal" ? [PRICED_TYPES.goal.letter, ORDER_REWARD, GIFT] : [PRICED_TYPES[type].letter];
    return letters.map((letter) => `x${letter}${whole(number)},${tests}`);
  });
  return [VERSION, ...stops, ...unless, ...offers.flatMap((offer) => shopOffer(offer) ?? [])].join(";");
}

function boughtTogether(offer: BoughtTogetherRules): string | null {
  const of = offer.reward;
  const value = of.kind === "free-shipping" ? `s${places(of.countries)}` : reward(of);
  const products = packProducts(offer.listed);
  return value === null || products === null ? null : `b${head(offer)},${value},${products}`;
}

function buyXGetY({ buy, get, most, listed, ...offer }: BuyXGetYRules): string | null {
  const value = reward(offer.reward);
  const products = listed === null ? "=" : packProducts(listed);
  if (value === null || products === null) return null;
  return [`y${head(offer)}`, whole(buy), whole(get), whole(most ?? 0), value, products].join(",");
}

function mixAndMatch({ choose, ...offer }: MixAndMatchRules): string | null {
  const value = reward(offer.reward);
  return value === null ? null : `m${head(offer)},${whole(choose)},${value}`;
}

function quantityBreaks(offer: QuantityBreaksRules): string | null {
  // The smallest quantity first: the reader stops at the first that a cart does not reach.
  const rising = offer.tiers.toSorted((a, b) => a.least - b.least);
  const tiers = rising.flatMap(({ least, reward: of }) => {
    const value = reward(of);
    return value === null ? [] : [`${whole(least)}${value}`];
  });
  return tiers.length === 0 ? null : [`q${head(offer)}`, offer.together ? "t" : "v", ...tiers].join(",");
}

function shopOffer(offer: ShopRules): string | null {
  const amounts = encodeAmounts(offer.amounts);
  if (amounts === null) return null;
  if (offer.type === "gift") return `${GIFT}${head(offer)},${amounts},${whole(Number(offer.product))}`;
  if (offer.type === "goal") return goal(offer, amounts);
  const value = reward(offer.reward);
  return value === null ? null : `${ORDER_REWARD}${head(offer)},${amounts},${value}`;
}

function goal(offer: GoalRules, amounts: string): string {
  const options = (offer.localDelivery ? 1 : 0) + (offer.pickUp ? 2 : 0);
  return `g${head(offer)},${options},${amounts},${places(offer.countries)}`;
}

function head({ number, priority }: OfferRules): string {
  return `${whole(number)},${whole(priority)}`;
}

/** Null for a reward that takes nothing off. */
function reward(of: PercentReward | AmountOffReward | FixedPriceReward): string | null {
  if (of.kind === "percent") {
    if (of.basisPoints > 10_000) throw new Error(`Not basis points: ${of.basisPoints}`);
    return whole(of.basisPoints) === "0" ? null : `p${of.basisPoints}`;
  }
  const amounts = encodeAmounts(of.amounts);
  return amounts === null ? null : `${of.kind === "amount-off" ? "a" : "u"}${amounts}`;
}

function encodeAmounts(amounts: MinorAmounts): string | null {
  const texts = Object.entries(amounts).map(([currency, amount]) => {
    if (!/^[A-Z]{3}$/.test(currency)) throw new Error(`Not a currency code: ${JSON.stringify(currency)}`);
    return `${currency}${whole(amount)}`;
  });
  return texts.length === 0 ? null : texts.sort().join(".");
}

function places(countries: readonly string[] | null): string {
  return countries === null ? "*" : countries.map(country).join("");
}

function country(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) throw new Error(`Not a country code: ${JSON.stringify(code)}`);
  return code;
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 1e15) throw new Error(`Not a whole number: ${value}`);
  return String(value);
}

/** The character of digit 0 to base 64; those of the others follow it in ASCII, without a comma or a semicolon. */
const DIGIT_ZERO = "?";
const FIRST_DIGITS = 9;

/** Packs product numbers; null for none. A number above 2^53 is left out: no product has one today. */
function packProducts(listed: readonly string[]): string | null {
  const numbers = [...new Set(listed.map(Number))].filter((number) => Number.isSafeInteger(number) && number > 0);
  numbers.sort((a, b) => a - b);
  if (numbers.length === 0) return null;
  const steps = numbers.slice(1).map((number, i) => number - numbers[i]!);
  const width = Math.max(1, ...steps.map((step) => base64(step).length));
  const packed = steps.map((step) => base64(step).padStart(width, DIGIT_ZERO));
  return [`${numbers.length}.`, base64(width), base64(numbers[0]!).padStart(FIRST_DIGITS, DIGIT_ZERO), ...packed].join(
    "",
  );
}

function base64(value: number): string {
  let text = "";
  for (let left = value; left > 0; left = Math.floor(left / 64))
    text = String.fromCharCode(DIGIT_ZERO.charCodeAt(0) + (left % 64)) + text;
  return text;
}
