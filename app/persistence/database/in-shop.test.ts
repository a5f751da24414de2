import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { shopDomain, type ShopDomain } from "../../domain/ids.ts";
import { openDatabase, type Database } from "./database.ts";
import { addJob, type JobRow } from "./job-queue.ts";
import { inShop, streamInShop } from "./in-shop.ts";
import { saveShopSettings } from "../settings/settings.ts";
import { installedShops, saveShop } from "../shop/shops.ts";

const OURS = shopDomain("ours.myshopify.com");
const THEIRS = shopDomain("theirs.myshopify.com");
const FACTS = {
  shopifyId: "gid://shopify/Shop/1",
  name: "A shop",
  currency: "USD",
  currencies: ["USD"],
  timezone: "UTC",
  installationId: "gid://shopify/AppInstallation/1",
  allOrders: true,
  givesCredit: false,
};

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url);
  for (const shop of [OURS, THEIRS]) {
    await inShop(database, shop, async (tx) => {
      await saveShop(tx, FACTS, new Date(0));
      await saveShopSettings(tx, { tellOrdersTogether: true });
    });
  }
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

test("a shop's transaction sees its own rows, whatever its queries ask for", async () => {
  const rows = await inShop(database, OURS, (tx) => tx.db.settings.findMany());
  expect(rows.map(({ shop }) => shop)).toEqual([OURS]);
  const others = await inShop(database, OURS, (tx) => tx.db.settings.findMany({ where: { shop: THEIRS } }));
  expect(others).toEqual([]);
});

test("a shop's transaction can neither write nor delete another shop's rows", async () => {
  const write = inShop(database, OURS, (tx) =>
    tx.db.choice.create({
      data: { shop: THEIRS, triggerId: 1n, companionId: 2n, kind: "pin", chosenAt: new Date(0) },
    }),
  );
  await expect(write).rejects.toThrow(/row-level security/);
  const { count } = await inShop(database, OURS, (tx) => tx.db.settings.deleteMany({ where: { shop: THEIRS } }));
  expect(count).toBe(0);
});

test("the tenant's role without a shop sees nothing at all, and every table of a shop is so guarded", async () => {
  const client = await database.pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL ROLE tsuide_tenant");
    expect((await client.query("SELECT * FROM settings")).rows).toEqual([]);
    expect((await client.query("SELECT * FROM shops")).rows).toEqual([]);
    await client.query("ROLLBACK");
    const { rows } = await client.query<{ table: string }>(
      `SELECT c.relname AS table FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'shop'
       WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
         AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
    );
    expect(rows.map(({ table }) => table)).toEqual(["sessions"]);
  } finally {
    client.release();
  }
});

test("the tenant's role cannot read tokens or the queue", async () => {
  for (const query of ["SELECT * FROM sessions", "SELECT * FROM graphile_worker.jobs", "SELECT * FROM redactions"]) {
    await expect(streamInShop(database, OURS, ({ client }) => client.query(query))).rejects.toThrow(
      /permission denied/,
    );
  }
});

test("a connection that was used for one shop forgets it", async () => {
  await streamInShop(database, OURS, async () => {});
  const { rows } = await database.pool.query<{ who: string; shop: string | null }>(
    "SELECT current_user AS who, current_setting('tsuide.shop', true) AS shop",
  );
  expect(rows[0]?.who).not.toBe("tsuide_tenant");
  expect(rows[0]?.shop || null).toBeNull();
});

const jobOf = (shop: ShopDomain): JobRow => {
  return {
    task: "mine-associations",
    payload: { shop },
    key: `mine:${shop}`,
    mode: null,
    delaySeconds: 0,
    queue: null,
  };
};

test("a job is there only if its transaction is, and only for the transaction's shop", async () => {
  const undone = inShop(database, OURS, async (tx) => {
    await addJob(tx, jobOf(OURS));
    throw new Error("changed my mind");
  });
  await expect(undone).rejects.toThrow("changed my mind");
  const count = async () =>
    (await database.pool.query<{ n: number }>("SELECT count(*)::int AS n FROM graphile_worker.jobs")).rows[0]?.n;
  expect(await count()).toBe(0);
  const foreign = inShop(database, OURS, (tx) => addJob(tx, jobOf(THEIRS)));
  await expect(foreign).rejects.toThrow(/belongs to the shop/);
  await inShop(database, OURS, (tx) => addJob(tx, jobOf(OURS)));
  await inShop(database, OURS, (tx) => addJob(tx, jobOf(OURS)));
  await inShop(database, THEIRS, (tx) => addJob(tx, jobOf(THEIRS)));
  expect(await count()).toBe(2);
});

test("schedules are given every installed shop", async () => {
  expect(await installedShops(database)).toEqual([OURS, THEIRS]);
});
