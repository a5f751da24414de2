import { randomUUID } from "node:crypto";
import { Writable } from "node:stream";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { emptyShop } from "../../test/dev-store/shop/empty-shop.ts";
import { runServer, type TestServer } from "../../test/fixtures/running-server.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { shopDomain, type ShopDomain } from "../domain/ids.ts";
import { LARGEST_SENT_BYTES, MOST_SENT_EVENTS } from "../domain/measurement/event-batch.ts";
import type { ShopEvent } from "../domain/measurement/shop-event.ts";
import { eventToken } from "../flows/measurement/event-token.ts";
import { moveEvents } from "../flows/measurement/move-events.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import { inShop } from "../persistence/database/in-shop.ts";
import { theShop } from "../persistence/shop/shops.ts";
import { createLog } from "./log.ts";
import { createRateLimits } from "./rate-limits.ts";
import { PATIENT } from "../../test/patience.ts";

const START = Date.parse("2026-11-20T12:00:00Z");
const HOUR_MS = 3_600_000;
const OTHER = shopDomain("books.myshopify.com");
const BROWSER = "2f1b9c3e-browser";

let now = START;
let app: WiredApp;
let server: TestServer;
let token: string;
const written: string[] = [];

const facts = { currency: "USD", locale: "en" as const, timezone: "UTC" };

async function tokenOf(shop: ShopDomain): Promise<string> {
  const { installedAt } = await inShop(app.context.database, shop, theShop);
  return eventToken(shop, installedAt, app.context.hashKey);
}

beforeAll(async () => {
  const shops = ["tea.myshopify.com", OTHER].map((domain) => emptyShop({ domain, name: domain, ...facts }));
  app = await wireApp(shops, { now: () => now });
  for (const shop of [app.shop, OTHER]) {
    await app.signIn(shop);
    await installShop(shop, app.context);
  }
  token = await tokenOf(app.shop);
  // The first call makes the tables.
  await moveEvents(app.context);
  const log = createLog("debug", new Writable({ write: (line, _, done) => (written.push(String(line)), done()) }));
  server = await runServer({ ...app, context: { ...app.context, log } });
});
afterAll(async () => {
  await server.stop();
  await app.close();
});
beforeEach(async () => {
  now = START;
  await moveEvents(app.context);
  await app.context.database.pool.query(
    "DELETE FROM events.events; DELETE FROM events.hourly; DELETE FROM events.refused; DELETE FROM answers",
  );
});

const seen = (fields: object = {}) => {
  return { id: randomUUID(), kind: "seen", at: now, visitor: BROWSER, claim: "bt-1-42/product", ...fields };
};
const batchOf = (...events: unknown[]) => ({ v: 1, token, events });

function send(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  // As the pixel sends it: a plain text, so that the browser asks no permission first.
  return server.ask("/events", { method: "POST", body: text, headers: { "content-type": "text/plain", ...headers } });
}

async function counted(shop = app.shop): Promise<Record<string, number>> {
  await moveEvents(app.context);
  const totals = await app.context.events.readTotals(shop, new Date(0), new Date(START + 10_000 * HOUR_MS));
  return Object.fromEntries(
    totals.map(({ kind, offer, surface, product, events }) => [[kind, offer, surface, product].join(" "), events]),
  );
}

test("events in order are answered 202, and are in the totals once they are moved", async () => {
  const answer = await send(
    batchOf(seen(), seen({ kind: "added" }), { ...seen(), kind: "product-viewed", product: "7" }),
  );
  expect(answer.status).toBe(202);
  expect(await answer.json()).toEqual({ stored: 3, refused: {} });
  expect(await counted()).toEqual({ "seen 1 product 42": 1, "added 1 product 42": 1, "product-viewed 0  7": 1 });
});

test("an event that is sent again, in one request or in several, is counted once", async () => {
  const event = seen();
  for (const batch of [batchOf(event, event), batchOf(event)]) expect((await send(batch)).status).toBe(202);
  expect(await counted()).toEqual({ "seen 1 product 42": 1 });
  await send(batchOf(event));
  expect(await counted()).toEqual({ "seen 1 product 42": 1 });
});

test("who was shown which arm, and which order they made, is kept by a hash of the browser", async () => {
  const exposed = { id: "x1", kind: "exposed", at: now, visitor: BROWSER, experiment: 3, arm: 1 };
  const bought = { id: "x2", kind: "checkout-completed", at: now, visitor: BROWSER, order: "77" };
  expect(await (await send(batchOf(exposed, bought))).json()).toEqual({ stored: 2, refused: {} });
  await moveEvents(app.context);
  const units = await app.context.events.readUnits(app.shop, { experiment: 3, after: "", limit: 10 });
  expect(units).toMatchObject([{ exposures: [{ arm: 1, at: now }], orders: [{ order: "77", at: now }] }]);
  expect(units[0]!.visitor).not.toContain(BROWSER);
});

