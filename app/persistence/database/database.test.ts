import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { shopDomain } from "../../domain/ids.ts";
import { announceWorker } from "./dead-workers.ts";
import { openDatabase, type Database } from "./database.ts";
import { inShop, streamInShop } from "./in-shop.ts";
import { PATIENT } from "../../../test/patience.ts";

const SHOP = shopDomain("lost.myshopify.com");
const CONNECTIONS = 3;

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url, { connections: CONNECTIONS });
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

/** How many rows a query has that is asked on a connection of its own. */
async function rowsOf(query: string): Promise<number> {
  const client = new pg.Client({ connectionString: own.url });
  await client.connect();
  const { rowCount } = await client.query(query);
  await client.end();
  return rowCount ?? 0;
}

const OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
const asleep = () => rowsOf(`SELECT 1 ${OTHERS} AND state = 'active' AND query LIKE '%pg_sleep%'`);
/** As a restart of the server, or a proxy before it, ends them. */
const endAllConnections = () => rowsOf(`SELECT pg_terminate_backend(pid) ${OTHERS}`);

test("connections that end under transactions fail those alone: all of the pool can be had again", async () => {
  for (let round = 0; round < 2; round++) {
    const lost = Array.from({ length: CONNECTIONS }, (_, n) =>
      n % 2 === 0
        ? inShop(database, SHOP, (tx) => tx.db.$executeRawUnsafe("SELECT 1 FROM pg_sleep(30)"))
        : streamInShop(database, SHOP, (tx) => tx.client.query("SELECT pg_sleep(30)")),
    );
    const ended = Promise.allSettled(lost);
    // Those of an earlier round are given back before.
    await vi.waitFor(async () => expect(await asleep()).toBe(CONNECTIONS), PATIENT);
    await endAllConnections();
    expect((await ended).map(({ status }) => status)).toEqual(Array(CONNECTIONS).fill("rejected"));
  }
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => database.pool.connect()));
  for (const client of clients) client.release();
});

test("a connection that ends while it is held and idle does not end the process", async () => {
  const held = await database.pool.connect();
  await endAllConnections();
  await expect(held.query("SELECT 1")).rejects.toThrow();
  held.release(true);
  // Idle connections of the pool have ended too; it drops each as it learns of that.
  await vi.waitFor(async () => expect((await database.pool.query("SELECT 1")).rowCount).toBe(1), PATIENT);
});

test("a worker whose connection ends says again that it lives, and no more once it has ended", async () => {
  // Other test files use the same server.
  const seen = () =>
    rowsOf(`SELECT 1 FROM pg_locks JOIN pg_database d ON d.oid = database AND d.datname = current_database()
      WHERE locktype = 'advisory' AND granted`);
  const sign = await announceWorker(database, "a-worker");
  await endAllConnections();
  await vi.waitFor(async () => expect(await seen()).toBe(1), PATIENT);
  await vi.waitFor(() => expect(sign.isSeen).toBe(true), PATIENT);
  await sign.end();
  expect(await seen()).toBe(0);
  await endAllConnections();
  expect(await seen()).toBe(0);
});

test("a close does not wait for ever for a connection that nobody gives back", async () => {
  const held = openDatabase(own.url);
  const client = await held.pool.connect();
  await held.close();
  client.release(true);
});
