import { bareNumber, type OrderId, type ProductId, type ShopDomain } from "../../../domain/ids.ts";
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
import { inShop, type ShopTransaction } from "../../../persistence/database/in-shop.ts";
import { entriesSince, ordersThrough } from "../../../persistence/measurement/charged-orders.ts";
import { readSplit } from "../../../persistence/measurement/experiments.ts";
import { readDiscountNames } from "../../../persistence/measurement/offer-discounts.ts";
import { readOffers } from "../../../persistence/offers/offer-rows.ts";
import { findOrders } from "../../../persistence/orders/orders.ts";
import { theShop } from "../../../persistence/shop/shops.ts";
import {
  CHARGED_ORDERS,
  CHARGED_ORDERS_AT_ONCE,
  type ChargedOrderNode,
} from "../../../shopify/operations/charged-orders.ts";
import type { FlowContext } from "../../context.ts";
import { type EntriesOfProducts, publishedEntries, rulesText } from "../../simulator/simulated-entries.ts";

/** Days that are looked back on. */
const CHARGED_DAYS = 7;
/** A checkout may have been open for so long, and priced by what was published before. */
const STEADY_MS = DAY_MS;
/** Orders that are looked at, the latest first. */
const MOST_ORDERS = 1_000;
/** Of those that saved too little, orders that Shopify is asked about. */
const MOST_ASKED = 100;

/** An order that saved less than its offers promised, for no reason that could be found. */
export interface OverchargedOrder extends Saving {
  readonly id: OrderId;
  readonly name: string;
}

export interface ChargedOrders {
  /** Orders that were promised something and could be compared. */
  readonly promised: number;
  readonly currency: string;
  /** The latest first. */
  readonly overcharged: readonly OverchargedOrder[];
}

/**
 * Compares what the latest orders saved with what the discount Function's own code gives for their lines, by the rules that
 * their products carry. Only what can be known counts: offers and entries that have not changed since a day before the
 * order, offers for all shoppers, orders paid in the shop's currency and without any other discount, without edits, bundles
 * and subscriptions, and no offer that an experiment is about. Of the offers of the whole shop nothing is compared.
 */
export async function findOverchargedOrders(shop: ShopDomain, context: FlowContext): Promise<ChargedOrders> {
  const { currency, names, orders } = await inShop(context.database, shop, (tx) => compareOrders(tx, context.now()));
  const suspects = orders.filter(({ promisedMinor, takenMinor }) => takenMinor < promisedMinor);
  const overcharged = await withoutExplained(shop, suspects.slice(0, MOST_ASKED), names, context);
  return { promised: orders.length - suspects.length + overcharged.length, currency, overcharged };
}

interface ComparedOrders {
  readonly currency: string;
  readonly names: readonly DiscountName[];
  /** The latest first. */
  readonly orders: readonly OverchargedOrder[];
}

async function compareOrders(tx: ShopTransaction, now: Date): Promise<ComparedOrders> {
  const shop = await theShop(tx);
  const { currency } = shop;
  const names = await readDiscountNames(tx);
  const stored = await readOffers(tx);
  const offers = stored.flatMap(({ offer }) => offer ?? []);
  const offerKeys = offers.filter(takesOffItems).map(({ type, number }) => offerKeyOf(type, number));
  const from = new Date(now.getTime() - CHARGED_DAYS * DAY_MS);
  const ids = await ordersThrough(tx, { offerKeys, from, to: now, currency, most: MOST_ORDERS });
  const found = new Map((await findOrders(tx, ids)).map((order) => [order.id, order]));
  const orders = ids.flatMap((id) => found.get(id) ?? []).filter((order) => isComparable(order, names));
  const products = [...new Set(orders.flatMap(productsOf))];
  const { control, arms } = hiddenOffers(await readSplit(tx));
  const terms: Terms = {
    ...{ shop, offers, tried: new Set([control, ...arms].flatMap((numbers) => [...numbers])) },
    changedAt: new Map(stored.map(({ number, updatedAt }) => [number, updatedAt.getTime()])),
    entries: await publishedEntries(tx, products, offers),
    since: await entriesSince(tx, products),
  };
  const compared = orders.flatMap((order): OverchargedOrder[] => {
    const rules = rulesAt(order, terms);
    const saving = rules === null ? null : savingOf(chargedOrder(order, rules));
    return saving === null ? [] : [{ id: order.id, name: order.name, ...saving }];
  });
  return { currency, names, orders: compared };
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
function rulesAt(order: Order, terms: Terms): Map<string, string> | null {
  const steadySince = order.processedAt - STEADY_MS;
  const at = new Date(order.processedAt);
  const running = new Set(runningOffers(terms.offers, at, terms.shop).map(({ number }) => number));
  const rules = new Map<string, string>();
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

function chargedOrder(order: Order, rules: ReadonlyMap<string, string>): ChargedOrder {
  const lines = order.lines.filter(({ quantity }) => quantity > 0);
  return {
    ...{ currency: order.currency, rules },
    lines: lines.map(({ id, productId, variantId, quantity, unitPriceMinor, isGiftCard, discountMinor, offer }) => ({
      ...{ id, product: bareNumber(productId!), variant: bareNumber(variantId!), quantity, unitPriceMinor },
      ...{ giftCard: isGiftCard, takenMinor: discountMinor },
      isThroughOffer: offer !== null && parseClaim(offer) !== null,
    })),
  };
}

/** Those of some orders for which Shopify knows no reason. Orders that it no longer has are left out. */
async function withoutExplained(
  shop: ShopDomain,
  orders: readonly OverchargedOrder[],
  names: readonly DiscountName[],
  { gateway }: FlowContext,
): Promise<OverchargedOrder[]> {
  const ours = new Set(names.filter(({ isShared }) => !isShared).map(({ name }) => name));
  const unexplained = new Set<string>();
  for (let from = 0; from < orders.length; from += CHARGED_ORDERS_AT_ONCE) {
    const ids = orders.slice(from, from + CHARGED_ORDERS_AT_ONCE).map(({ id }) => id);
    const { nodes } = await gateway.client.query(shop, CHARGED_ORDERS, { ids });
    for (const node of nodes) if (node !== null && !isExplained(node, ours)) unexplained.add(node.id);
  }
  return orders.filter(({ id }) => unexplained.has(id));
}

function isExplained(
  { edited, discountApplications, lineItems }: NonNullable<ChargedOrderNode>,
  ours: ReadonlySet<string>,
): boolean {
  const hasOther = discountApplications.nodes.some(({ title }) => title === undefined || !ours.has(title));
  return edited || hasOther || lineItems.nodes.some(({ sellingPlan }) => sellingPlan !== null);
}
