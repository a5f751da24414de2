import { Prisma } from "@prisma/client";
import type { CustomerRank } from "../../domain/shoppers/shopper.ts";
import type { DueCustomer } from "../../domain/customers/due-customers.ts";
import type { RankedCustomer } from "../../domain/customers/customer-summary.ts";
import { gid, type OrderId } from "../../domain/ids.ts";
import type { ShopStream, ShopTransaction } from "../database/in-shop.ts";
import { iso, runSql } from "../database/run-sql.ts";
import { matches } from "../catalogue/product-pages.ts";

/** Letters of a pseudonym that tell a shop's listed customers apart. */
export const CODE_LENGTH = 6;

type Facts<Customer> = Omit<Customer, "customer">;

/** A customer of one of the lists, with the order through which staff find them. */
export interface ListedCustomerRow<Customer> {
  readonly customerKey: string;
  readonly orderId: OrderId;
  readonly orderName: string;
  readonly facts: Facts<Customer>;
}

// Held so that a redaction which comes meanwhile waits, and then finds these rows; one that came before leaves nothing
// to store.
const SAVE = `
  INSERT INTO listed_customers (shop, list, place, customer_key, order_id, facts)
  SELECT $1, c.list, c.place, c.customer_key, o.order_id, c.facts
  FROM json_to_recordset($2::json)
    AS c(list text, place int, customer_key text, last_at timestamptz, facts jsonb)
  CROSS JOIN LATERAL (
    SELECT order_id FROM orders WHERE shop = $1 AND customer_key = c.customer_key AND processed_at = c.last_at
    ORDER BY order_id DESC LIMIT 1 FOR SHARE
  ) o`;

/** Stores the lists in place of the older ones. Customers who are not known by their orders any more are left out. */
export async function saveListedCustomers(
  tx: ShopStream,
  lists: { readonly due: readonly DueCustomer[]; readonly ranked: readonly RankedCustomer[] },
): Promise<void> {
  await runSql(tx, "DELETE FROM listed_customers WHERE shop = $1", tx.shop);
  const rows = [
    ...lists.due.map((one, place) => listedRow("due", place, one)),
    ...lists.ranked.map((one, place) => listedRow(one.rank, place, one)),
  ];
  if (rows.length > 0) await runSql(tx, SAVE, tx.shop, JSON.stringify(rows));
}

function listedRow(list: string, place: number, { customer, ...facts }: DueCustomer | RankedCustomer) {
  return { list, place, customer_key: customer, last_at: iso(facts.lastAt), facts };
}

/** Which rows of which list, and in what order. */
export interface ListedQuery {
  /** A part of an order's name or of a customer's code, or of the title, vendor, type or SKU of what is due. */
  readonly search: string;
  readonly offset: number;
  readonly limit: number;
}

/** One page of a list of customers, and how many match in all. */
export interface ListedPage<Customer> {
  readonly total: number;
  readonly rows: ListedCustomerRow<Customer>[];
}

const DUE_ORDERS = {
  surest: Prisma.sql`c.place`,
  expected: Prisma.sql`(c.facts->>'expectedAt')::float8, c.place`,
  latest: Prisma.sql`(c.facts->>'lastAt')::float8 DESC, c.place`,
};
const RANK_ORDERS = {
  rank: Prisma.sql`c.place`,
  record: Prisma.sql`(c.facts->>'recordMinor')::float8 DESC, c.place`,
  room: Prisma.sql`(c.facts->>'roomMinor')::float8 DESC, c.place`,
  orders: Prisma.sql`(c.facts->'pace'->>'orders')::float8 DESC, c.place`,
  latest: Prisma.sql`(c.facts->>'lastAt')::float8 DESC, c.place`,
};

/** Who is due; by default the surest first. */
export function readDueCustomers(
  tx: ShopTransaction,
  query: ListedQuery & { readonly order: keyof typeof DUE_ORDERS },
): Promise<ListedPage<DueCustomer>> {
  return readListed<DueCustomer>(tx, "due", query, DUE_ORDERS[query.order]);
}

/** The first of a rank. */
export function readRankedCustomers(
  tx: ShopTransaction,
  rank: CustomerRank,
  query: ListedQuery & { readonly order: keyof typeof RANK_ORDERS },
): Promise<ListedPage<RankedCustomer>> {
  return readListed<RankedCustomer>(tx, rank, query, RANK_ORDERS[query.order]);
}

async function readListed<Customer>(
  tx: ShopTransaction,
  list: string,
  { search, offset, limit }: ListedQuery,
  order: Prisma.Sql,
): Promise<ListedPage<Customer>> {
  const from = Prisma.sql`
    FROM listed_customers c JOIN orders o ON o.shop = c.shop AND o.order_id = c.order_id
      AND o.customer_key = c.customer_key
    LEFT JOIN products p ON p.shop = c.shop AND p.product_id = (c.facts->>'product')::bigint
    WHERE c.shop = ${tx.shop} AND c.list = ${list} AND (${search} = ''
      OR position(lower(${search}) IN lower(o.name)) > 0
      OR position(lower(${search}) IN lower(left(c.customer_key, ${CODE_LENGTH}))) > 0
      OR (p.product_id IS NOT NULL AND ${matches(search)}))`;
  const [count] = await tx.db.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total ${from}`;
  const rows = await tx.db.$queryRaw<{ customer_key: string; order_id: bigint; name: string; facts: unknown }[]>`
    SELECT c.customer_key, c.order_id, o.name, c.facts ${from} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`;
  return {
    total: count!.total,
    rows: rows.map((row) => ({
      customerKey: row.customer_key,
      orderId: gid("Order", row.order_id),
      orderName: row.name,
      facts: row.facts as Facts<Customer>,
    })),
  };
}
