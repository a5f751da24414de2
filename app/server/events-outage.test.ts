import { randomUUID } from "node:crypto";
import { Writable } from "node:stream";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { emptyShop } from "../../test/dev-store/shop/empty-shop.ts";
import { runServer, type TestServer } from "../../test/fixtures/running-server.ts";
import { openUnreliablePort, type PortMode, type UnreliablePort } from "../../test/fixtures/unreliable-port.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { PATIENT } from "../../test/patience.ts";
import type { FlowContext } from "../flows/context.ts";
import { eventToken } from "../flows/measurement/event-token.ts";
import { moveEvents } from "../flows/measurement/move-events.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import { openDatabase } from "../persistence/database/database.ts";
import { inShop } from "../persistence/database/in-shop.ts";
import { ClickHouseEventStore } from "../persistence/events/clickhouse-event-store.ts";
import { openClickHouse } from "../persistence/events/clickhouse.ts";
import { PostgresEventStore } from "../persistence/events/postgres-event-store.ts";
import { theShop } from "../persistence/shop/shops.ts";
import { createLog } from "./log.ts";

/* What the server answers to browsers while the places where events go do not answer. */

const NOW = Date.parse("2026-11-20T12:00:00Z");
/** Short, so that the tests of a server that never answers are. */
const PATIENCE = { patienceMs: 300, longestCallMs: 600 };
const WAYS: readonly PortMode[] = ["refuses connections", "never answers"];

let app: WiredApp;
let token: string;
let port: UnreliablePort;
/** The database, through the port. */
let url: string;
const written: string[] = [];

beforeAll(async () => {
  const facts = { currency: "USD", locale: "en" as const, timezone: "UTC" };
  app = await wireApp([emptyShop({ domain: "tea.myshopify.com", name: "Tea", ...facts })], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
  const { installedAt } = await inShop(app.context.database, app.shop, theShop);
  token = eventToken(app.shop, installedAt, app.context.hashKey);
  await moveEvents(app.context);
  const direct = new URL(app.context.database.url);
  port = await openUnreliablePort({ host: direct.hostname, port: Number(direct.port || 5432) });
  url = Object.assign(direct, { hostname: "127.0.0.1", port: String(port.port) }).href;
});
afterAll(async () => {
  await port.close();
  await app.close();
});
beforeEach(async () => {
  written.length = 0;
  await port.become("passes");
  await app.context.database.pool.query("DELETE FROM events.events; DELETE FROM events.hourly; TRUNCATE events.staged");
});

function open(context: Partial<FlowContext>): Promise<TestServer> {
  const log = createLog("info", new Writable({ write: (line, _, done) => (written.push(String(line)), done()) }));
  return runServer({ ...app, context: { ...app.context, log, ...context } }, { eventIntake: PATIENCE });
}

const seen = () => ({ id: randomUUID(), kind: "seen", at: NOW, visitor: "a-browser", claim: "bt-1-42/product" });

async function send(server: TestServer, event: object): Promise<[status: number, retryAfter: string | null]> {
  const answer = await server.ask("/events", {
    method: "POST",
    body: JSON.stringify({ v: 1, token, events: [event] }),
  });
  return [answer.status, answer.headers.get("retry-after")];
}

async function counted(): Promise<number> {
  await moveEvents(app.context);
  const totals = await app.context.events.readTotals(app.shop, new Date(0), new Date(NOW + 3_600_000));
  return totals.reduce((sum, { events }) => sum + events, 0);
}

const BUSY = [503, "5"];
const linesWith = (text: string) => written.filter((line) => line.includes(text));

/** Sends until it is taken, as browsers do. */
const sendUntilTaken = (server: TestServer, event: object) =>
  vi.waitFor(async () => expect(await send(server, event)).toEqual([202, null]), PATIENT);

test.each(WAYS)(
  "where the store %s, browsers are to send again, and whatever was taken is counted once",
  async (way) => {
    const events = new PostgresEventStore(url, { connections: 2 });
    const server = await open({ events });
    const [before, meanwhile, later] = [seen(), [seen(), seen(), seen()], seen()];
    await sendUntilTaken(server, before);
    written.length = 0;
    await port.become(way);
    for (const event of meanwhile) expect(await send(server, event)).toEqual(BUSY);
    expect(linesWith("cannot be stored")).toHaveLength(1);
    expect(linesWith("/events")).toEqual([]);
    await port.become("passes");
    for (const event of [...meanwhile, later]) await sendUntilTaken(server, event);
    expect(await counted()).toBe(5);
    expect(linesWith("cannot be stored").at(-1)).toContain("over: ");
    await server.stop();
    await events.close();
  },
);

test.each(WAYS)("where ClickHouse %s, browsers are to send again, and the log says it once", async (way) => {
  await port.become(way);
  const clickhouse = openClickHouse(`http://127.0.0.1:${port.port}/events`, 2);
  const run = <Outcome>(work: () => Promise<Outcome>) => work();
  const server = await open({ events: new ClickHouseEventStore(clickhouse, { run, tryToRun: run }) });
  for (const event of [seen(), seen(), seen()]) expect(await send(server, event)).toEqual(BUSY);
  expect(linesWith("cannot be stored")).toHaveLength(1);
  expect(linesWith("/events")).toEqual([]);
  await server.stop();
  await clickhouse.close();
});

test.each(WAYS)("where the main database %s, browsers are to send again, and the log says it once", async (way) => {
  await port.become(way);
  const database = openDatabase(url, { connections: 2 });
  const server = await open({ database });
  const event = seen();
  for (const one of [event, seen(), seen()]) expect(await send(server, one)).toEqual(BUSY);
  expect(linesWith("cannot be looked up")).toHaveLength(1);
  expect(linesWith("/events")).toEqual([]);
  await port.become("passes");
  await sendUntilTaken(server, event);
  expect(await counted()).toBe(1);
  await server.stop();
  await database.close();
});
