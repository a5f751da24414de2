import type { Prisma } from "@prisma/client";
import type pg from "pg";
import type { ShopDomain } from "../../domain/ids.ts";
import type { Database } from "./database.ts";

/**
 * A transaction that sees one shop's rows and no others: row-level security, not only the query, sees to that. What
 * asks by SQL alone takes this, whoever opened the transaction. Bigints are to be cast in the SQL: the two drivers
 * differ in what they make of them.
 */
export interface ShopSql {
  readonly shop: ShopDomain;
  /** Runs one statement; gives the number of rows that it touched. */
  run(sql: string, values: readonly unknown[]): Promise<number>;
  /** Reads the rows of one query. */
  select<Row extends object>(sql: string, values: readonly unknown[]): Promise<Row[]>;
}

/** A transaction of {@link inShop}, which can also ask by Prisma's models. */
export interface ShopTransaction extends ShopSql {
  readonly db: Prisma.TransactionClient;
}

/** A transaction of {@link streamInShop}, which can also COPY and read by cursors. */
export interface ShopStream extends ShopSql {
  readonly client: pg.PoolClient;
}

const ENTER = "SELECT set_config('role', 'tsuide_tenant', true), set_config('tsuide.shop', $1, true)";
const PATIENCE_MS = 120_000;
// Such work is about the whole shop. Of one that was just imported the planner knows nothing and expects a row or two:
// it would go through all lines once for every order, which took minutes at 20,000 orders.
// It runs beside requests, which would wait for their turn on machines of few processors if a query took several.
const WHOLE_SHOP = "SET LOCAL enable_nestloop = off; SET LOCAL max_parallel_workers_per_gather = 0";

/** Runs `work` in one transaction of one shop. What it throws rolls everything back. */
export function inShop<T>(database: Database, shop: ShopDomain, work: (tx: ShopTransaction) => Promise<T>): Promise<T> {
  return database.prisma.$transaction(
    async (db) => {
      await db.$executeRawUnsafe(ENTER, shop);
      return work(modelTransaction(shop, db));
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
    const result = await work(streamTransaction(shop, client));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => (broken = true));
    throw error;
  } finally {
    client.release(broken);
  }
}

function modelTransaction(shop: ShopDomain, db: Prisma.TransactionClient): ShopTransaction {
  return {
    shop,
    db,
    run: (sql, values) => db.$executeRawUnsafe(sql, ...values),
    select: <Row>(sql: string, values: readonly unknown[]) => db.$queryRawUnsafe<Row[]>(sql, ...values),
  };
}

function streamTransaction(shop: ShopDomain, client: pg.PoolClient): ShopStream {
  return {
    shop,
    client,
    run: async (sql, values) => (await client.query(sql, [...values])).rowCount ?? 0,
    select: async <Row extends object>(sql: string, values: readonly unknown[]) =>
      (await client.query<Row>(sql, [...values])).rows,
  };
}
