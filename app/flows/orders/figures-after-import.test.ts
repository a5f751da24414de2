import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { orderTotals } from "../../../test/dev-store/shop/order-totals.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { CUP, openPinnedPairShop, TEA } from "../../../test/fixtures/pinned-pair-shop.ts";
import { smallOrder } from "../../../test/fixtures/small-shop.ts";
import type { WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { BREAKDOWNS } from "../../domain/measurement/breakdown.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readBreakdownView } from "../measurement/read-breakdown.ts";
import { readResultLines } from "../measurement/read-result-lines.ts";
import { readResults } from "../measurement/read-results.ts";
import { readResultsEffect } from "../measurement/read-results-effect.ts";
import { readTrends } from "../measurement/read-trends.ts";
import { readHome } from "../shop/read-home.ts";
import { continueImport } from "./continue-import.ts";
import { readImport } from "./read-import.ts";
import { beginImport } from "./start-import.ts";
import { syncOrder } from "./sync-order.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const RANGE = { range: "30", from: "", to: "" } as const;
/** Lines of the file that are stored together: so few that most lines come apart from their orders. */
const LINES_AT_ONCE = 3;
const TABLES = `orders, order_lines, refund_lines, baskets, basket_news, associations, attributions, offer_discounts, offer_shipping,
  order_sales, sales_totals, first_orders, import_runs, changed_orders`;

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  ({ app, shop } = await openPinnedPairShop(NOW));
  const { gateway, database } = app.context;
  const since = new Date(NOW - 10 * DAY_MS);
  await database.pool.query("UPDATE offers SET status = 'active', created_at = $1 WHERE type = 'goal'", [since]);
  const bulkLines = gateway.bulkLines.bind(gateway);
  gateway.bulkLines = (file, from) => bulkLines(file, from, LINES_AT_ONCE);
});
afterAll(() => app.close());

const line = fc.record({
  quantity: fc.integer({ min: 1, max: 4 }),
  price: fc.integer({ min: 1, max: 2_000 }),
  offered: fc.boolean(),
  discount: fc.constantFrom(null, null, "Bought together", "Summer sale"),
});
const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("refund", "edit"), line: fc.nat(2), units: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("money-back"), minor: fc.integer({ min: 1, max: 900 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cancel") }) },
);
const history = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  changes: fc.array(change, { maxLength: 3 }),
  daysAgo: fc.nat(20),
  shipping: fc.constantFrom(null, null, "Free shipping", "Bought together", "Summer post"),
});
type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never;

/** Places an order in the dev store and has happen to it what can. */
function place(id: string, { lines, changes, daysAgo, shipping }: History): void {
  const products = lines.map(({ offered }) => (offered ? CUP : TEA));
  const made = smallOrder(id, products, NOW - daysAgo * DAY_MS - 1);
  lines.forEach(({ quantity, price, offered, discount }, n) =>
    Object.assign(made.lines[n]!, {
      ...{ id: `${id}0${n}`, quantity, currentQuantity: quantity, unitPriceMinor: price },
      discounts: discount === null ? [] : [{ title: discount, amountMinor: Math.ceil((price * quantity) / 10) }],
      properties: offered ? { _tsuide: `bt-${TEA}/cart` } : {},
    }),
  );
  const shippingDiscounts = shipping === null ? [] : [{ title: shipping, amountMinor: 700 }];
  shop.orders.set(id, { ...made, shippingMinor: 900, shippingDiscounts });
  const server = app.store.shops.get(shop.domain)!;
  for (const change of changes) {
    const now = shop.orders.get(id)!;
    if (now.cancelledAt !== null) return;
    if (change.kind === "cancel") server.cancel(id);
    else if ("minor" in change) {
      const { currentSubtotalMinor, withoutLinesMinor } = orderTotals(now);
      const minor = Math.min(change.minor, currentSubtotalMinor - withoutLinesMinor);
      if (minor > 0) server.refund(id, [], minor);
    } else if ("units" in change) {
      const { id: lineId, currentQuantity } = now.lines[change.line % now.lines.length]!;
      const units = Math.min(change.units + 1, currentQuantity);
      if (units === 0) continue;
      if (change.kind === "refund") server.refund(id, [{ lineId, quantity: units }]);
      else server.edit(id, [{ lineId, quantity: currentQuantity - units }]);
    }
  }
}

/** Runs the import's job, and no other, until the import is finished. */
async function importAll(): Promise<void> {
  await inShop(app.context.database, app.shop, (tx) => beginImport(tx, new Date(NOW)));
  while ((await readImport(app.shop, app.context))?.status !== "done") {
    await continueImport(app.shop, app.context);
    await app.store.settled();
  }
}

/** Whatever pages say of what was sold, and of what came through offers. */
async function figures() {
  const { headline, recent } = await readHome(app.shop, app.context);
  const by = await Promise.all(
    (["offer", "surface", "product"] as const).map(async (by) => ({
      ...{ results: await readResults(app.shop, { range: RANGE, by }, app.context) },
      ...{ effect: await readResultsEffect(app.shop, { range: RANGE, by }, app.context) },
    })),
  );
  const breakdowns = await Promise.all(
    BREAKDOWNS.map((by) => readBreakdownView(app.shop, { range: RANGE, by }, app.context)),
  );
  const filter = { offerKey: null, surface: null, productId: null, refunded: false };
  const lines = await readResultLines(app.shop, { range: RANGE, filter, page: 1 }, app.context);
  return { headline, recent, by, breakdowns, lines, trends: await readTrends(app.shop, app.context) };
}

test("when an import is finished, figures are what they are once every job has run, and every order was read again", async () => {
  let [attributed, refunded, shipped] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(history, { minLength: 10, maxLength: 40 }), async (given) => {
      shop.orders.clear();
      // The clock stands still, and with it what Shopify lets an app ask for.
      app.store.shops.get(shop.domain)!.bucket.drainTo(2_000);
      await app.context.database.pool.query(`TRUNCATE ${TABLES}`);
      given.forEach((each, n) => place(String(n + 1), each));
      await importAll();
      const imported = await figures();
      await app.drain();
      expect(imported).toEqual(await figures());
      for (const id of shop.orders.keys()) await syncOrder(app.shop, gid("Order", id), app.context);
      expect(imported).toEqual(await figures());
      const placed = [...shop.orders.values()].filter(({ cancelledAt }) => cancelledAt === null);
      const sold = placed.filter(({ lines }) => lines.some(({ currentQuantity }) => currentQuantity > 0));
      expect(imported.headline.orders).toBe(sold.length);
      attributed += imported.headline.attributedRevenue.amountMinor;
      refunded += imported.headline.refunded.amountMinor;
      shipped += imported.by[0]!.results.now.discountOnShipping.amountMinor;
    }),
    { numRuns: 3, seed: 7, endOnFailure: true },
  );
  expect([attributed > 0, refunded > 0, shipped > 0]).toEqual([true, true, true]);
});
