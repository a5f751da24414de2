import { type BuyerFacts, toBuyer, UNKNOWN_BUYER } from "./buyer-facts.ts";
import { type GoalLine, goalBasis } from "./goal-basis.ts";
import {
  addFreeSets,
  freeOptions,
  isGift,
  isGoodFor,
  LOCAL_DELIVERY,
  OTHER_DELIVERY,
  PICK_UP,
  SHIPPING,
} from "./kernel/goal.ts";
import { GOAL, packCountry, type PricedOffer } from "./kernel/offers.ts";
import { Products } from "./kernel/products.ts";
import { RulesReader } from "./kernel/read-rules.ts";
import { Stopped } from "./kernel/stopped.ts";
import { packLetters, TextReader } from "./kernel/text-reader.ts";

/** Shopify's `DeliveryMethod`, as far as a goal tells them apart; any other is never free. */
const KINDS: Readonly<Record<string, number>> = {
  SHIPPING,
  LOCAL: LOCAL_DELIVERY,
  PICK_UP,
  PICKUP_POINT: PICK_UP,
};

/** One way to deliver a group of lines. */
export interface DeliveryOption {
  readonly handle: string;
  /** As Shopify names it: "SHIPPING", "LOCAL", "PICK_UP", "PICKUP_POINT" and others. */
  readonly method: string;
  /** Minor units of the cart's currency. */
  readonly costMinor: number;
}

/** A line with the number of its product; absent or null for a custom item. */
export interface DeliveredLine extends Omit<GoalLine, "gift"> {
  readonly product?: string | null;
  /** Whether it is bought on a selling plan: then it is part of no set. Absent for no. */
  readonly subscription?: boolean;
}

export interface CartToDeliver {
  readonly currency: string;
  /** The country that the shop is shown for: it counts for a group that has no address yet. Null where it is not known. */
  readonly country: string | null;
  /** Nothing is known of the buyer where it is absent. */
  readonly buyer?: BuyerFacts;
  /** What the cart costs before discounts, in minor units, and the units of all its lines; absent where nobody knows. */
  readonly valueMinor?: number;
  readonly units?: number;
  readonly shopRules: string | null;
  /** Compact rules of the cart's products, by product number; absent where none of them ships for free in a set. */
  readonly productRules?: ReadonlyMap<string, string>;
  readonly lines: readonly DeliveredLine[];
  readonly groups: readonly { readonly country: string | null; readonly options: readonly DeliveryOption[] }[];
}

/**
 * Handles of the ways to deliver that are free, once what ships reaches a goal or a set is whole that ships for free: of
 * each group the cheapest of each kind that the goal or the set is for. The same code as in the discount Function.
 */
export function freeDelivery(cart: CartToDeliver): string[] {
  if (cart.shopRules === null) return [];
  const { currency, buyer = UNKNOWN_BUYER, valueMinor = null, units = null } = cart;
  const stopped = new Stopped(toBuyer({ ...buyer, currency, valueMinor, units }));
  const offers: PricedOffer[] = [];
  read(readerOf(new Products(0), currency, stopped, offers), cart.shopRules, -1);
  const lines = cart.lines.map((line) => ({ ...line, product: Number(line.product ?? 0) }));
  const reached = shippingFree(offers, offersOfProducts(cart, stopped), lines);
  return cart.groups.flatMap(({ country, options }) => {
    const free = new Uint8Array(options.length);
    const kinds = options.map(({ method }) => KINDS[method] ?? OTHER_DELIVERY);
    const costs = options.map(({ costMinor }) => costMinor);
    const packed = packedCountry(country ?? cart.country);
    for (const goal of reached) if (isGoodFor(goal, packed)) freeOptions(goal, kinds, costs, free);
    return options.filter((_, i) => free[i] === 1).map(({ handle }) => handle);
  });
}

/**
 * Offers that make delivery free where they are good for: goals that the lines reach, and whole sets that ship for free.
 *
 * @param ofShop All offers of the shop.
 * @param ofProducts Those that the cart's products carry, as they were read from their rules.
 * @param lines With the number of their product, 0 for a custom item.
 */
export function shippingFree(
  ofShop: PricedOffer[],
  ofProducts: PricedOffer[],
  lines: readonly (Omit<GoalLine, "gift"> & { readonly product: number })[],
): PricedOffer[] {
  const { countedMinor, countedLines } = goalBasis(
    lines.map((line) => ({ ...line, gift: isGift(ofShop, line.product) })),
  );
  const reached = ofShop.filter(({ type, amount }) => type === GOAL && countedLines > 0 && countedMinor >= amount);
  addFreeSets(ofProducts, reached);
  return reached;
}

function offersOfProducts({ lines, productRules, currency }: CartToDeliver, stopped: Stopped): PricedOffer[] {
  const numbers = lines.flatMap(({ product, subscription }) => (product && subscription !== true ? [product] : []));
  const products = new Products(numbers.length);
  const offers: PricedOffer[] = [];
  for (const number of numbers) products.add(Number(number));
  const reader = readerOf(products, currency, stopped, offers);
  for (const number of new Set(numbers)) {
    const rules = productRules?.get(number);
    if (rules !== undefined) read(reader, rules, products.placeOf(Number(number)));
  }
  return offers;
}

function readerOf(products: Products, currency: string, stopped: Stopped, into: PricedOffer[]): RulesReader {
  const packed = packLetters(currency.charCodeAt(0), currency.charCodeAt(1), currency.charCodeAt(2));
  return new RulesReader(products, packed, stopped, into);
}

/** @param place Of the product that carries the rules; -1 for the shop's own. */
function read(reader: RulesReader, rules: string, place: number): void {
  const bytes = new TextEncoder().encode(rules);
  reader.read(new TextReader(bytes, 0, bytes.length), place, 0);
}

function packedCountry(country: string | null): number {
  return country === null ? 0 : packCountry(country.charCodeAt(0), country.charCodeAt(1));
}
