import { afterAll, expect, test } from "vitest";
import { copyEvents, type CopyTarget } from "../../app/flows/measurement/copy-events.ts";
import { openEventPlaces } from "../../app/server/composition.ts";
import { readConfig } from "../../app/server/config.ts";
import { startClickHouse } from "../clickhouse/clickhouse-server.ts";
import { createTestDatabase } from "../database.ts";
import { BOOKS, moveAll, NOW, shopEvent, TEA } from "./event-store.ts";
import { eventsOfAllKinds, readAll } from "./event-store-whole.ts";

const server = await startClickHouse();
if ("missing" in server) process.stderr.write(`Tests against ClickHouse are skipped: ${server.missing}\n`);
const here = "missing" in server ? null : server;
afterAll(() => here?.stop());

const DAY_MS = 86_400_000;

async function openPlaces() {
  const database = await createTestDatabase();
  const settings = readConfig({
    ...{ DATABASE_URL: database.url, EVENTS_CLICKHOUSE_URL: await here!.makeDatabase() },
    ...{ SHOPIFY_API_KEY: "key", SHOPIFY_API_SECRET: "secret", SHOPIFY_APP_URL: "https://app.tsuide.test" },
  });
  const places = (await openEventPlaces(settings, NOW))!;
  const close = async () => {
    await places.close();
    await database.drop();
  };
  return { places, close, copy: (to: CopyTarget) => copyEvents(to, places, NOW, () => {}) };
}

test.skipIf(here === null).each([["clickhouse"], ["postgresql"]] as const)(
  "what is copied to %s, once or twice and beside what came there meanwhile, is all there, and counted once",
  async (to) => {
    const { places, copy, close } = await openPlaces();
    const [from, target] =
      to === "clickhouse"
        ? [places.postgres.store, places.clickhouse.store]
        : [places.clickhouse.store, places.postgres.store];
    // Totals of long ago, of which no single event is kept.
    const then = new Date(NOW.getTime() - 45 * DAY_MS);
    await from.append([shopEvent({ at: then.getTime(), visit: { device: "", source: "", medium: "", campaign: "" } })]);
    await moveAll(from, then);
    await from.keepDays(NOW);
    const events = eventsOfAllKinds();
    await from.append(events);
    await moveAll(from);
    await from.countRefused([{ shop: TEA, reason: "malformed", events: 7 }], NOW);
    const wanted = [await readAll(from, TEA), await readAll(from, BOOKS)];
    expect(JSON.stringify(wanted)).toContain("malformed");
    // What was not moved yet is moved first.
    await from.append([events[0]!, shopEvent({ shop: BOOKS, id: "waits", product: "9" })]);

    await copy(to);
    await copy(to);
    await moveAll(from);
    expect([await readAll(target, TEA), await readAll(target, BOOKS)]).toEqual([wanted[0], await readAll(from, BOOKS)]);
    expect(await readAll(target, BOOKS)).not.toEqual(wanted[1]);

    // In the same hour something comes to the new place, and an event that the old one knows is sent again.
    await target.append([shopEvent({ id: "came later" }), events[0]!]);
    expect(await moveAll(target)).toEqual({ moved: 1, repeated: 1, refused: 0 });
    await copy(to);
    const [from30, until] = [new Date(NOW.getTime() - 50 * DAY_MS), new Date(NOW.getTime() + DAY_MS)];
    const sumOf = async (store: typeof target) =>
      (await store.readTotals(TEA, from30, until)).reduce((sum, total) => sum + total.events, 0);
    expect(await sumOf(target)).toBe((await sumOf(from)) + 1);
    await close();
  },
  240_000,
);
