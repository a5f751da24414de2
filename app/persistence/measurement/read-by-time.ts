import type { ShopSql } from "../database/in-shop.ts";
import { runSql } from "../database/run-sql.ts";

/**
 * Has PostgreSQL read the rows of a period by the index on their time, for the rest of the transaction. Orders are stored in the
 * order of time, more or less, so that rows of one period stand together; PostgreSQL reckons with a page of its own for each,
 * and would go through the rows of all times.
 */
export async function readByTime(tx: ShopSql): Promise<void> {
  await runSql(tx, "SET LOCAL random_page_cost = 1.1");
}
