import type { Prisma } from "@prisma/client";
import type pg from "pg";
import type { ShopDomain } from "../../domain/ids.ts";
import type { Database } from "./database.ts";

/** A transaction that sees one shop's rows and no others: row-level security, not only the query, sees to that. */
export interface ShopTransaction {
  readonly shop: ShopDomain;
  readonly db: Prisma.TransactionClient;
}

/** As {@link ShopTransaction}, on a bare connection, for COPY and cursors. */
export interface ShopStream {
  readonly shop: ShopDomain;
  readonly client: pg.PoolClient;
}

const ENTER = "SELECT set_config('role', 'tsuide_tenant', true), set_config('tsuide.shop', $1, true)";
const PATIENCE_MS = 120_000;
// Such work is about the whole shop. Of one that was just imported the planner knows nothing and expects a row or two:
// it would go through all lines once for every order, which took minutes at 20,000 orders.
const WHOLE_SHOP = "SET LOCAL enable_nestloop = off";

/** Runs `work` in one transaction of one shop. What it throws rolls everything back. */
export function inShop<T>(database: Database, shop: ShopDomain, work: (tx: ShopTransaction) => Promise<T>): Promise<T> {
  return database.prisma.$transaction(
    async (db) => {
      await db.$executeRawUnsafe(ENTER, shop);
      return work({ shop, db });
    },
    { timeout: PATIENCE_MS, maxWait: 10_000 },
  );
}

/**
 * As {@link inShop}, on a bare connection. With `asOfNow` all that it reads is of one moment, and it writes nothing.
 */
export async function streamInShop<T>(
  database: Database,
  shop: ShopDomain,
  work: (tx: ShopStream) => Promise<T>,
  options: { asOfNow?: boolean } = {},
): Promise<T> {
  const client = await database.pool.connect();
  let broken = false;
  try {
    await client.query(options.asOfNow === true ? "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY" : "BEGIN");
    await client.query(ENTER, [shop]);
    await client.query(WHOLE_SHOP);
    const result = await work({ shop, client });
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => (broken = true));
    throw error;
  } finally {
    client.release(broken);
  }
}
