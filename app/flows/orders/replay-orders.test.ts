import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DevOrder, DevShop } from "../../../test/dev-store/shop/state.ts";
import { smallOrder } from "../../../test/fixtures/small-shop.ts";
import { CUP, openPinnedPairShop, TEA } from "../../../test/fixtures/pinned-pair-shop.ts";
import type { WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { readHome } from "../shop/read-home.ts";
import { syncOrder } from "./sync-order.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  ({ app, shop } = await openPinnedPairShop(NOW));
});
afterAll(() => app.close());

/** What happens to an order, in the words of a till: which line, how many units, how much money. */
type Event =
  | { kind: "refund" | "edit"; line: number; units: number }
  | { kind: "refund-without-lines"; minor: number }
  | { kind: "cancel" };

interface History {
  lines: { quantity: number; price: number; discount: number; offered: boolean }[];
  events: Event[];
}

/**
 * A plain ledger of one order: each line is a pile of units with a price tag each, and money that was given back beyond
 * them. It shares no code with the app.
 */
class Ledger {
  readonly piles: { offered: boolean; tags: number[] }[];
  beyond = 0;
  cancelled = false;

  constructor(lines: History["lines"]) {
    this.piles = lines.map(({ quantity, price, discount, offered }) => {
      const worth = quantity * price - discount;
      // Units go one after the other; the running total is rounded, so that all tags together are the line's worth.
      const upTo = (units: number) => Math.floor((2 * worth * units + quantity) / (2 * quantity));
      return { offered, tags: Array.from({ length: quantity }, (_, n) => upTo(n + 1) - upTo(n)) };
    });
  }

  /** Takes units off; false where there are not so many. */
  take(line: number, units: number): boolean {
    const pile = this.piles[line];
    if (pile === undefined || units > pile.tags.length) return false;
    pile.tags.splice(0, units);
    return true;
  }

  get goods(): number {
    return this.piles.reduce((sum, { tags }) => sum + tags.reduce((all, tag) => all + tag, 0), 0);
  }

  /** What each line has brought in: its tags, less a fair share of what was given back beyond. */
  earned(): number[] {
    const worth = this.piles.map(({ tags }) => tags.reduce((sum, tag) => sum + tag, 0));
    const goods = this.goods;
    const beyond = Math.min(this.beyond, goods);
    if (goods === 0) return worth;
    const shares = worth.map((each) => Math.floor((each * beyond) / goods));
    const order = worth
      .map((each, line) => ({ line, remainder: (each * beyond) % goods }))
      .sort((a, b) => b.remainder - a.remainder || a.line - b.line);
    const left = beyond - shares.reduce((sum, share) => sum + share, 0);
    for (let place = 0; place < left; place++) shares[order[place]!.line]!++;
    return worth.map((each, line) => each - shares[line]!);
  }
}

