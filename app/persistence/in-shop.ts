import type { Prisma } from "@prisma/client";
import type pg from "pg";
import type { ShopDomain } from "../domain/ids.ts";
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

const ENTER = "SET LOCAL ROLE tsuide_tenant";
const NAME_SHOP = "SELECT set_config('tsuide.shop', $1, true)";
const PATIENCE_MS = 120_000;

/** Runs `work` in one transaction of one shop. What it throws rolls everything back. */
export function inShop<T>(database: Database, shop: ShopDomain, work: (tx: ShopTransaction) => Promise<T>): Promise<T> {
  return database.prisma.$transaction(
    async (db) => {
      await db.$executeRawUnsafe(ENTER);
      await db.$executeRawUnsafe(NAME_SHOP, shop);
      return work({ shop, db });
    },
    { timeout: PATIENCE_MS, maxWait: 10_000 },
  );
}

/** As {@link inShop}, on a bare connection. */
export async function streamInShop<T>(
  database: Database,
  shop: ShopDomain,
  work: (tx: ShopStream) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect();
  let broken = false;
  try {
    await client.query("BEGIN");
    await client.query(ENTER);
    await client.query(NAME_SHOP, [shop]);
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

/** Runs `work` while no other process runs work of the same name for the shop. Waits for its turn. */
export async function aloneInShop<T>(
  database: Database,
  shop: ShopDomain,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", [`${name}:${shop}`]);
    try {
      return await work();
    } finally {
      await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [`${name}:${shop}`]);
    }
  } finally {
    client.release();
  }
}
