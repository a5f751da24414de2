import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openPool } from "../../app/persistence/database/database.ts";
import { EventsFull } from "../../app/persistence/events/event-store.ts";
import { PostgresEventStore } from "../../app/persistence/events/postgres-event-store.ts";
import { createBareDatabase, createTestDatabase, type TestDatabase } from "../database.ts";
import { BOOKS, describeEventStore, moveAll, NOW, shopEvent, TEA } from "./event-store.ts";
import { exposedEvent } from "./event-store-units.ts";
import { PATIENT } from "../patience.ts";

const NAMES = ["staged", "events", "hourly", "refused", "exposures", "checkouts", "order_visitors", "visits_hourly"];
const TABLES = NAMES.map((name) => `events.${name}`);
const DAY_MS = 86_400_000;

async function openStore(database: TestDatabase) {
  const store = new PostgresEventStore(database.url, { connections: 8 });
  // The first call makes the tables.
  await store.keepDays(NOW);
  const pool = openPool(database.url, 2);
  const empty = async () => {
    await pool.query(TABLES.map((table) => `DELETE FROM ${table}`).join("; "));
  };
  const close = async () => {
    await Promise.all([store.close(), pool.end()]);
    await database.drop();
  };
  return { store, pool, empty, close };
}

describeEventStore("events in a PostgreSQL database of their own", async () => openStore(await createBareDatabase()));

let opened: Awaited<ReturnType<typeof openStore>>;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  opened = await openStore(database);
});
afterAll(() => opened.close());

test("beside the main database's tables they work as well, and several programs may start at once", async () => {
  const fresh = await createTestDatabase();
  const stores = Array.from({ length: 4 }, () => new PostgresEventStore(fresh.url, { connections: 2 }));
  await Promise.all(stores.map((store) => store.append([shopEvent()])));
  expect(await moveAll(stores[0]!)).toMatchObject({ moved: 4 });
  await Promise.all(stores.map((store) => store.close()));
  await fresh.drop();
});

test("a mover that is cut off in the middle loses nothing and counts nothing twice", async () => {
  const { store, pool, empty } = opened;
  await empty();
  await store.append([shopEvent(), shopEvent()]);
  const other = await pool.connect();
  await other.query("BEGIN");
  await other.query("LOCK TABLE events.hourly");
  const cutOff = store.move(NOW).catch((error: unknown) => error);
  await vi.waitFor(async () => {
    const waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
    const { rows } = await pool.query<{ pid: number }>(waiting);
    expect(rows.length).toBe(1);
    await pool.query("SELECT pg_terminate_backend($1)", [rows[0]!.pid]);
  }, PATIENT);
  expect(await cutOff).toBeInstanceOf(Error);
  await other.query("ROLLBACK");
  other.release();
  expect(await moveAll(store)).toEqual({ moved: 2, repeated: 0, refused: 0 });
  expect((await store.readTotals(TEA, new Date(0), new Date(NOW.getTime() + DAY_MS)))[0]).toMatchObject({ events: 2 });
});

test("row-level security hides other shops' rows from a shop's role, and the staging table altogether", async () => {
  const { store, pool, empty } = opened;
  await empty();
  const bought = { kind: "checkout-completed", order: "1" } as const;
  for (const shop of [TEA, BOOKS]) {
    await store.append([shopEvent({ shop }), exposedEvent(0, 1, { shop }), shopEvent({ shop, ...bought })]);
    const visit = { device: "phone", source: "", medium: "", campaign: "" } as const;
    await store.append([shopEvent({ shop, kind: "checkout-started" }), shopEvent({ shop, kind: "seen", visit })]);
  }
  await store.countRefused([{ shop: BOOKS, reason: "future", events: 1 }], NOW);
  await moveAll(store);
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT set_config('role', 'tsuide_tenant', true), set_config('tsuide.shop', $1, true)", [TEA]);
    for (const table of TABLES.filter((name) => name !== "events.staged" && name !== "events.refused")) {
      expect((await client.query(`SELECT DISTINCT shop FROM ${table}`)).rows).toEqual([{ shop: TEA }]);
    }
    expect((await client.query("SELECT 1 FROM events.refused")).rowCount).toBe(0);
    expect((await client.query("DELETE FROM events.hourly WHERE shop = $1", [BOOKS])).rowCount).toBe(0);
    for (const hidden of ["events.staged", `events.day_${NOW.toISOString().slice(0, 10).replaceAll("-", "")}`]) {
      await client.query("SAVEPOINT before");
      await expect(client.query(`SELECT 1 FROM ${hidden}`)).rejects.toThrow("permission denied");
      await client.query("ROLLBACK TO before");
    }
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
});

test("every table that holds rows of shops for longer forces row-level security", async () => {
  const { rows } = await opened.pool.query<{ name: string; forced: boolean }>(
    `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced FROM pg_class c
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'shop'
     WHERE c.relnamespace = 'events'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`,
  );
  expect(rows).toEqual([...NAMES].sort().map((name) => ({ name, forced: name !== "staged" })));
});

test("there is room for 30 days back and 3 ahead, and older days are dropped as a whole", async () => {
  const days = async () => {
    const { rows } = await opened.pool.query<{ name: string }>(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'events.events'::regclass ORDER BY 1",
    );
    return rows.map(({ name }) => name);
  };
  await opened.store.keepDays(NOW);
  const before = await days();
  expect([before[0], before.at(-1), before.length]).toEqual(["events.day_20261021", "events.day_20261123", 34]);
  await opened.store.keepDays(new Date(NOW.getTime() + 5 * DAY_MS));
  const after = await days();
  expect([after[0], after.at(-1), after.length]).toEqual(["events.day_20261026", "events.day_20261128", 34]);
});

test("a clock that is years ahead drops nothing", async () => {
  const { store, empty } = opened;
  await empty();
  const now = new Date();
  const event = shopEvent({ at: now.getTime() });
  await store.append([event]);
  expect(await moveAll(store, now)).toMatchObject({ moved: 1 });
  await store.keepDays(new Date(now.getTime() + 1000 * DAY_MS));
  await store.append([event]);
  expect(await moveAll(store, now)).toMatchObject({ moved: 0, repeated: 1 });
});

test("takes no more events while too many wait to be moved", async () => {
  const small = new PostgresEventStore(database.url, { connections: 1, mostStagedBytes: 0 });
  await opened.store.append([shopEvent()]);
  await expect(small.append([shopEvent()])).rejects.toBeInstanceOf(EventsFull);
  await small.close();
});
