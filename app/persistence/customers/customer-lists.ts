import type { DueCustomer } from "../../domain/customers/due-customers.ts";
import type { RankedCustomer } from "../../domain/customers/customer-summary.ts";
import { gid, type OrderId } from "../../domain/ids.ts";
import type { ShopStream, ShopTransaction } from "../database/in-shop.ts";
import { iso, runSql } from "../database/run-sql.ts";

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

/** Who is due, the surest first. */
export function readDueCustomers(tx: ShopTransaction): Promise<ListedCustomerRow<DueCustomer>[]> {
  return readListed<DueCustomer>(tx, ["due"]);
}

/** The first of each rank. */
export function readRankedCustomers(tx: ShopTransaction): Promise<ListedCustomerRow<RankedCustomer>[]> {
  return readListed<RankedCustomer>(tx, ["A", "B", "C", "D"]);
}

async function readListed<Customer>(
  tx: ShopTransaction,
  lists: readonly string[],
): Promise<ListedCustomerRow<Customer>[]> {
  const rows = await tx.db.$queryRaw<{ customer_key: string; order_id: bigint; name: string; facts: unknown }[]>`
    SELECT c.customer_key, c.order_id, o.name, c.facts
    FROM listed_customers c JOIN orders o ON o.shop = c.shop AND o.order_id = c.order_id
      AND o.customer_key = c.customer_key
    WHERE c.shop = ${tx.shop} AND c.list = ANY(${lists}) ORDER BY c.list, c.place`;
  return rows.map((row) => ({
    customerKey: row.customer_key,
    orderId: gid("Order", row.order_id),
    orderName: row.name,
    facts: row.facts as Facts<Customer>,
  }));
}
