import { afterAll, describe, expect, test } from "vitest";
import type { ShopDomain } from "../../app/domain/ids.ts";
import { openPool } from "../../app/persistence/database/database.ts";
import { exclusionIn, type Exclusion } from "../../app/persistence/database/exclusion.ts";
import { openClickHouse, type ClickHouse, type Parameters } from "../../app/persistence/events/clickhouse.ts";
import { ClickHouseEventStore } from "../../app/persistence/events/clickhouse-event-store.ts";
import { SHOP_TABLES } from "../../app/persistence/events/clickhouse-tables.ts";
import { EventsFull } from "../../app/persistence/events/event-store.ts";
import { startClickHouse } from "../clickhouse/clickhouse-server.ts";
import { createBareDatabase } from "../database.ts";
import { BOOKS, describeEventStore, moveAll, NOW, shopEvent, TEA } from "./event-store.ts";
import { all, eventsOfAllKinds, readAll } from "./event-store-whole.ts";
import { completedEvent } from "./event-store-units.ts";

const DAY_MS = 86_400_000;

const server = await startClickHouse();
if ("missing" in server) process.stderr.write(`Tests against ClickHouse are skipped: ${server.missing}\n`);
const here = "missing" in server ? null : server;

afterAll(() => here?.stop());

/** A store in a database of its own. `around` stands between the store and ClickHouse. */
async function openStore(around: (clickhouse: ClickHouse) => ClickHouse = (clickhouse) => clickhouse) {
  const [url, locks] = await Promise.all([here!.makeDatabase(), createBareDatabase()]);
  const pool = openPool(locks.url, 8);
  const clickhouse = openClickHouse(url, 8);
  const store = new ClickHouseEventStore(around(clickhouse), exclusionIn(pool, "events"));
  // The first call makes the tables.
  await store.keepDays(NOW);
  const empty = async () => {
    const counts = SHOP_TABLES.map((table) => `SELECT '${table}' AS name FROM ${table} LIMIT 1`);
    const filled = await clickhouse.query<{ name: string }>(counts.join(" UNION ALL "));
    for (const { name } of filled) await clickhouse.command(`TRUNCATE TABLE ${name}`);
  };
  const close = async () => {
    await Promise.all([store.close(), clickhouse.close(), pool.end()]);
    await locks.drop();
  };
  return { url, store, clickhouse, empty, close };
}

/** Passes everything on until it fails: before or after the statement that is the `nth` from then on. */
class CutOff {
  #left = Infinity;
  #isDone = false;

  around = (clickhouse: ClickHouse): ClickHouse => ({
    ...clickhouse,
    command: (sql, parameters) => this.#pass(() => clickhouse.command(sql, parameters)),
    query: <Row>(sql: string, parameters?: Parameters) => this.#pass(() => clickhouse.query<Row>(sql, parameters)),
  });

