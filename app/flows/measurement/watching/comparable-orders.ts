import { type BareId, bareNumber, type LineId, type ProductId } from "../../../domain/ids.ts";
import { hiddenOffers } from "../../../domain/measurement/experiments/shown-offers.ts";
import { type DiscountName, ownDiscounts } from "../../../domain/measurement/own-discounts.ts";
import { type ChargedOrder, type Saving, savingOf } from "../../../domain/measurement/watching/charged.ts";
import { takesOffItems } from "../../../domain/offers/gives-discount.ts";
import { offerKeyOf, parseClaim } from "../../../domain/offers/offer-id.ts";
import type { Offer } from "../../../domain/offers/offer.ts";
import type { ProductEntry } from "../../../domain/offers/product-metafields.ts";
import { type OfferingShop, runningOffers } from "../../../domain/offers/running-offers.ts";
import type { Order } from "../../../domain/orders/order.ts";
import { MOST_LINES } from "../../../domain/simulation/simulated-query.ts";
import { DAY_MS } from "../../../domain/time/day.ts";
import type { ShopTransaction } from "../../../persistence/database/in-shop.ts";
import { entriesSince, ordersThrough } from "../../../persistence/measurement/charged-orders.ts";
import { readSplit } from "../../../persistence/measurement/experiments.ts";
import { readDiscountNames } from "../../../persistence/measurement/offer-discounts.ts";
import { readOffers } from "../../../persistence/offers/offer-rows.ts";
import { findOrders } from "../../../persistence/orders/orders.ts";
import { theShop } from "../../../persistence/shop/shops.ts";
import { type EntriesOfProducts, publishedEntries, rulesText } from "../../simulator/simulated-entries.ts";

/** Days that are looked back on. */
const CHARGED_DAYS = 7;
/** A checkout may have been open for so long, and priced by what was published before. */
const STEADY_MS = DAY_MS;
/** Orders of either kind that are looked at, the latest first. */
const MOST_ORDERS = 1_000;

/** An order, and the compact rules of each product under which it was placed, of offers that are for all shoppers. */
export interface ComparableOrder {
  readonly order: Order;
  readonly rules: ReadonlyMap<BareId, string>;
}

/** Orders by whether their amounts are stored in the currency that was paid; the latest first. */
export interface ComparableOrders {
  readonly names: readonly DiscountName[];
  readonly asPaid: readonly ComparableOrder[];
  /** Paid in another currency than the shop's: only Shopify knows what was paid. */
  readonly converted: readonly ComparableOrder[];
}

/**
 * The latest orders that can be compared with what their offers promised: offers and entries that have not changed since a day
 * before the order, offers for all shoppers, no discount but ours, no bundle, and no offer that an experiment is about.
 */
export async function readComparableOrders(tx: ShopTransaction, now: Date): Promise<ComparableOrders> {
  const shop = await theShop(tx);
  const names = await readDiscountNames(tx);
  const stored = await readOffers(tx);
  const offers = stored.flatMap(({ offer }) => offer ?? []);
  const offerKeys = offers.filter(takesOffItems).map(({ type, number }) => offerKeyOf(type, number));
  const span = { from: new Date(now.getTime() - CHARGED_DAYS * DAY_MS), to: now };
  const latest = async (storedAsPaid: boolean) => {
    const ids = await ordersThrough(tx, { offerKeys, ...span, storedAsPaid, most: MOST_ORDERS });
    const found = new Map((await findOrders(tx, ids)).map((order) => [order.id, order]));
    return ids.flatMap((id) => found.get(id) ?? []).filter((order) => isComparable(order, names));
  };
  const [asPaid, converted] = [await latest(true), await latest(false)];
  const products = [...new Set([...asPaid, ...converted].flatMap(productsOf))];
  const { control, arms } = hiddenOffers(await readSplit(tx));
  const terms: Terms = {
    ...{ shop, offers, tried: new Set([control, ...arms].flatMap((numbers) => [...numbers])) },
    changedAt: new Map(stored.map(({ number, updatedAt }) => [number, updatedAt.getTime()])),
    entries: await publishedEntries(tx, products, offers),
    since: await entriesSince(tx, products),
  };
  const withRules = (order: Order): ComparableOrder[] => {
    const rules = rulesAt(order, terms);
    return rules === null || rules.size === 0 ? [] : [{ order, rules }];
  };
  return { names, asPaid: asPaid.flatMap(withRules), converted: converted.flatMap(withRules) };
}

