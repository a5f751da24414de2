import { setTimeout as sleep } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import pg from "pg";
import { TokenBox } from "../shop/token-box.ts";

/** One pool of connections, shared by Prisma and by the few paths that stream (COPY in, cursors out). */
export interface Database {
  readonly url: string;
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  /** Opens and seals the tokens in sessions. */
  readonly tokens: TokenBox;
  /** Gives back every connection. What is held for longer than a few seconds more is left to the end of the process. */
  close(): Promise<void>;
}

const CONNECTIONS = 10;

/** How long whoever holds a connection that has ended has to give it back. */
const TAKE_BACK_AFTER_MS = 2_000;

/** How long a close waits for connections that are in use: one whose server is gone may never be given back. */
const CLOSE_PATIENCE_MS = 5_000;

/**
 * Frees the pool's place of a connection that ended while it was in use. Prisma never gives one back whose ROLLBACK
 * fails: ten of those, and nobody would get a connection any more.
 */
function takeBack(client: pg.PoolClient): void {
  try {
    client.release(true);
  } catch {
    // It has been given back.
  }
}

export interface DatabaseOptions {
  readonly connections?: number;
  /** Keys of the tokens in sessions, the one that seals first; without any, no token can be stored. */
  readonly tokenKeys?: readonly Buffer[];
}

/** A pool of at most `connections`, opened by its first query, that outlives a server which ends its connections. */
export function openPool(url: string, connections: number, options: { patienceMs?: number } = {}): pg.Pool {
  const { patienceMs = 0 } = options;
  const pool = new pg.Pool({ connectionString: url, max: connections, connectionTimeoutMillis: patienceMs });
  // A connection that the server ends would otherwise end the process, whether it is idle or held: whoever holds it
  // learns of that from its next query, and the next one to ask opens a new one.
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    client.on("error", () => {});
    client.once("end", () => setTimeout(() => takeBack(client), TAKE_BACK_AFTER_MS).unref());
  });
  return pool;
}

/** Opens the database lazily: nothing is connected until the first query. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = openPool(url, options.connections ?? CONNECTIONS);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: "minimal" });
  return {
    url,
    prisma,
    pool,
    tokens: new TokenBox(options.tokenKeys ?? []),
    async close() {
      const patience = new AbortController();
      const closed = prisma.$disconnect().then(() => pool.end());
      const given = sleep(CLOSE_PATIENCE_MS, undefined, { signal: patience.signal });
      await Promise.race([closed, given]).finally(() => patience.abort());
    },
  };
}

/** Runs `work` with a database of one connection, for a thread that has nothing else to do, and closes it. */
export async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(url, { connections: 1 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
