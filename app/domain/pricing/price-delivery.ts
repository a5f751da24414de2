import { type BuyerFacts, toBuyer, UNKNOWN_BUYER } from "./buyer-facts.ts";
import { type GoalLine, goalBasis } from "./goal-basis.ts";
import { freeOptions, isGift, isGoodFor, LOCAL_DELIVERY, OTHER_DELIVERY, PICK_UP, SHIPPING } from "./kernel/goal.ts";
import { GOAL, packCountry, type PricedOffer } from "./kernel/offers.ts";
import { Products } from "./kernel/products.ts";
import { readRules, Stopped } from "./kernel/read-rules.ts";
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
}

export interface CartToDeliver {
  readonly currency: string;
  /** The country that the shop is shown for: it counts for a group that has no address yet. Null where it is not known. */
  readonly country: string | null;
  /** Nothing is known of the buyer where it is absent. */
  readonly buyer?: BuyerFacts;
  readonly shopRules: string | null;
  readonly lines: readonly DeliveredLine[];
  readonly groups: readonly { readonly country: string | null; readonly options: readonly DeliveryOption[] }[];
}

/**
 * Handles of the ways to deliver that are free, once what ships reaches a goal: of each group the cheapest of each kind
 * that the goal is for. The same code as in the discount Function.
 */
export function freeDelivery(cart: CartToDeliver): string[] {
  if (cart.shopRules === null) return [];
  const offers = readShopOffers(cart.shopRules, cart);
  const { countedMinor, countedLines } = goalBasis(
    cart.lines.map((line) => ({ ...line, gift: isGift(offers, Number(line.product ?? 0)) })),
  );
  if (countedLines === 0) return [];
  const reached = offers.filter(({ type, amount }) => type === GOAL && countedMinor >= amount);
  return cart.groups.flatMap(({ country, options }) => {
    const free = new Uint8Array(options.length);
    const kinds = options.map(({ method }) => KINDS[method] ?? OTHER_DELIVERY);
    const costs = options.map(({ costMinor }) => costMinor);
    const packed = packedCountry(country ?? cart.country);
    for (const goal of reached) if (isGoodFor(goal, packed)) freeOptions(goal, kinds, costs, free);
    return options.filter((_, i) => free[i] === 1).map(({ handle }) => handle);
  });
}

/** What the cart costs and how many units it has is not asked: a goal counts by itself what reaches it. */
function readShopOffers(rules: string, { currency, buyer = UNKNOWN_BUYER }: CartToDeliver): PricedOffer[] {
  const bytes = new TextEncoder().encode(rules);
  const offers: PricedOffer[] = [];
  const packed = packLetters(currency.charCodeAt(0), currency.charCodeAt(1), currency.charCodeAt(2));
  const stopped = new Stopped(toBuyer({ ...buyer, currency, valueMinor: null, units: null }));
  readRules(new TextReader(bytes, 0, bytes.length), -1, 0, new Products(0), packed, stopped, offers);
  return offers;
}

function packedCountry(country: string | null): number {
  return country === null ? 0 : packCountry(country.charCodeAt(0), country.charCodeAt(1));
}
