import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "./config.ts";
import type { FlowContext } from "../flows/context.ts";
import { createLog } from "./log.ts";
import { openDatabase, openPool, type Database } from "../persistence/database/database.ts";
import { exclusionIn } from "../persistence/database/exclusion.ts";
import { openClickHouse } from "../persistence/events/clickhouse.ts";
import { ClickHouseEventStore } from "../persistence/events/clickhouse-event-store.ts";
import type { EventPlaces } from "../persistence/events/copy-events.ts";
import type { EventStore } from "../persistence/events/event-store.ts";
import { PostgresEventStore } from "../persistence/events/postgres-event-store.ts";
import { findOfflineSession, holdOfflineSession } from "../persistence/shop/sessions.ts";
import { createAccessTokens } from "../shopify/client/access-tokens.ts";
import { AdminClient } from "../shopify/client/admin-client.ts";
import { Gateway } from "../shopify/client/gateway.ts";
import { type RunInThread, runInThread } from "../threads/thread-pool.ts";

/** What a composition takes from outside; everything else follows from the configuration. */
export interface Surroundings {
  readonly fetch: typeof fetch;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly runInThread: RunInThread;
  /** A number from 0 to below 1. */
  readonly random: () => number;
  /** Connections to the database at once. */
  readonly connections: number;
}

interface OpenPlaces extends EventPlaces {
  close(): Promise<void>;
}

/** Connections to where events are kept: one writes or moves, the other reads. */
const EVENT_CONNECTIONS = 2;

const RANDOM_STEPS = 2 ** 32;

/** The real network, clock and randomness, and threads. */
export const REAL_SURROUNDINGS: Omit<Surroundings, "connections"> = {
  // Looked up at each call, so that a program started with another global `fetch` uses that one.
  fetch: (...args) => globalThis.fetch(...args),
  now: () => new Date(),
  sleep: (milliseconds) => sleep(milliseconds),
  runInThread,
  random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
};

/** Wires database, Shopify client, log and clock into what every flow works with. Opens no connection yet. */
export function compose(settings: Config, surroundings: Surroundings): FlowContext {
  const { fetch, now, sleep: pause, random, runInThread, connections } = surroundings;
  const log = createLog(settings.logLevel);
  const database = openDatabase(settings.databaseUrl, { connections, tokenKeys: settings.tokenKeys });
  const accessToken = createAccessTokens({
    store: {
      find: (shop) => findOfflineSession(database, shop),
      hold: (shop, work) => holdOfflineSession(database, shop, work),
    },
    fetch,
    apiKey: settings.apiKey,
    apiSecret: settings.apiSecret,
    now: () => now().getTime(),
  });
  const client = new AdminClient({ fetch, accessToken, sleep: pause, now: () => now().getTime(), random });
  const gateway = new Gateway(client, { fetch, pseudonymKey: settings.pseudonymKey });
  const events = openEvents(settings, database);
  const { appUrl, pseudonymKey: hashKey } = settings;
  return { database, events, gateway, log, runInThread, now, appUrl, hashKey };
}

/**
 * Both places where events can be kept, for copying them from one to the other; null where no ClickHouse is configured.
 * Both have their tables afterwards.
 */
export async function openEventPlaces(settings: Config, now: Date): Promise<OpenPlaces | null> {
  const { eventsUrl, eventsClickHouseUrl } = settings;
  if (eventsClickHouseUrl === null) return null;
  const database = openDatabase(settings.databaseUrl, { connections: EVENT_CONNECTIONS });
  const pool = openPool(eventsUrl, EVENT_CONNECTIONS);
  const tables = openClickHouse(eventsClickHouseUrl, EVENT_CONNECTIONS);
  const postgres = { pool, store: new PostgresEventStore(eventsUrl, { connections: EVENT_CONNECTIONS }) };
  const clickhouse = { tables, store: openEvents(settings, database) };
  const close = async () => {
    await Promise.all([pool.end(), tables.close(), postgres.store.close(), clickhouse.store.close(), database.close()]);
  };
  try {
    for (const { store } of [postgres, clickhouse]) await store.keepDays(now);
  } catch (error) {
    await close();
    throw error;
  }
  return { postgres, clickhouse, close };
}

/** Movers of events exclude each other in the main database, since ClickHouse has no locks. */
function openEvents({ eventsUrl, eventsClickHouseUrl }: Config, database: Database): EventStore {
  if (eventsClickHouseUrl === null) return new PostgresEventStore(eventsUrl, { connections: EVENT_CONNECTIONS });
  const clickhouse = openClickHouse(eventsClickHouseUrl, EVENT_CONNECTIONS);
  return new ClickHouseEventStore(clickhouse, exclusionIn(database.pool, "tsuide.events.clickhouse"));
}
