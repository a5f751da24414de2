import {
  LIST_ORDERS,
  type CustomerListName,
  type DueCustomerView,
  type ListOrder,
  type ListView,
  type NamedProduct,
  type RankedCustomerView,
  type RepeatProductView,
} from "../../views/customers-view.ts";
import type { RepeatProduct } from "../../domain/customers/customer-summary.ts";
import type { CustomerRank } from "../../domain/shoppers/shopper.ts";
import { bareNumber, gid, type ShopDomain } from "../../domain/ids.ts";
import { pageOf } from "../../views/list-page.ts";
import { CODE_LENGTH, readDueCustomers, readRankedCustomers } from "../../persistence/customers/customer-lists.ts";
import { readCustomerSummary, type StoredSummary } from "../../persistence/customers/customer-summaries.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { productsThatMatch } from "../../persistence/catalogue/product-pages.ts";
import { readCatalogue } from "../../persistence/catalogue/products.ts";
import type { FlowContext } from "../context.ts";

/** Which part of a list is wanted. */
export interface ListQuery {
  readonly page: number;
  readonly search: string;
  /** Null or one that the list cannot be read in: as it is. */
  readonly order: ListOrder | null;
}

const PAGE_SIZE = { products: 8, due: 8, rank: 6 } as const;
/** As many rows as a list of customers who are due has. */
export const ALL_DUE = 1_000;

/** One page of one of the lists of the customers page; null before anything was learnt. */
export function readCustomerList(
  shop: ShopDomain,
  list: CustomerListName,
  query: ListQuery,
  context: FlowContext,
): Promise<ListView<RepeatProductView | DueCustomerView | RankedCustomerView> | null> {
  return inShop(context.database, shop, async (tx) => {
    if (list === "due") return dueList(tx, query);
    const { summary } = await readCustomerSummary(tx, context.now());
    if (summary === null) return null;
    return list === "products" ? productList(tx, summary, query) : rankedList(tx, list, summary.currency, query);
  });
}

/** All customers who are due, for a file. */
export function readAllDue(shop: ShopDomain, context: FlowContext): Promise<DueCustomerView[]> {
  return inShop(context.database, shop, async (tx) => {
    const query = { search: "", order: "surest", offset: 0, limit: ALL_DUE } as const;
    return dueViews(tx, (await readDueCustomers(tx, query)).rows);
  });
}

/** A page of the customers who are due, with the product of each; within a transaction. */
export async function dueList(
  tx: ShopTransaction,
  { page, search, order }: ListQuery,
): Promise<ListView<DueCustomerView>> {
  const known = LIST_ORDERS.due.find((one) => one === order) ?? "surest";
  const { found, ...place } = await pageOf(page, PAGE_SIZE.due, (part) =>
    readDueCustomers(tx, { search: search.trim(), order: known, ...part }),
  );
  return { rows: await dueViews(tx, found.rows), total: found.total, ...place };
}

type DueRows = Awaited<ReturnType<typeof readDueCustomers>>["rows"];

async function dueViews(tx: ShopTransaction, rows: DueRows): Promise<DueCustomerView[]> {
  const named = await productNames(
    tx,
    rows.map(({ facts }) => facts.product),
  );
  return rows.map((row) => {
    const { product, expectedAt, from, to, lastAt, state, ownGaps } = row.facts;
    const window = { expectedAt: isoOf(expectedAt), from: isoOf(from), to: isoOf(to), lastAt: isoOf(lastAt) };
    return { ...listed(row), ...window, product: named(product), state, ownGaps };
  });
}

/** A page of the first customers of a rank; within a transaction. */
export async function rankedList(
  tx: ShopTransaction,
  rank: CustomerRank,
  currency: string,
  { page, search, order }: ListQuery,
): Promise<ListView<RankedCustomerView>> {
  const known = LIST_ORDERS.rank.find((one) => one === order) ?? "rank";
  const { found, ...place } = await pageOf(page, PAGE_SIZE.rank, (part) =>
    readRankedCustomers(tx, rank, { search: search.trim(), order: known, ...part }),
  );
  const rows = found.rows.map((row): RankedCustomerView => {
    const { recordMinor, roomMinor, pace, rfm, lastAt } = row.facts;
    const amounts = { record: { amountMinor: recordMinor, currency }, room: { amountMinor: roomMinor, currency } };
    return { ...listed(row), lastAt: isoOf(lastAt), rank, ...amounts, orders: pace.orders, rfm };
  });
  return { rows, total: found.total, ...place };
}

/** A page of the products that are bought again; within a transaction. */
export async function productList(
  tx: ShopTransaction,
  { products }: Pick<StoredSummary, "products">,
  { page, search, order }: ListQuery,
): Promise<ListView<RepeatProductView>> {
  const typed = search.trim();
  const ids = products.map(({ product }) => gid("Product", product));
  const matching = typed === "" ? null : await productsThatMatch(tx, typed, ids);
  const all = products.filter(({ product }) => matching === null || matching.has(gid("Product", product)));
  const titles =
    order === "title"
      ? await productNames(
          tx,
          all.map(({ product }) => product),
        )
      : null;
  const ordered =
    titles === null ? inOrder(all, order) : all.toSorted((a, b) => byTitle(titles(a.product), titles(b.product)));
  const { found, ...place } = await pageOf(page, PAGE_SIZE.products, ({ offset, limit }) =>
    Promise.resolve({ total: ordered.length, rows: ordered.slice(offset, offset + limit) }),
  );
  const named = await productNames(
    tx,
    found.rows.flatMap(({ product, followers }) => [product, ...followers.map((other) => other.product)]),
  );
  const rows = found.rows.map(({ product, followers, ...interval }) => ({
    ...interval,
    ...named(product),
    followers: followers.map((other) => ({ ...other, ...named(other.product) })),
  }));
  return { rows, total: found.total, ...place };
}

function inOrder(products: readonly RepeatProduct[], order: ListOrder | null): readonly RepeatProduct[] {
  if (order === "customers") return products.toSorted((a, b) => b.customers - a.customers);
  return order === "interval" ? products.toSorted((a, b) => a.medianDays - b.medianDays) : products;
}

function byTitle(a: NamedProduct, b: NamedProduct): number {
  return (a.title ?? "").localeCompare(b.title ?? "");
}

function listed(row: { customerKey: string; orderId: string; orderName: string }) {
  const { orderId, orderName } = row;
  return { customer: row.customerKey.slice(0, CODE_LENGTH), orderId, orderName };
}

/** Titles and pictures by bare number; a product that is gone has no title. */
async function productNames(
  tx: ShopTransaction,
  numbers: readonly string[],
): Promise<(number: string) => NamedProduct> {
  const known = await readCatalogue(
    tx,
    [...new Set(numbers)].map((number) => gid("Product", number)),
  );
  return (number) => {
    const id = gid("Product", number);
    const entry = known.get(id);
    return { productId: bareNumber(id), title: entry?.title ?? null, imageUrl: entry?.imageUrl ?? null };
  };
}

const isoOf = (at: number) => new Date(at).toISOString();
