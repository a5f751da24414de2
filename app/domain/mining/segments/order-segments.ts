import { customerMap } from "../../customers/rank.ts";
import type { CustomerRank } from "../../shoppers/shopper.ts";
import { describeCustomer, type CustomerOrder } from "../../customers/rfm.ts";
import type { CustomerKey } from "../../ids.ts";
import type { SegmentedBy } from "../../shoppers/shopper.ts";
import type { BasketTable } from "../../baskets/basket-table.ts";
import type { Segment } from "../../shoppers/shopper.ts";

/** What is known of a basket table's orders beside what is in them; in the table's order. */
export interface OrderFacts {
  /** Where each was placed; null where unknown. */
  readonly channel: readonly (string | null)[];
  /** The currency each was paid in; null where unknown. */
  readonly currency: readonly (string | null)[];
  /** Revenue of each order, in the smallest unit of the shop's currency; NaN where unknown. */
  readonly revenueMinor: Float64Array;
}

/** Which segments the orders of a table belong to: to at most one of each dimension. */
export interface OrderSegments {
  readonly segments: readonly Segment[];
  /** For each dimension: order -> its place in `segments`, or -1. */
  readonly dimensions: readonly Int16Array[];
}

/**
 * Splits the orders of a table by four dimensions: a customer's first order from later ones, the currency it was paid
 * in, where it was placed, and the customer's rank (see `customerMap`).
 *
 * Ranks are those that the first `known` orders give as of the last of them: later orders do not count, and
 * customers who came later have none. An order of an unknown customer, channel or currency belongs to no segment of
 * that dimension. A dimension in which all orders are equal has no segments. Segments are sorted by name within each
 * dimension. The same orders give the same segments.
 */
export function orderSegments(table: BasketTable, facts: OrderFacts, known = table.at.length): OrderSegments {
  const ranks = ranksOf(table, facts.revenueMinor, known);
  const dimensions: readonly [SegmentedBy, (order: number) => string | null][] = [
    ["customer", newOrReturning(table)],
    ["market", (order) => facts.currency[order] ?? null],
    ["channel", (order) => facts.channel[order] ?? null],
    ["rank", (order) => ranks[table.customer[order]!] ?? null],
  ];
  const segments: Segment[] = [];
  const columns = dimensions.map(([by, nameOf]) => {
    const names = Array.from({ length: table.at.length }, (_, order) => nameOf(order));
    const distinct = [...new Set(names)].filter((name) => name !== null).sort();
    if (distinct.length < 2) return new Int16Array(names.length).fill(-1);
    const placeOf = new Map(distinct.map((name, place) => [name, segments.length + place]));
    segments.push(...distinct.map((is) => ({ by, is })));
    return Int16Array.from(names, (name) => (name === null ? -1 : placeOf.get(name)!));
  });
  return { segments, dimensions: columns };
}

/** "new" for a customer's first order, "returning" for later ones; null without a customer or a date. */
function newOrReturning(table: BasketTable): (order: number) => "new" | "returning" | null {
  const first = new Float64Array(table.customerIds.length).fill(Infinity);
  table.at.forEach((at, order) => {
    const customer = table.customer[order]!;
    if (customer >= 0 && at < first[customer]!) first[customer] = at;
  });
  return (order) => {
    const [customer, at] = [table.customer[order]!, table.at[order]!];
    if (customer < 0 || Number.isNaN(at)) return null;
    return at === first[customer] ? "new" : "returning";
  };
}

/** Each customer's rank by the first `known` orders that are dated and of known revenue; nothing for the others. */
function ranksOf(table: BasketTable, revenueMinor: Float64Array, known: number): readonly CustomerRank[] {
  const own = new Map<number, CustomerOrder[]>();
  let now = -Infinity;
  for (let order = 0; order < known; order++) {
    const [customer, at, revenue] = [table.customer[order]!, table.at[order]!, revenueMinor[order] ?? NaN];
    if (customer < 0 || !Number.isFinite(at) || !Number.isFinite(revenue)) continue;
    now = Math.max(now, at);
    const one = { customer: table.customerIds[customer]! as CustomerKey, at, revenueMinor: revenue, products: [] };
    const earlier = own.get(customer);
    if (earlier === undefined) own.set(customer, [one]);
    else earlier.push(one);
  }
  const map = customerMap([...own.values()].map((orders) => describeCustomer(orders[0]!.customer, orders, now)));
  if (map.code !== "ranked") return [];
  const rankOf = new Map(map.points.map(({ customer, rank }) => [customer as string, rank]));
  const ranks: CustomerRank[] = [];
  table.customerIds.forEach((id, customer) => {
    const rank = rankOf.get(id);
    if (rank !== undefined) ranks[customer] = rank;
  });
  return ranks;
}
