import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { smallOrder, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { readAssociations } from "../../persistence/mining/counts/associations.ts";
import { readCompanionLists } from "../../persistence/mining/lists/companion-lists.ts";
import type { Database } from "../../persistence/database/database.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { installShop } from "../shop/install-shop.ts";
import { learnLists, type LearningOutcome } from "./learn-lists.ts";
import { learnAssociations, mineAssociations } from "./mine-associations.ts";
import { recountFromOrders } from "./recount-associations.ts";
import { runJob } from "../../jobs/run-job.ts";
import { startImport } from "../orders/start-import.ts";
import { syncOrder } from "../orders/sync-order.ts";
import { uninstallShop } from "../shop/uninstall-shop.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;
const PRODUCTS = Array.from({ length: 130 }, (_, n) => String(1001 + n));
const TEA = PRODUCTS[0]!;

let clock = NOON;
/** What the clock goes on by each time that it is looked at. */
let tick = 0;
let app: WiredApp;
let shop: DevShop;

/** 80 orders: tea goes with every other product, with some of them often. Each test adds orders of its own. */
beforeAll(async () => {
  shop = smallShop(PRODUCTS);
  app = await wireApp([shop], { now: () => (clock += tick) });
  for (let n = 0; n < 80; n++) {
    const others = Array.from({ length: 1 + (n % 17) }, (_, step) => PRODUCTS[1 + ((n * 8 + step * step) % 129)]!);
    add(String(n + 1), [...new Set([TEA, ...others])], NOON - (100 - n) * HOUR);
  }
  await app.signIn();
  await installShop(app.shop, app.context);
  await startImport(app.shop, app.context);
  await app.drain();
});
beforeEach(() => {
  tick = 0;
});
afterAll(() => app.close());

function add(id: string, products: readonly string[], at = NOON): void {
  shop.orders.set(id, smallOrder(id, products, at));
}

const take = (id: string) => syncOrder(app.shop, gid("Order", id), app.context);

/** Everything that is derived from orders. */
async function derived(): Promise<unknown> {
  const { pool } = app.context.database;
  const { rows: counts } = await pool.query(
    `SELECT product_id, baskets, first_at, last_at, companions, together, first_together, last_together
     FROM associations ORDER BY product_id`,
  );
  const { rows: lists } = await pool.query("SELECT * FROM companion_lists ORDER BY product_id");
  return { counts, lists };
}

/** In how many baskets each product is, and each pair; of tea, which met all others, those of its list are sure. */
async function counted(): Promise<Map<string, number>> {
  const ids = PRODUCTS.map((id) => gid("Product", id));
  const read = await inShop(app.context.database, app.shop, async (tx) => ({
    counts: [...(await readAssociations(tx, ids)).values()],
    listed: (await readCompanionLists(tx, [ids[0]!])).get(ids[0]!)!.companions.map(({ item }) => item),
  }));
  const pairs = read.counts.flatMap(({ productId, baskets, companions }) => [
    [productId, baskets] as const,
    ...companions
      .filter((one) => productId !== TEA || read.listed.includes(one.productId))
      .map((one) => [`${productId}+${one.productId}`, one.together] as const),
  ]);
  return new Map(pairs);
}

async function rebuild(): Promise<void> {
  await app.context.database.pool.query("TRUNCATE baskets, basket_news, associations, companion_lists");
  await recountFromOrders(app.context.database, app.shop);
  await learnAssociations(app.shop, app.context);
}

/** Learns here, with something happening after the baskets were read and before the lists are stored. */
function learnWhile(happens: () => Promise<unknown>): Promise<LearningOutcome> {
  const { database, now } = app.context;
  let connections = 0;
  const connect = async () => {
    if (++connections === 2) await happens();
    return database.pool.connect();
  };
  const slow = { ...database, pool: { connect } } as unknown as Database;
  return learnLists(slow, app.shop, { now, complete: null });
}

test("order by order, counts and lists are what a rebuild with the same choice makes of all orders", async () => {
  add("901", [TEA, PRODUCTS[128]!, PRODUCTS[129]!]);
  add("902", [TEA, PRODUCTS[127]!]);
  const before = await derived();
  for (const id of ["901", "902"]) {
    await take(id);
    expect(await learnAssociations(app.shop, app.context)).toMatchObject({ code: "learnt", chosen: false });
  }
  const followed = await derived();
  expect(followed).not.toEqual(before);
  await rebuild();
  expect(await derived()).toEqual(followed);
});

test("an order that goes again leaves counts and lists as they were before it", async () => {
  await rebuild();
  const before = await derived();
  add("911", [TEA, PRODUCTS[129]!]);
  await take("911");
  await learnAssociations(app.shop, app.context);
  expect(await derived()).not.toEqual(before);
  shop.orders.delete("911");
  await take("911");
  await learnAssociations(app.shop, app.context);
  expect(await derived()).toEqual(before);
});

test("an order that is counted while lists are learnt keeps its counts", async () => {
  // Rare companions that become listed, so that other counts are to be kept than before.
  for (const id of ["922", "923", "924"]) {
    add(id, [TEA, ...PRODUCTS.slice(100, 105)]);
    await take(id);
  }
  add("921", [TEA, ...PRODUCTS.slice(90, 130)]);
  expect(await learnWhile(() => take("921"))).toMatchObject({ code: "learnt" });
  const counts = await counted();
  await recountFromOrders(app.context.database, app.shop);
  expect(await counted()).toEqual(counts);
});

test("lists that were learnt from earlier baskets never replace those learnt from later ones", async () => {
  let later: unknown;
  const outcome = await learnWhile(async () => {
    add("931", [TEA, PRODUCTS[129]!]);
    await take("931");
    await learnAssociations(app.shop, app.context);
    later = await derived();
  });
  expect(outcome).toEqual({ code: "overtaken" });
  expect(await derived()).toEqual(later);
});

test("learning that ends half-way changes nothing, and the next one makes up for it", async () => {
  add("935", [TEA, PRODUCTS[129]!, PRODUCTS[128]!]);
  await take("935");
  const before = await derived();
  await expect(learnWhile(() => Promise.reject(new Error("killed")))).rejects.toThrow("killed");
  expect(await derived()).toEqual(before);
  expect(await learnAssociations(app.shop, app.context)).toMatchObject({ code: "learnt" });
  expect(await derived()).not.toEqual(before);
});

test("of two complete runs at once the later one counts, and the lists are whole", async () => {
  const outcomes = await Promise.allSettled([
    mineAssociations(app.shop, app.context),
    mineAssociations(app.shop, app.context),
  ]);
  expect(outcomes.some(({ status }) => status === "fulfilled")).toBe(true);
  const { rows } = await app.context.database.pool.query("SELECT 1 FROM mining_runs WHERE finished_at IS NOT NULL");
  expect(rows.length).toBe(1);
  const once = await derived();
  await mineAssociations(app.shop, app.context);
  expect(await derived()).toEqual(once);
});

test("learning again too soon is put off until the shop has rested", async () => {
  tick = 100;
  expect(await learnAssociations(app.shop, app.context)).toMatchObject({ code: "learnt" });
  await app.context.database.pool.query("DELETE FROM graphile_worker._private_jobs");
  expect(await learnAssociations(app.shop, app.context)).toEqual({ code: "put-off" });
  const { rows } = await app.context.database.pool.query<{ waits: boolean; queue: string }>(
    "SELECT run_at > now() AS waits, queue_name AS queue FROM graphile_worker.jobs",
  );
  expect(rows).toEqual([{ waits: true, queue: `${app.shop}/mining` }]);
  clock += HOUR;
  expect(await learnAssociations(app.shop, app.context)).toMatchObject({ code: "learnt" });
});

test("lists that stay as they were are not written again", async () => {
  expect(await learnWhile(async () => {})).toMatchObject({ code: "learnt", listsWritten: 0 });
});

test("nothing is learnt before the history is in", async () => {
  await app.context.database.pool.query("DELETE FROM mining_runs");
  expect(await learnAssociations(app.shop, app.context)).toEqual({ code: "not-mined-yet" });
  await runJob("learn-associations", { shop: app.shop }, app.context);
});

test("a shop that leaves while its lists are learnt leaves nothing behind", async () => {
  await mineAssociations(app.shop, app.context);
  expect(await learnWhile(() => uninstallShop(app.shop, app.context))).toEqual({ code: "unknown-shop" });
  expect(await derived()).toEqual({ counts: [], lists: [] });
});
