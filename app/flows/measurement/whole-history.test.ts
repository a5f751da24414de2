import { afterEach, expect, test } from "vitest";
import { generateShop } from "../../../test/dev-store/generator/generate-shop.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { type DayOfRawOrders, FIGURES_OF_RAW_ORDERS } from "../../../test/fixtures/figures-of-raw-orders.ts";
import { type ListedPairs, OWN_DISCOUNT, OWN_SHIPPING, offerHistory } from "../../../test/fixtures/offered-history.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { attributedMinor } from "../../domain/measurement/figures.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { daysOfPeriod, reportPeriod } from "../../domain/time/report-days.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readFigures } from "../../persistence/measurement/figures.ts";
import { recordDiscountNames } from "../../persistence/measurement/offer-discounts.ts";
import { recordListings } from "../../persistence/publishing/listings.ts";
import { addUpSales } from "../orders/add-up-sales.ts";
import { continueImport } from "../orders/continue-import.ts";
import { syncChangedOrders } from "../orders/sync-changed-orders.ts";
import { installShop } from "../shop/install-shop.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");

/** From then on the shop has a goal: what was called free shipping before is its own. */
const GOAL_SINCE = NOW - 300 * DAY_MS;

let app: WiredApp;
/** Shopify's bucket fills with time: the clock goes on each time that it is looked at. */
let elapsed = 0;

afterEach(() => app.close());

/** Takes in a shop's whole history as an installation does, with the orders that owe something to offers read again. */
async function takeIn(shop: DevShop, listed: ListedPairs): Promise<void> {
  elapsed = 0;
  app = await wireApp([shop], { now: () => NOW + (elapsed += 1_000) });
  await app.signIn();
  await installShop(app.shop, app.context);
  await inShop(app.context.database, app.shop, async (tx) => {
    const names = [
      { name: OWN_DISCOUNT, kind: "bought-together" },
      { name: OWN_SHIPPING, kind: "goal" },
    ] as const;
    await recordDiscountNames(tx, names, new Date(NOW));
    const lists = Array.from(listed, ([trigger, companions]) => ({
      product: gid("Product", trigger),
      listed: companions.map((companion) => ({ code: "bt", number: 1, companion })),
    }));
    await recordListings(tx, lists, new Date(NOW));
  });
  const { pool } = app.context.database;
  const since = new Date(GOAL_SINCE);
  await pool.query("UPDATE offers SET status = 'active', created_at = $1 WHERE type = 'goal'", [since]);
  for (let isDone = false; !isDone;) {
    await continueImport(app.shop, app.context);
    await app.store.settled();
    isDone = (await pool.query("SELECT 1 FROM import_runs WHERE status = 'done'")).rowCount === 1;
  }
  for (let isDone = false; !isDone;) {
    await syncChangedOrders(app.shop, app.context);
    isDone = (await pool.query("SELECT 1 FROM changed_orders")).rowCount === 0;
  }
  await addUpSales(app.shop, app.context);
}

/** The same orders, as the shop has them, in tables that the app knows nothing of. */
async function rawFigures(shop: DevShop, listed: ListedPairs): Promise<DayOfRawOrders[]> {
  const { pool } = app.context.database;
  await pool.query("CREATE TABLE raw_orders (body jsonb)");
  await pool.query("CREATE TABLE listed (trigger text, companion text)");
  const orders = [...shop.orders.values()];
  for (let from = 0; from < orders.length; from += 2_000) {
    const bodies = JSON.stringify(orders.slice(from, from + 2_000));
    await pool.query("INSERT INTO raw_orders SELECT jsonb_array_elements($1::jsonb)", [bodies]);
  }
  const pairs = [...listed].flatMap(([trigger, companions]) => companions.map((companion) => ({ trigger, companion })));
  await pool.query(
    "INSERT INTO listed SELECT * FROM jsonb_to_recordset($1::jsonb) AS l(trigger text, companion text)",
    [JSON.stringify(pairs)],
  );
  await pool.query("ANALYZE raw_orders, listed");
  const values = [shop.timezone, OWN_DISCOUNT, OWN_SHIPPING, GOAL_SINCE];
  return (await pool.query<DayOfRawOrders>(FIGURES_OF_RAW_ORDERS, values)).rows;
}

test.each(["en", "ja"] as const)(
  "over the whole history of the demo's shop (%s), each day's figures are those of its raw orders, to the smallest unit",
  async (locale) => {
    const shop = generateShop({ locale, seed: 1, now: NOW });
    const listed = offerHistory(shop, 9);
    await takeIn(shop, listed);
    const raw = await rawFigures(shop, listed);
    const period = reportPeriod(raw[0]!.day, raw.at(-1)!.day, shop.timezone);
    const { groups } = await inShop(app.context.database, app.shop, (tx) =>
      readFigures(tx, {
        ...{ currency: shop.currency, timezone: shop.timezone, by: "day" },
        ...{ from: new Date(period.from), to: new Date(period.to) },
      }),
    );
    const ours = groups.map(({ key, sold, earned }): DayOfRawOrders => ({
      ...{ day: key, attributedMinor: attributedMinor(earned), discountMinor: earned.discountMinor },
      shippingMinor: earned.shippingMinor,
      ...{ orders: sold!.orders, units: sold!.units, soldMinor: sold!.netMinor },
    }));
    const NOTHING = { attributedMinor: 0, discountMinor: 0, shippingMinor: 0, orders: 0, units: 0, soldMinor: 0 };
    const rawOn = new Map(raw.map((day) => [day.day, day]));
    expect(ours).toEqual(daysOfPeriod(period, shop.timezone).map(({ day }) => rawOn.get(day) ?? { day, ...NOTHING }));
    // There was something to compare: of two years, offers earned and cost something on most days.
    expect(raw.filter((day) => day.attributedMinor > 0).length).toBeGreaterThan(300);
    expect(raw.filter((day) => day.discountMinor > 0).length).toBeGreaterThan(300);
    expect(raw.filter((day) => day.shippingMinor > 0).length).toBeGreaterThan(100);
  },
);