  /** `isDone`: whether that statement is run nevertheless, as where only its answer is lost. */
  at(nth: number, isDone: boolean): void {
    [this.#left, this.#isDone] = [nth, isDone];
  }

  async #pass<T>(work: () => Promise<T>): Promise<T> {
    if (--this.#left > 0) return work();
    if (this.#left === 0 && this.#isDone) await work();
    throw new Error("Cut off");
  }
}

describe.skipIf(here === null)("with ClickHouse", () => {
  // Each statement takes ten times as long as in PostgreSQL.
  describeEventStore("events in ClickHouse", () => openStore(), 8);

  test("a move that is cut off at any statement, before it or once it is done, changes nothing in the end", async () => {
    const cut = new CutOff();
    const { store, empty, close } = await openStore(cut.around);
    const events = eventsOfAllKinds();
    await store.append(events);
    expect(await moveAll(store)).toEqual({ moved: 12, repeated: 1, refused: 2 });
    const read = async () => [await readAll(store, TEA), await store.readTotals(BOOKS, new Date(0), NOW)];
    const wanted = await read();
    let statements = 0;
    for (let isOver = false; !isOver;) {
      statements++;
      for (const isDone of [false, true]) {
        await empty();
        await store.append(events);
        cut.at(statements, isDone);
        isOver = await store.move(NOW).then(
          () => true,
          () => false,
        );
        cut.at(Infinity, false);
        // What comes meanwhile goes into the same move.
        await store.append(events.slice(0, 3));
        const again = await moveAll(store);
        if (!isOver && !isDone) expect(again).toEqual({ moved: 12, repeated: 4, refused: 2 });
        expect(await read()).toEqual(wanted);
      }
    }
    // Pieces, seven tables, the count, the deletion; and the move that came to its end.
    expect(statements).toBe(11);
    await close();
  }, 480_000);

  test("two movers at the same time, as where the lock of one was lost, count nothing twice", async () => {
    const { url, store, close } = await openStore();
    const unlocked: Exclusion = { tryToRun: (work) => work(), run: (work) => work() };
    const others = [1, 2].map(() => new ClickHouseEventStore(openClickHouse(url, 2), unlocked));
    for (let round = 0; round < 5; round++) await store.append(eventsOfAllKinds());
    await Promise.all(others.map((other) => other.move(NOW)));
    await moveAll(store);
    const totals = await store.readTotals(TEA, new Date(0), new Date(NOW.getTime() + DAY_MS));
    expect(totals.reduce((sum, { events }) => sum + events, 0)).toBe(30);
    const log = await all(store.readLog(TEA, { from: new Date(0), to: new Date(NOW.getTime() + DAY_MS) }));
    expect(log).toHaveLength(30);
    await Promise.all([...others.map((other) => other.close()), close()]);
  }, 120_000);

  test("every statement that reads or deletes for a shop asks for that shop, as a parameter", async () => {
    const asked: { sql: string; parameters: Parameters }[] = [];
    const { store, close } = await openStore((clickhouse) => {
      const note = (sql: string, parameters: Parameters = {}) => void asked.push({ sql, parameters });
      return {
        ...clickhouse,
        command: (sql, parameters) => (note(sql, parameters), clickhouse.command(sql, parameters)),
        query: <Row>(sql: string, parameters?: Parameters) => (
          note(sql, parameters),
          clickhouse.query<Row>(sql, parameters)
        ),
        stream: (sql, parameters, atOnce) => (note(sql, parameters), clickhouse.stream(sql, parameters, atOnce)),
      };
    });
    await store.append(eventsOfAllKinds());
    await moveAll(store);
    asked.length = 0;
    const before = await readAll(store, BOOKS);
    expect(JSON.stringify(before)).not.toContain(TEA);
    const hostile = `${TEA}' OR shop <> '` as ShopDomain;
    const nothing = { totals: [], log: [], units: [], visits: [], since: null, refused: [] };
    expect(await readAll(store, hostile)).toMatchObject(nothing);
    await store.forgetOrders(TEA, ["5001"]);
    await store.forgetShop(hostile);
    await store.forgetShop(TEA);
    expect(asked.length).toBeGreaterThan(30);
    for (const { sql, parameters } of asked) {
      // Each table that is named is asked for the shop's rows: a query within a query as well.
      const tables = sql.match(new RegExp(`(FROM|TABLE) (${SHOP_TABLES.join("|")})\\b`, "g")) ?? [];
      expect(sql.split("shop = {shop:String}").length - 1, sql).toBeGreaterThanOrEqual(tables.length);
      expect([TEA, BOOKS, hostile]).toContain(parameters.shop);
    }
    expect(await readAll(store, BOOKS)).toEqual(before);
    await close();
  }, 120_000);

  test("several programs may start at once", async () => {
    const { url, close } = await openStore();
    const empty = new URL(await here!.makeDatabase());
    const open = () =>
      new ClickHouseEventStore(openClickHouse(empty.href, 2), { tryToRun: (w) => w(), run: (w) => w() });
    const stores = [open(), open(), open()];
    await Promise.all(stores.map((store) => store.append([shopEvent()])));
    expect(await moveAll(stores[0]!)).toMatchObject({ moved: 3 });
    expect(new URL(url).pathname).not.toBe(empty.pathname);
    await Promise.all([...stores.map((store) => store.close()), close()]);
  }, 120_000);

  test("a clock that is years ahead drops nothing", async () => {
    const { store, close } = await openStore();
    const now = new Date();
    const event = shopEvent({ at: now.getTime() });
    await store.append([event]);
    expect(await moveAll(store, now)).toMatchObject({ moved: 1 });
    await store.keepDays(new Date(now.getTime() + 1000 * DAY_MS));
    await store.append([event]);
    expect(await moveAll(store, now)).toMatchObject({ moved: 0, repeated: 1 });
    await close();
  }, 120_000);

  test("what was forgotten leaves the disk by the next night", async () => {
    const { store, clickhouse, close } = await openStore();
    await store.append([completedEvent("5001"), completedEvent("5002")]);
    await moveAll(store);
    await store.forgetOrders(TEA, ["5001"]);
    const rowsOnDisk = async () => {
      const sql = `SELECT toFloat64(sum(rows)) AS n FROM system.parts
        WHERE database = currentDatabase() AND table = 'order_visitors' AND active`;
      return (await clickhouse.query<{ n: number }>(sql))[0]!.n;
    };
    expect(await rowsOnDisk()).toBe(2);
    await store.keepDays(NOW);
    expect(await rowsOnDisk()).toBe(1);
    await close();
  }, 120_000);

  test("takes no more events while too many wait to be moved", async () => {
    const { url, store, close } = await openStore();
    const unlocked: Exclusion = { tryToRun: (work) => work(), run: (work) => work() };
    const small = new ClickHouseEventStore(openClickHouse(url, 1), unlocked, { mostStaged: 0 });
    await store.append([shopEvent()]);
    await expect(small.append([shopEvent()])).rejects.toBeInstanceOf(EventsFull);
    await Promise.all([small.close(), close()]);
  }, 120_000);
});
