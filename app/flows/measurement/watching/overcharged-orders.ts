import { gid, type OrderId, type ShopDomain } from "../../../domain/ids.ts";
import type { ChargedCount, Saving } from "../../../domain/measurement/watching/charged.ts";
import { currencyPaid } from "../../../domain/orders/currency-paid.ts";
import type { Order } from "../../../domain/orders/order.ts";
import { inShop } from "../../../persistence/database/in-shop.ts";
import { isTemporary } from "../../../shopify/client/errors.ts";
import {
  CHARGED_ORDERS,
  CHARGED_ORDERS_AT_ONCE,
  type ChargedOrderNode,
} from "../../../shopify/operations/charged-orders.ts";
import { readPaidLines, readPaidOrders } from "../../../shopify/readers/paid-orders.ts";
import type { FlowContext } from "../../context.ts";
import { type ComparableOrder, compareOrder, readComparableOrders } from "./comparable-orders.ts";

/** Of those that saved too little, orders that Shopify is asked about. */
const MOST_ASKED = 100;
/** Orders paid in another currency than the shop's of which Shopify is asked what was paid, the latest first. */
const MOST_CONVERTED = 100;

/** An order that was promised something. Amounts are in the currency that was paid. */
export interface ComparedOrder extends Saving {
  readonly id: OrderId;
  readonly name: string;
  readonly processedAt: number;
  readonly currency: string;
}

export interface ChargedOrders {
  /** By the currency that was paid: orders that were promised something and could be compared, and those charged too much. */
  readonly counts: ReadonlyMap<string, ChargedCount>;
  /** Those that saved less than was promised, for no reason that could be found. The latest first. */
  readonly overcharged: readonly ComparedOrder[];
  /** False where Shopify did not answer about some for now: nothing is known of these. */
  readonly isWhole: boolean;
}

/**
 * Compares what the latest orders saved with what the discount Function's own code gives for their lines, by the rules that
 * their products carry: see {@link readComparableOrders}. Orders that were edited or hold a subscription, and those with a
 * discount elsewhere, are left out where they saved too little. Of the offers of the whole shop nothing is compared.
 */
export async function findOverchargedOrders(shop: ShopDomain, context: FlowContext): Promise<ChargedOrders> {
  const { names, asPaid, converted } = await inShop(context.database, shop, (tx) =>
    readComparableOrders(tx, context.now()),
  );
  const ours = new Set(names.filter(({ isShared }) => !isShared).map(({ name }) => name));
  const stored = asPaid.flatMap((one) => {
    const { currency, lines } = one.order;
    const saving = compareOrder(one, currency, new Map(lines.map((line) => [line.id, line])));
    return saving === null ? [] : comparedOrder(one.order, currency, saving);
  });
  const suspects = stored.filter(isOvercharged);
  const unexplained = await withoutExplained(shop, suspects.slice(0, MOST_ASKED), ours, context);
  const asked = await askWhatWasPaid(shop, converted, ours, context);
  const orders = [...stored.filter((order) => !isOvercharged(order)), ...unexplained, ...asked.orders];
  return {
    counts: countsOf(orders),
    overcharged: orders.filter(isOvercharged).sort((a, b) => b.processedAt - a.processedAt || (a.id < b.id ? 1 : -1)),
    isWhole: asked.isWhole,
  };
}

function countsOf(orders: readonly ComparedOrder[]): Map<string, ChargedCount> {
  const byCurrency = Map.groupBy(orders, ({ currency }) => currency);
  const counted = Array.from(byCurrency, ([currency, own]): [string, ChargedCount] => [
    currency,
    { promised: own.length, overcharged: own.filter(isOvercharged).length },
  ]);
  return new Map(counted);
}

function comparedOrder({ id, name, processedAt }: Order, currency: string, saving: Saving): ComparedOrder {
  return { id, name, processedAt, currency, ...saving };
}

function isOvercharged({ promisedMinor, takenMinor }: Saving): boolean {
  return takenMinor < promisedMinor;
}

/**
 * Compares orders of which only Shopify knows what was paid, without those that are gone, that it knows a reason for, or
 * whose currency it no longer knows. Where it does not answer for now, the orders after that are left to the next run.
 */
async function askWhatWasPaid(
  shop: ShopDomain,
  orders: readonly ComparableOrder[],
  ours: ReadonlySet<string>,
  { gateway, log }: FlowContext,
): Promise<{ orders: ComparedOrder[]; isWhole: boolean }> {
  const known = orders.filter(({ order }) => currencyPaid(order) !== null).slice(0, MOST_CONVERTED);
  const byId = new Map(known.map((one) => [one.order.id, one]));
  const compared: ComparedOrder[] = [];
  try {
    for await (const node of readPaidOrders(gateway.client, shop, [...byId.keys()])) {
      const one = byId.get(gid("Order", node.id))!;
      const currency = currencyPaid(one.order)!;
      const amounts = readPaidLines(node, currency);
      const saving = amounts === null ? null : compareOrder(one, currency, amounts);
      if (saving === null || (isOvercharged(saving) && isExplained(node, ours))) continue;
      compared.push(comparedOrder(one.order, currency, saving));
    }
  } catch (error) {
    if (!isTemporary(error)) throw error;
    log.warn({ shop, message: error.message, compared: compared.length }, "not all paid amounts read");
    return { orders: compared, isWhole: false };
  }
  return { orders: compared, isWhole: true };
}

/** Those of some orders for which Shopify knows no reason. Orders that it no longer has are left out. */
async function withoutExplained(
  shop: ShopDomain,
  orders: readonly ComparedOrder[],
  ours: ReadonlySet<string>,
  { gateway }: FlowContext,
): Promise<ComparedOrder[]> {
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