test("any site's sandbox may send events and read the answer, and nothing else", async () => {
  const answer = await send(batchOf(seen()), { origin: "null" });
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("access-control-allow-credentials")).toBe(null);
  const asked = await server.ask("/events", {
    method: "OPTIONS",
    headers: { origin: "https://tea.example", "access-control-request-method": "POST" },
  });
  expect([asked.status, asked.headers.get("access-control-allow-methods")]).toEqual([204, "POST"]);
  expect((await server.ask("/events")).status).toBe(405);
});

test("the browser's name is stored as a hash, and neither it nor the token is in the log", async () => {
  written.length = 0;
  await send(batchOf(seen()));
  await send({ ...batchOf(seen()), token: `${token.slice(0, -1)}!` });
  await moveEvents(app.context);
  const { rows } = await app.context.database.pool.query<{ text: string }>(
    "SELECT e::text AS text FROM events.events e",
  );
  expect(rows.length).toBe(1);
  expect(rows[0]!.text).not.toContain(BROWSER);
  const log = written.join("");
  expect(log).toContain('"reason":"token"');
  for (const secret of [BROWSER, token, token.slice(0, -1)]) expect(log).not.toContain(secret);
});

test.each([
  ["nothing", ""],
  ["no JSON", "{"],
  ["a list", []],
  ["a number", 1],
  ["null", null],
  ["deep nesting", "[".repeat(10_000)],
  ["no events", { v: 1, token: "t", events: [] }],
  ["events that are no list", { v: 1, token: "t", events: { length: 1 } }],
  ["another version", { v: 2, token: "t", events: [1] }],
  ["a token that is no text", { v: 1, token: { $ne: "" }, events: [1] }],
  [
    "more events than a browser sends",
    { v: 1, token: "t", events: Array.from({ length: MOST_SENT_EVENTS + 1 }, () => 1) },
  ],
])("refuses %s", async (_, body) => {
  expect((await send(body)).status).toBe(400);
});

test("refuses what is too large before it is read", async () => {
  expect((await send(batchOf(seen({ claim: "x".repeat(LARGEST_SENT_BYTES) })))).status).toBe(413);
});

test("refuses a forged token, another shop's token with this shop's name, and that of an earlier install", async () => {
  const { hashKey } = app.context;
  const { installedAt } = await inShop(app.context.database, app.shop, theShop);
  const tokens = [
    eventToken(app.shop, installedAt, "another key"),
    token.replace("tea", "books"),
    eventToken(app.shop, new Date(installedAt.getTime() - HOUR_MS), hashKey),
    eventToken(shopDomain("unknown.myshopify.com"), installedAt, hashKey),
    token.toUpperCase(),
    "",
  ];
  for (const forged of tokens) expect((await send({ ...batchOf(seen()), token: forged })).status).toBe(401);
  expect(await counted()).toEqual({});
  expect(await counted(OTHER)).toEqual({});
});

test("refuses and counts events that cannot be true, and stores the others of the batch", async () => {
  const answer = await send(
    batchOf(
      seen(),
      seen({ at: now + HOUR_MS }),
      seen({ at: now - 100 * HOUR_MS }),
      seen({ claim: "bt-77-42/product" }),
      seen({ claim: "bt-1-42/moon" }),
      seen({ id: "<script>" }),
      seen({ at: "yesterday" }),
      seen({ at: 1e300 }),
      seen({ visitor: "x".repeat(101) }),
      seen({ kind: "paid" }),
      { ...seen(), kind: "product-viewed", product: "1e5" },
      { ...seen(), kind: "product-viewed", product: "9223372036854775808" },
      { ...seen(), kind: "checkout-completed", order: "#7" },
      ...[{ experiment: -1 }, { arm: 1.5 }, { arm: 100 }, { experiment: 1e9 }, { visitor: undefined }].map((forged) =>
        seen({ kind: "exposed", experiment: 3, arm: 1, ...forged }),
      ),
      null,
      "an event",
      { __proto__: { kind: "seen" } },
    ),
  );
  expect(answer.status).toBe(202);
  expect(await answer.json()).toEqual({
    stored: 1,
    refused: { future: 1, ancient: 1, "unknown-offer": 1, malformed: 17 },
  });
  expect(await counted()).toEqual({ "seen 1 product 42": 1 });
  await vi.waitFor(async () => {
    const refused = await app.context.events.readRefused(app.shop, new Date(0), new Date(START + HOUR_MS));
    expect(Object.fromEntries(refused)).toEqual({ future: 1, ancient: 1, "unknown-offer": 1, malformed: 17 });
  }, PATIENT);
});

const answered = (fields: object = {}) => ({
  ...{ id: randomUUID(), kind: "answered", at: now, visitor: BROWSER, claim: "bt-1-42/product" },
  ...{ order: "77", question: "helpful", answer: "no", ...fields },
});
const storedAnswers = async () => {
  const { rows } = await app.context.database.pool.query<object>(
    "SELECT shop, order_id::text AS order, offer_id, question, answer FROM answers ORDER BY shop, order_id, question",
  );
  return rows;
};

