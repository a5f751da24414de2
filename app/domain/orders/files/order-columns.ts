import { columnKey, rankOf, type ColumnRole } from "./column-names.ts";

/** Which system wrote a file, as far as its rules of reading go. */
export type OrderFileFormat = "plain" | "shopify-export" | "other-system" | "baskets";

/** The columns of a file that are read, by their place in its header. */
export interface OrderColumns {
  readonly format: OrderFileFormat;
  /** Role -> place of its column, from 0. */
  readonly at: Readonly<Partial<Record<ColumnRole, number>>>;
  readonly names: readonly string[];
  /** Places of columns that hold one item each, in a file with one order a row ("Item 1", "Item 2"). */
  readonly wide: readonly number[];
  /** Orders have no id of their own: a customer's lines of one time are one order. */
  readonly ordersByCustomerAndTime: boolean;
}

/** Columns that a person named, by role: `{ order: "Belegnummer" }`. */
export type NamedColumns = Readonly<Partial<Record<ColumnRole, string>>>;

/** The columns that Tsuide's own plain files have. */
const PLAIN = ["order_id", "customer_id", "timestamp", "item_id", "quantity", "price", "title", "category"];

const ROLES: readonly ColumnRole[] = [
  ...(["order", "item", "sku", "title", "variant", "kind", "category", "customer", "time", "clock", "paidAt"] as const),
  ...(["quantity", "returned", "price", "total", "discount", "currency", "status", "cancelled", "payment"] as const),
  ...(["source", "ships", "list"] as const),
];

/**
 * Finds the columns of an order file by the names in its header. Null where there is none for orders, or none for
 * what was ordered. Columns that `named` gives count before all others.
 */
export function orderColumns(header: readonly string[], named: NamedColumns = {}): OrderColumns | null {
  const names = header.map((name) => name.replace(/^\ufeff/, "").trim());
  const at: Partial<Record<ColumnRole, number>> = {};
  for (const [role, name] of Object.entries(named) as [ColumnRole, string][]) {
    const place = names.findIndex((each) => columnKey(each) === columnKey(name));
    if (place < 0) return null;
    at[role] = place;
  }
  const isShopify = shopifyColumns(names, at);
  const taken = new Set(Object.values(at));
  for (const role of ROLES) {
    if (at[role] !== undefined) continue;
    const place = bestPlace(names, role, taken);
    if (place === null) continue;
    at[role] = place;
    taken.add(place);
  }
  const wide = (at.item ?? at.sku ?? at.title) === undefined ? wideColumns(names) : [];
  if (wide.length > 0) delete at.list;
  if (at.list !== undefined && (at.item ?? at.sku ?? at.title) !== undefined) delete at.list;
  const isBaskets = wide.length > 0 && at.order === undefined;
  const ordersByCustomerAndTime =
    !isBaskets && at.order === undefined && at.customer !== undefined && at.time !== undefined;
  if (at.order === undefined && !ordersByCustomerAndTime && !isBaskets) return null;
  if ((at.item ?? at.sku ?? at.title ?? at.list) === undefined && wide.length === 0) return null;
  const isPlain =
    at.item !== undefined &&
    PLAIN.includes(names[at.item]!.toLowerCase()) &&
    names[at.order ?? -1]?.toLowerCase() === "order_id";
  const format = isShopify ? "shopify-export" : isBaskets ? "baskets" : isPlain ? "plain" : "other-system";
  return { format, at, names, wide, ordersByCustomerAndTime };
}

/** One order a row, without a header: every field is an item. */
export function basketColumns(fields: number): OrderColumns {
  const wide = Array.from({ length: fields }, (_, place) => place);
  return { format: "baskets", at: {}, names: [], wide, ordersByCustomerAndTime: false };
}

const WIDE = /^(item|product|sku|article|artikel|produit|producto|商品|アイテム)s?#?\d+$/;

function wideColumns(names: readonly string[]): number[] {
  const places = names.flatMap((name, place) => (WIDE.test(columnKey(name)) ? [place] : []));
  return places.length > 1 ? places : [];
}

/** Shopify's export, which calls the order "Name" and knows no product ids. Matrixify's and Squarespace's are like it. */
function shopifyColumns(names: readonly string[], at: Partial<Record<ColumnRole, number>>): boolean {
  const place = (name: string) => names.findIndex((each) => each.toLowerCase() === name);
  const title = Math.max(place("lineitem name"), place("line: title"));
  const order = place("name") >= 0 ? place("name") : place("order id");
  if (title < 0 || order < 0) return false;
  at.title ??= title;
  at.order ??= order;
  return true;
}

function bestPlace(names: readonly string[], role: ColumnRole, taken: ReadonlySet<number>): number | null {
  let best: number | null = null;
  let bestRank = Infinity;
  names.forEach((name, place) => {
    const rank = taken.has(place) ? null : rankOf(name, role);
    if (rank !== null && rank < bestRank) [best, bestRank] = [place, rank];
  });
  return best;
}
