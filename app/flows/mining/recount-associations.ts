import { countedOrder, type BasketReason } from "../../domain/baskets/basket-of-order.ts";
import type { ShopDomain } from "../../domain/ids.ts";
import { basketRow, correctBaskets } from "../../persistence/mining/counts/baskets.ts";
import { readChosenPairs } from "../../persistence/offers/choices.ts";
import { readListedPairs } from "../../persistence/mining/lists/companion-lists.ts";
import type { Database } from "../../persistence/database/database.ts";
import { streamInShop, type ShopStream } from "../../persistence/database/in-shop.ts";
import { expectLatestRun, type LeftOutCount, type RecountFigures } from "../../persistence/mining/lists/mining-runs.ts";
import { LAST_ID, readOrders } from "../../persistence/orders/orders.ts";
import { shopStays } from "../../persistence/shop/shops.ts";
import { lockCounts, mergeDeltas, readUnmergedBaskets, type UnmergedBaskets } from "./merge-deltas.ts";

const ORDERS_AT_ONCE = 2_000;

/**
 * Computes baskets and counts from all orders, from scratch: after an import, and every night to correct errors. Orders
 * that come meanwhile do not wait; their deltas stay for the new counts. Only rows that differ are written. The same
 * orders give the same rows, whatever the order of their arrival. Null if the shop is gone. Throws if it is part of a
 * complete `run` and a later one began.
 */
export async function recountFromOrders(
  database: Database,
  shop: ShopDomain,
  run: bigint | null = null,
): Promise<RecountFigures | null> {
  const baskets = await rebuildBaskets(database, shop);
  if (baskets === null) return null;
  for (;;) {
    const unmerged = await streamInShop(database, shop, readUnmergedBaskets, { asOfNow: true });
    const outcome = await streamInShop(database, shop, (tx) => storeCounts(tx, unmerged, run));
    if (outcome === "unknown-shop") return null;
    if (outcome !== "overtaken") return { ...baskets, ...outcome };
  }
}

async function storeCounts(
  tx: ShopStream,
  unmerged: UnmergedBaskets,
  run: bigint | null,
): Promise<Pick<RecountFigures, "baskets" | "products" | "pairs"> | "unknown-shop" | "overtaken"> {
  if (!(await shopStays(tx))) return "unknown-shop";
  if (!(await lockCounts(tx, unmerged))) return "overtaken";
  if (run !== null) await expectLatestRun(tx, run);
  const kept = [await readListedPairs(tx), await readChosenPairs(tx)];
  let meetings = 0;
  await mergeDeltas(tx, unmerged, kept, "all", (met) => (meetings += met));
  const { start, itemIds } = unmerged.table;
  // Each pair was counted from both of its products.
  return { baskets: start.length - 1, products: itemIds.length, pairs: meetings / 2 };
}

/**
 * Uses one transaction per batch of orders, so that none is held for long. Correcting a basket adds no delta, because
 * the counts that follow are made from all baskets.
 */
async function rebuildBaskets(
  database: Database,
  shop: ShopDomain,
): Promise<Pick<RecountFigures, "orders" | "leftOut"> | null> {
  const tally = new LeftOutTally();
  let orders = 0;
  let after = "0";
  while (after !== LAST_ID) {
    const batch = await streamInShop(database, shop, async (tx) => {
      if (!(await shopStays(tx))) return null;
      const read = await readOrders(tx, after, ORDERS_AT_ONCE);
      const counted = read.orders.map(({ order, mark }) => ({ order, mark, ...countedOrder(order) }));
      const baskets = counted.map(({ order, mark, products }) => ({ ...basketRow(order, products), mark }));
      await correctBaskets(tx, { after, upTo: read.upTo }, baskets);
      return { counted, upTo: read.upTo };
    });
    if (batch === null) return null;
    for (const { order, leftOut } of batch.counted) {
      if (order.lines.length > 0) orders++;
      tally.add(leftOut);
    }
    after = batch.upTo;
  }
  return { orders, leftOut: tally.counts() };
}

/** Lines left out by reason, and the orders that they are of. */
class LeftOutTally {
  readonly #lines = new Map<BasketReason, number>();
  readonly #orders = new Map<BasketReason, number>();

  /** Takes the reasons of one order's lines. */
  add(reasons: readonly BasketReason[]): void {
    for (const reason of reasons) this.#lines.set(reason, (this.#lines.get(reason) ?? 0) + 1);
    for (const reason of new Set(reasons)) this.#orders.set(reason, (this.#orders.get(reason) ?? 0) + 1);
  }

  counts(): LeftOutCount[] {
    return [...this.#lines]
      .map(([reason, lines]) => ({ reason, lines, orders: this.#orders.get(reason)! }))
      .sort((a, b) => b.lines - a.lines || (a.reason < b.reason ? -1 : 1));
  }
}