const event = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("refund" as const),
      line: fc.nat(2),
      units: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("edit" as const),
      line: fc.nat(2),
      units: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("refund-without-lines" as const),
      minor: fc.integer({ min: 1, max: 3_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cancel" as const) }) },
);
const line = fc
  .record({
    quantity: fc.integer({ min: 1, max: 5 }),
    price: fc.integer({ min: 1, max: 2_000 }),
    percent: fc.nat(40),
    offered: fc.boolean(),
  })
  .map(({ percent, ...rest }) => ({ ...rest, discount: Math.floor((rest.quantity * rest.price * percent) / 100) }));
const histories = fc.array(
  fc.record({
    lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    events: fc.array(event, { maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** Plays a history in the dev store and in a ledger; gives every state that the order was in. */
function play(id: string, history: History): { states: DevOrder[]; ledger: Ledger } {
  const server = app.store.shops.get(shop.domain)!;
  const made = smallOrder(
    id,
    history.lines.map(({ offered }) => (offered ? CUP : TEA)),
    NOW - 3_600_000,
  );
  history.lines.forEach(({ quantity, price, discount, offered }, place) =>
    Object.assign(made.lines[place]!, {
      ...{ id: `${id}0${place}`, quantity, currentQuantity: quantity, unitPriceMinor: price },
      discounts: discount === 0 ? [] : [{ amountMinor: discount, title: "Sale" }],
      properties: offered ? { _tsuide: `bt-${TEA}/cart` } : {},
    }),
  );
  shop.orders.set(id, made);
  const ledger = new Ledger(history.lines);
  const states = [made];
  for (const happened of history.events) {
    if (ledger.cancelled) break;
    const before = shop.orders.get(id)!;
    if (happened.kind === "cancel") {
      server.cancel(id);
      ledger.cancelled = true;
    } else if (happened.kind === "refund-without-lines") {
      const minor = Math.min(happened.minor, ledger.goods - ledger.beyond);
      if (minor <= 0) continue;
      server.refund(id, [], minor);
      ledger.beyond += minor;
    } else {
      const { line: place, units } = happened;
      if (!ledger.take(place, units)) continue;
      const { id: lineId, currentQuantity } = before.lines[place]!;
      if (happened.kind === "refund") server.refund(id, [{ lineId, quantity: units }]);
      else server.edit(id, [{ lineId, quantity: currentQuantity - units }]);
    }
    states.push(shop.orders.get(id)!);
  }
  return { states, ledger };
}

test("figures equal those of a plain ledger, whatever happens to orders and in whatever order webhooks come", async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.infiniteStream(fc.nat(1_000)), async (given, chance) => {
      shop.orders.clear();
      // The clock stands still, and with it what Shopify lets an app ask for.
      app.store.shops.get(shop.domain)!.bucket.drainTo(2_000);
      await app.context.database.pool.query(
        "TRUNCATE orders, order_lines, refund_lines, baskets, basket_news, associations, attributions, order_sales, sales_totals, first_orders",
      );
      const next = (below: number) => chance.next().value! % below;
      const ledgers: Ledger[] = [];
      const deliveries: DevOrder[] = [];
      given.forEach((history, place) => {
        const { states, ledger } = play(String(place + 1), history);
        ledgers.push(ledger);
        // Some states are never seen, some twice; the last one always is.
        for (const state of states.slice(0, -1)) for (let times = next(3); times > 0; times--) deliveries.push(state);
        deliveries.push(states.at(-1)!);
      });
      const shuffled = deliveries.map((state) => ({ state, place: next(1_000) })).sort((a, b) => a.place - b.place);
      for (const { state } of shuffled) {
        shop.orders.set(state.id, state);
        await syncOrder(app.shop, gid("Order", state.id), app.context);
      }
      const sold = ledgers.filter(({ cancelled }) => !cancelled);
      const lines = sold.flatMap((ledger) => {
        const earned = ledger.earned();
        return ledger.piles.map(({ offered, tags }, place) => ({
          ledger,
          offered,
          units: tags.length,
          earned: earned[place]!,
        }));
      });
      const offered = lines.filter((each) => each.offered && each.units > 0);
      const sum = (of: readonly { earned: number }[]) => of.reduce((all, { earned }) => all + earned, 0);
      const { headline } = await readHome(app.shop, app.context);
      const { rows } = await app.context.database.pool.query<{ units: number }>(
        "SELECT coalesce(sum(kept_units), 0)::int AS units FROM attributions",
      );
      expect({
        orders: headline.orders,
        total: headline.totalRevenue.amountMinor,
        attributed: headline.attributedRevenue.amountMinor,
        attributedOrders: headline.attributedOrders,
        attributedLines: headline.attributedLines,
        units: rows[0]!.units,
      }).toEqual({
        orders: new Set(lines.filter(({ units }) => units > 0).map(({ ledger }) => ledger)).size,
        total: sum(lines),
        attributed: sum(offered),
        attributedOrders: new Set(offered.map(({ ledger }) => ledger)).size,
        attributedLines: offered.length,
        units: offered.reduce((all, { units }) => all + units, 0),
      });
    }),
    { numRuns: 40 },
  );
});