/** Whether all of its lines are products of the shop at their own prices, and nothing but our discounts is on them. */
function isComparable(order: Order, names: readonly DiscountName[]): boolean {
  const own = new Map<string, number>();
  for (const { lineId, minor } of ownDiscounts(order, names)) own.set(lineId, (own.get(lineId) ?? 0) + minor);
  return (
    order.lines.length <= MOST_LINES &&
    order.lines.every(
      ({ id, productId, variantId, groupId, discountMinor }) =>
        productId !== null && variantId !== null && groupId === null && discountMinor === (own.get(id) ?? 0),
    )
  );
}

function productsOf({ lines }: Order): ProductId[] {
  return lines.flatMap(({ productId }) => productId ?? []);
}

interface Terms {
  readonly shop: OfferingShop;
  readonly offers: readonly Offer[];
  /** When each offer was last changed, by its number. */
  readonly changedAt: ReadonlyMap<number, number>;
  /** Numbers of offers that an experiment is about. */
  readonly tried: ReadonlySet<number>;
  readonly entries: EntriesOfProducts;
  readonly since: ReadonlyMap<ProductId, Date>;
}

/** The rules under which an order was placed, as far as they are for all shoppers; null where they cannot be known. */
function rulesAt(order: Order, terms: Terms): Map<BareId, string> | null {
  const steadySince = order.processedAt - STEADY_MS;
  const at = new Date(order.processedAt);
  const running = new Set(runningOffers(terms.offers, at, terms.shop).map(({ number }) => number));
  const rules = new Map<BareId, string>();
  for (const product of new Set(productsOf(order))) {
    const own = terms.entries.get(product) ?? [];
    const isSteady = own.every(({ offer: { number } }) => (terms.changedAt.get(number) ?? Infinity) <= steadySince);
    if (!isSteady || (terms.since.get(product)?.getTime() ?? 0) > steadySince) return null;
    if (own.some(({ offer }) => terms.tried.has(offer.number))) return null;
    const kept = forAllShoppers(own).filter(({ offer }) => running.has(offer.number));
    for (const [id, text] of rulesText(product, kept)) rules.set(id, text);
  }
  return rules;
}

/** Without the types of which some entry is for some shoppers only: another one of its type may then be in force. */
function forAllShoppers(entries: readonly ProductEntry[]): ProductEntry[] {
  const tested = new Set(entries.flatMap(({ offer, entry }) => (entry.tests === undefined ? [] : offer.type)));
  return entries.filter(({ offer }) => !tested.has(offer.type));
}

/** What a line cost in the currency that was paid, in minor units: a unit before discounts, and discounts on all units. */
export interface LineAmounts {
  readonly unitPriceMinor: number;
  readonly discountMinor: number;
}

/**
 * What an order was to save and what it saved, in the currency that was paid. Null where nothing was promised, or a line's
 * amounts are not known.
 */
export function compareOrder(
  { order, rules }: ComparableOrder,
  currency: string,
  amounts: ReadonlyMap<LineId, LineAmounts>,
): Saving | null {
  const lines = order.lines.filter(({ quantity }) => quantity > 0);
  if (!lines.every(({ id }) => amounts.has(id))) return null;
  const charged: ChargedOrder = {
    ...{ currency, rules },
    lines: lines.map(({ id, productId, variantId, quantity, isGiftCard, offer }) => {
      const { unitPriceMinor, discountMinor } = amounts.get(id)!;
      return {
        ...{ id, product: bareNumber(productId!), variant: bareNumber(variantId!), quantity, unitPriceMinor },
        ...{ giftCard: isGiftCard, takenMinor: discountMinor },
        isThroughOffer: offer !== null && parseClaim(offer) !== null,
      };
    }),
  };
  return savingOf(charged);
}
