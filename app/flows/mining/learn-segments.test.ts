import { afterAll, beforeAll, expect, test } from "vitest";
import { smallOrder, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import type { BoughtTogetherPageView } from "../../views/bought-together-view.ts";
import { gid } from "../../domain/ids.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readSegmentLists, readSegmentsInUse } from "../../persistence/mining/lists/segment-lists.ts";
import { installShop } from "../shop/install-shop.ts";
import { learnAssociations, mineAssociations } from "./mine-associations.ts";
import { readBoughtTogether } from "../offers/read-bought-together.ts";
import { readRanking } from "./read-ranking.ts";
import { startImport } from "../orders/start-import.ts";
import { syncOrder } from "../orders/sync-order.ts";
import { uninstallShop } from "../shop/uninstall-shop.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;
const THINGS = Array.from({ length: 6 }, (_, n) => String(1001 + n));
/** Ten go with each thing; what is paid for in euros goes with the last four of them. */
const withThing = (thing: number, place: number) => String(2001 + thing * 10 + place);
const PRODUCTS = [
  ...THINGS,
  ...THINGS.flatMap((_, thing) => Array.from({ length: 10 }, (_, n) => withThing(thing, n))),
];
const ORDERS = 2400;
const TEA = gid("Product", THINGS[0]!);

let clock = NOON;
let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = smallShop(PRODUCTS);
  app = await wireApp([shop], { now: () => clock });
  for (let n = 0; n < ORDERS; n++) addOrder(n);
  await app.signIn();
  await installShop(app.shop, app.context);
  await startImport(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());

/** A share that the order's number alone decides. */
function drawn(order: number, what: number): number {
  let mixed = Math.imul((order * 31 + what) ^ (order >>> 7), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

function addOrder(n: number): string {
  const inEuros = drawn(n, 1) < 0.2;
  const atTheCounter = !inEuros && drawn(n, 2) < 0.2;
  const thing = Math.floor(drawn(n, 3) * THINGS.length);
  const place = inEuros && drawn(n, 4) < 0.85 ? 6 + Math.floor(drawn(n, 5) * 4) : Math.floor(drawn(n, 5) ** 2 * 10);
  const id = String(5001 + n);
  shop.orders.set(id, {
    ...smallOrder(id, [THINGS[thing]!, withThing(thing, place)], NOON - (ORDERS + 100 - n) * HOUR),
    ...{ presentmentCurrency: inEuros ? "EUR" : "USD", sourceName: atTheCounter ? "pos" : "web" },
    customerId: drawn(n, 6) < 0.5 ? null : String(Math.floor(drawn(n, 7) ** 2 * 500)),
  });
  return id;
}

const inUse = () => inShop(app.context.database, app.shop, readSegmentsInUse);
async function stored(): Promise<unknown[]> {
  const { rows } = await app.context.database.pool.query(
    "SELECT * FROM segment_lists ORDER BY product_id, segmented_by, segment",
  );
  return rows;
}

test("shoppers who pay in another currency and buy otherwise get lists of their own; others who do not get none", async () => {
  const used = await inUse();
  expect(used[0]).toEqual({ by: "market", is: "EUR" });
  expect(used.every(({ by }) => by === "market")).toBe(true);
  const lists = await inShop(app.context.database, app.shop, (tx) => readSegmentLists(tx, [TEA]));
  const [euro] = lists.get(TEA)!;
  const lastFour = [6, 7, 8, 9].map((place) => withThing(0, place));
  expect(
    euro!.companions
      .slice(0, 4)
      .map(({ item }) => item)
      .sort(),
  ).toEqual(lastFour);
});

test("staff see of every segment that was tried what was found, and what is in use", async () => {
  const { segments } = await readRanking(app.shop, app.context);
  const euro = segments.find(({ is }) => is === "EUR")!;
  expect(euro).toMatchObject({ by: "market", verdict: "in-use" });
  expect(euro.hitRate4OfSegment).toBeGreaterThan(euro.hitRate4OfAll);
  expect(new Set(segments.map(({ by }) => by))).toEqual(new Set(["customer", "market", "channel", "rank"]));
  for (const { by, verdict } of segments) if (by !== "market") expect(["no-gain", "too-few-orders"]).toContain(verdict);
});

test("staff can look at a product's list as a segment sees it, and at the default list where it sees the same", async () => {
  const look = (segment: string) =>
    readBoughtTogether(app.shop, { search: `Product ${THINGS[0]}`, page: 1, filter: "all", segment }, app.context);
  const shown = ({ first }: BoughtTogetherPageView) =>
    first!.companions.filter((one) => one.shown).map(({ productId }) => productId);
  const defaults = await look("");
  expect(defaults.segment).toBe(null);
  expect(defaults.segments[0]).toEqual({ by: "market", is: "EUR", use: "in-use" });
  const euro = await look("market:EUR");
  expect(euro.segment).toEqual(defaults.segments[0]);
  expect(euro.first!.ownList).toBe(true);
  expect(shown(euro)).not.toEqual(shown(defaults));
  expect(shown(euro).slice(0, 2).sort()).not.toEqual(shown(defaults).slice(0, 2).sort());
  const same = await readBoughtTogether(
    app.shop,
    {
      search: `Product ${withThing(0, 0)}`,
      page: 1,
      filter: "all",
      segment: "market:EUR",
    },
    app.context,
  );
  expect(same.first!.ownList).toBe(false);
  for (const nobody of ["market:GBP", "moon", "rank:A"]) expect((await look(nobody)).segment).toBe(null);
});

test("the lists follow each order, and are what a rebuild with the same choice makes of all of them", async () => {
  const before = await stored();
  const id = addOrder(ORDERS + 1);
  shop.orders.set(id, { ...shop.orders.get(id)!, presentmentCurrency: "EUR" });
  await syncOrder(app.shop, gid("Order", id), app.context);
  expect(await learnAssociations(app.shop, app.context)).toMatchObject({ code: "learnt" });
  const followed = await stored();
  expect(followed).not.toEqual(before);
  await app.context.database.pool.query("TRUNCATE segment_lists");
  clock += HOUR;
  await learnAssociations(app.shop, app.context);
  expect(await stored()).toEqual(followed);
});

test("where the difference is gone, so are the lists", async () => {
  const ids = [...shop.orders.values()].filter((order) => order.presentmentCurrency === "EUR").map(({ id }) => id);
  const { pool } = app.context.database;
  await pool.query("UPDATE orders SET presentment_currency = 'USD' WHERE order_id = ANY($1::bigint[])", [ids]);
  clock += HOUR;
  await mineAssociations(app.shop, app.context);
  expect(await inUse()).toEqual([]);
  expect((await readRanking(app.shop, app.context)).segments.some(({ by }) => by === "market")).toBe(false);
});

test("a shop that leaves leaves no lists behind", async () => {
  const { pool } = app.context.database;
  await pool.query(
    "INSERT INTO segment_lists (shop, product_id, segmented_by, segment, place) VALUES ($1, 1, 'rank', 'A', 0)",
    [app.shop],
  );
  await uninstallShop(app.shop, app.context);
  expect(await stored()).toEqual([]);
});
