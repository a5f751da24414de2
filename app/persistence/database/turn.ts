import type { ShopStream } from "./in-shop.ts";
import { runSql } from "./run-sql.ts";

/** What a shop's transactions take turns at: the counts and lists that are derived from its orders. */
export type TurnName = "counts";

/** A turn that others keep for longer than this is given up: the job comes back, and its connection is free. */
const PATIENCE = "60s";

/**
 * Waits until no other transaction holds the shop's turn of this name, and holds it until this one ends. The lock is
 * the transaction's own, so that waiting takes no second connection: many who wait cannot starve the one who works.
 * Throws where the turn does not come within a minute.
 */
export async function takeTurn(tx: ShopStream, name: TurnName): Promise<void> {
  await runSql(tx, `SET LOCAL lock_timeout = '${PATIENCE}'`);
  await runSql(tx, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", `${name}:${tx.shop}`);
}