test("a customer's answer is stored once for each order, offer and question: the first one stays", async () => {
  const first = answered();
  for (const batch of [batchOf(first), batchOf(first), batchOf(answered({ answer: "yes" }), seen())]) {
    expect((await send(batch)).status).toBe(202);
  }
  await send(batchOf(answered({ question: "recommend", answer: "10" })));
  const about = { shop: app.shop, order: "77", offer_id: "bt-1-42" };
  expect(await storedAnswers()).toEqual([
    { ...about, question: "helpful", answer: "no" },
    { ...about, question: "recommend", answer: "10" },
  ]);
  // It is no event: nothing is in the totals for it.
  expect(await counted()).toEqual({ "seen 1 product 42": 1 });
});

test("refuses answers that are none of the choices, giant ones, and those about an offer that the shop does not have", async () => {
  const answer = await send(
    batchOf(
      ...[answered({ answer: "x".repeat(10_000) }), answered({ answer: "maybe" }), answered({ question: "comment" })],
      ...[answered({ order: "1e5" }), answered({ claim: "again-42/cart" }), answered({ claim: "bt-42/product" })],
      ...[
        answered({ claim: "bt-77-42/product" }),
        answered({ at: now - 100 * HOUR_MS }),
        answered({ order: undefined }),
      ],
    ),
  );
  expect(await answer.json()).toEqual({ stored: 0, refused: { malformed: 7, "unknown-offer": 1, ancient: 1 } });
  expect(await storedAnswers()).toEqual([]);
});

test("takes no more answers of a shop in an hour than customers can give, and others' all the same", async () => {
  const send50 = (from: number) =>
    send(batchOf(...Array.from({ length: 50 }, (_, place) => answered({ order: String(from + place) }))));
  await app.context.database.pool.query(
    `INSERT INTO answers SELECT $1, n, 'bt-1-42', 'helpful', 'yes', 1, $2, $2 FROM generate_series(1000000, 1001969) n`,
    [app.shop, new Date(now - 60_000)],
  );
  expect(await (await send50(1)).json()).toEqual({ stored: 30, refused: { "too-many": 20 } });
  expect(await (await send50(101)).json()).toEqual({ stored: 0, refused: { "too-many": 50 } });
  now += HOUR_MS;
  expect(await (await send50(201)).json()).toEqual({ stored: 50, refused: {} });
});

test("a shop's token stores nothing about another shop's offers or into another shop", async () => {
  await send(batchOf(seen({ claim: "goal-2/cart" }), seen({ shop: OTHER })));
  expect(await counted(OTHER)).toEqual({});
  expect(Object.keys(await counted())).toContain("seen 1 product 42");
});

test("a server whose clock jumps stores an event once, in the hour that the shopper's clock says", async () => {
  const event = seen();
  await send(batchOf(event));
  for (const jump of [HOUR_MS, 30 * HOUR_MS, -5 * 60_000]) {
    now = START + jump;
    expect((await send(batchOf(event))).status).toBe(202);
    await moveEvents(app.context);
  }
  now = START;
  const hour = await app.context.events.readTotals(app.shop, new Date(START), new Date(START + HOUR_MS));
  expect(hour.map(({ events }) => events)).toEqual([1]);
  expect(Object.values(await counted())).toEqual([1]);
});

test("one address and one shop may send only so much in a minute", async () => {
  const limits = createRateLimits({ proxies: 1, perMinute: { events: 3, eventsOfShop: 100 } });
  const limited = await runServer(app, { limits });
  const post = (address: string, many: number) =>
    limited.ask("/events", {
      method: "POST",
      body: JSON.stringify(batchOf(...Array.from({ length: many }, () => seen()))),
      headers: { "x-forwarded-for": address },
    });
  const statuses = async (address: string, many: number, times: number) => {
    const answers = [];
    for (let time = 0; time < times; time++) answers.push((await post(address, many)).status);
    return answers;
  };
  expect(await statuses("203.0.113.1", 1, 4)).toEqual([202, 202, 202, 429]);
  expect(await statuses("203.0.113.2", 48, 3)).toEqual([202, 202, 429]);
  const refused = await post("203.0.113.3", 48);
  expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([429, true]);
  expect(refused.headers.get("access-control-expose-headers")).toBe("Retry-After");
  await limited.stop();
});

test("says 503 where events cannot be stored, so that the browser sends them again", async () => {
  const broken = await runServer(app, {
    eventIntake: { append: () => Promise.reject(new Error("no connection")), log: createLog("silent") },
  });
  const answer = await broken.ask("/events", { method: "POST", body: JSON.stringify(batchOf(seen())) });
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
  await broken.stop();
});

test("a stop answers what is under way once it is stored", async () => {
  const asked = Promise.withResolvers<void>();
  const mayStore = Promise.withResolvers<void>();
  const append = async (events: readonly ShopEvent[]) => {
    asked.resolve();
    await mayStore.promise;
    await app.context.events.append(events);
  };
  const stopping = await runServer(app, { eventIntake: { append } });
  const sent = stopping.ask("/events", { method: "POST", body: JSON.stringify(batchOf(seen())) });
  await asked.promise;
  const stopped = stopping.stop();
  mayStore.resolve();
  expect((await sent).status).toBe(202);
  await stopped;
  expect(await counted()).toEqual({ "seen 1 product 42": 1 });
});
