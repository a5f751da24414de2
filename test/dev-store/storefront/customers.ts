import type { DevOrder, DevShop } from "../shop/state.ts";
import { personOf } from "../webhooks/webhook-payloads.ts";

/** A customer of the shop, made up from the number as everywhere in the dev store. */
export interface Customer {
  /** Bare number. */
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  /** Latest first; empty for somebody who has an account and never ordered. */
  orders: DevOrder[];
  /** Whether they buy for a company. */
  business: boolean;
  tags: readonly string[];
}

/** Beyond the numbers of the shops' own customers; where orders have come since, the next one is nobody yet. */
const FIRST_NEWCOMER = 9_900_000_000_001n;

/** One customer with all orders, whether they ever ordered or not. */
export function customerById(shop: DevShop, id: string): Customer {
  const { first, last, email } = personOf(id);
  const orders = [...shop.orders.values()].filter((order) => order.customerId === id && order.cancelledAt === null);
  orders.sort((a, b) => b.processedAt - a.processedAt);
  return {
    id,
    firstName: first,
    lastName: last,
    email,
    orders,
    business: shop.businessCustomers?.includes(id) ?? false,
    tags: shop.customerTags?.[id] ?? [],
  };
}

/** Whom one can log in as: the `most` customers who ordered most, and as many who ordered once, the latest first. */
export function customersToChooseFrom(shop: DevShop, most: number): Customer[] {
  const counts = new Map<string, { orders: number; last: number }>();
  for (const { customerId, processedAt, cancelledAt } of shop.orders.values()) {
    if (customerId === null || cancelledAt !== null) continue;
    const known = counts.get(customerId) ?? { orders: 0, last: 0 };
    counts.set(customerId, { orders: known.orders + 1, last: Math.max(known.last, processedAt) });
  }
  const all = [...counts].map(([id, count]) => ({ id, ...count }));
  const regulars = all.filter(({ orders }) => orders > 1).sort((a, b) => b.orders - a.orders || b.last - a.last);
  const others = all.filter(({ orders }) => orders === 1).sort((a, b) => b.last - a.last);
  return [...regulars.slice(0, most), ...others.slice(0, most)].map(({ id }) => customerById(shop, id));
}

/** An account that nobody has ordered with yet. */
export function newcomer(shop: DevShop): Customer {
  let id = FIRST_NEWCOMER;
  const taken = new Set([...shop.orders.values()].map(({ customerId }) => customerId));
  while (taken.has(String(id))) id++;
  return customerById(shop, String(id));
}
