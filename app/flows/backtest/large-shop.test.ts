import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { gid, shopDomain } from "../../domain/ids.ts";
import { addTotals, NO_TOTALS } from "../../domain/backtest/month-totals.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { type Database, openDatabase } from "../../persistence/database/database.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { saveChoice } from "../../persistence/offers/choices.ts";
import { saveShop } from "../../persistence/shop/shops.ts";
import { createLog } from "../../server/log.ts";
import { runInThread } from "../../threads/thread-pool.ts";
import type { FlowContext } from "../context.ts";
import { readBacktest } from "./read-backtest.ts";
import { requestBacktest } from "./request-backtest.ts";
import { runBacktest } from "./run-backtest.ts";

// So many orders and products that threads share the work.
const ORDERS = 6_000;
const PRODUCTS = 1_500;
const PRICE = 1_000;
const SHOP = shopDomain("large.myshopify.com");
const NOW = new Date("2026-11-01T00:00:00Z");

let server: TestDatabase;
let database: Database;
let context: FlowContext;

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase(server.url);
  const unused = undefined as never;
  context = {
    ...{ database, gateway: unused, events: unused, log: createLog("silent"), runInThread, now: () => NOW },
    ...{ hashKey: "test", appUrl: "https://app.invalid" },
  };
  const facts = { shopifyId: "1", name: "Large", currency: "USD", currencies: ["USD"], timezone: "UTC" };
  await inShop(database, SHOP, (tx) =>
    saveShop(tx, { ...facts, installationId: "1", allOrders: true, givesCredit: false }, NOW),
  );
  const at = "timestamp '2026-09-01' + n * interval '5 minutes'";
  await fill(PRODUCTS, [
    `INSERT INTO products (shop, product_id, title, handle, vendor, product_type, tags, status, is_gift_card,
       published_at, updated_at)
     SELECT $1, n, 'Thing ' || n, 'thing-' || n, '', '', '{}', 'active', false, ${at}, ${at}`,
    `INSERT INTO variants (shop, variant_id, product_id, title, price_minor, available, version)
     SELECT $1, n, n, 'Default', ${PRICE}, true, ${at}`,
  ]);
  // Each order has two products that follow each other, one unit of the first, and one or two of the second.
  await fill(ORDERS, [
    `INSERT INTO orders (shop, order_id, name, created_at, processed_at, updated_at, test, currency,
       presentment_currency, channel, net_minor, refunded_minor)
     SELECT $1, n, '#' || n, ${at}, ${at}, ${at}, false, 'USD', 'USD', 'online', ${PRICE}, 0`,
    ...[0, 1].map(
      (line) => `INSERT INTO order_lines (shop, line_id, order_id, product_id, variant_id, title, quantity,
         current_quantity, is_gift_card, unit_price_minor, discount_minor, version)
       SELECT $1, 2 * n + ${line}, n, id, id, 'Thing', units, units, false, ${PRICE}, 0, ${at}
       FROM (SELECT n, (n + ${line}) % ${PRODUCTS} + 1 AS id, 1 + ${line} * (n % 2) AS units FROM n) AS n`,
    ),
  ]);
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

/** Runs statements that read the numbers from 1 on as n. */
async function fill(count: number, statements: readonly string[]): Promise<void> {
  for (const statement of statements) {
    const into = statement.slice(0, statement.indexOf("SELECT"));
    const select = statement.slice(statement.indexOf("SELECT"));
    const from = select.includes(" FROM ") ? "" : " FROM n";
    await database.pool.query(`WITH n AS (SELECT n FROM generate_series(1, ${count}) AS n) ${into} ${select}${from}`, [
      SHOP,
    ]);
  }
}

async function tried(type: OfferTypeName, changes: object) {
  const content = { ...contentShape(type).default, ...changes };
  const asked = await requestBacktest(SHOP, { type, content, again: true }, context);
  if (asked.code === "invalid") throw new Error("Not an offer");
  await runBacktest(SHOP, asked.digest, context);
  const { outcome, ordersDone, ordersTotal } = (await readBacktest(SHOP, asked.digest, context))!;
  if (outcome?.code !== "replayed") throw new Error(`Not replayed: ${outcome?.code}`);
  const totals = outcome.months.reduce((sum, one) => addTotals(sum, one.totals), NO_TOTALS);
  return { ...totals, ordersDone, ordersTotal };
}

const percent = { kind: "percent", basisPoints: 1_000 };

test("an offer that each product carries by itself gives what every order says", async () => {
  const config = { variants: "together", tiers: [{ quantity: 2, reward: percent }] };
  const half = ORDERS / 2;
  expect(await tried("quantity-breaks", { config })).toMatchObject({
    ...{ ordersDone: ORDERS, ordersTotal: ORDERS, orders: ORDERS },
    ...{ given: half, near: half, discountMinor: (half * 2 * PRICE) / 10 },
  });
});

test("sets are chosen for all products, whichever thread has them", async () => {
  // Every product is pinned to the one after it, so that each order holds the set of its first product.
  await inShop(database, SHOP, async (tx) => {
    for (let id = 1; id <= PRODUCTS; id++) {
      const next = (id % PRODUCTS) + 1;
      await saveChoice(tx, { trigger: gid("Product", id), companion: gid("Product", next), kind: "pin" }, NOW);
    }
  });
  const config = { ...(contentShape("bought-together").default.config as object), setSize: 1 };
  expect(await tried("bought-together", { config, reward: percent })).toMatchObject({
    ...{ orders: ORDERS, given: ORDERS, near: 0, discountMinor: (ORDERS * 2 * PRICE) / 10 },
  });
});
