import { countedOrder, type BasketReason } from "../domain/baskets/basket-of-order.ts";
import { companionCounts } from "../domain/baskets/companion-counts.ts";
import { FEWEST_ORDERS_TOGETHER } from "../domain/mining/association.ts";
import { BasketTableBuilder, type BasketTable } from "../domain/mining/basket-table.ts";
import { evidenceLimits } from "../domain/mining/evidence-limits.ts";
import { countPairs } from "../domain/mining/pair-counts.ts";
import { buildModel, type RankingModel } from "../domain/mining/ranking/model.ts";
import {
  deleteAssociations,
  KEPT_COMPANIONS,
  saveAssociations,
  type AssociationRow,
} from "../persistence/associations.ts";
import { LISTED_COMPANIONS } from "../domain/placements/published.ts";
import { basketRow, deleteBaskets, saveBaskets, type BasketRow } from "../persistence/baskets.ts";
import { readChosenPairs } from "../persistence/choices.ts";
import { deleteCompanionLists, saveCompanionLists, type CompanionListRow } from "../persistence/companion-lists.ts";
import type { ShopStream } from "../persistence/in-shop.ts";
import type { LeftOutCount, MiningFigures } from "../persistence/mining-runs.ts";
import { streamOrders } from "../persistence/orders.ts";

const ROWS_AT_ONCE = 500;

/**
 * Orders to baskets to counts and lists, all in one transaction: readers see the old ones until the new ones are
 * whole. The same orders give the same rows, whatever the order of their arrival.
 */
export async function rebuildAssociations(tx: ShopStream, now: number): Promise<MiningFigures> {
  const { table, orders, leftOut } = await rebuildBaskets(tx);
  const model = await buildModel(table);
  const limits = evidenceLimits(countPairs(table, FEWEST_ORDERS_TOGETHER));
  await deleteCompanionLists(tx);
  for (const rows of inBatches(listRows(table, model))) await saveCompanionLists(tx, rows);
  const pairs = await rebuildCounts(tx, table, model);
  return {
    orders,
    baskets: table.start.length - 1,
    products: table.itemIds.length,
    pairs,
    ranker: model.report.page.winner,
    limits,
    scores: model.report,
    leftOut,
  };
}

async function rebuildBaskets(
  tx: ShopStream,
): Promise<{ table: BasketTable; orders: number; leftOut: LeftOutCount[] }> {
  await deleteBaskets(tx);
  const builder = new BasketTableBuilder();
  const tally = new LeftOutTally();
  let orders = 0;
  let waiting: BasketRow[] = [];
  for await (const order of streamOrders(tx)) {
    orders++;
    const { products, leftOut } = countedOrder(order);
    tally.add(leftOut);
    if (products.length === 0) continue;
    const basket = basketRow(order, products);
    for (const product of basket.products) builder.add(basket.orderId, basket.customerKey, basket.at, product);
    waiting.push(basket);
    if (waiting.length === ROWS_AT_ONCE) {
      await saveBaskets(tx, waiting);
      waiting = [];
    }
  }
  await saveBaskets(tx, waiting);
  return { table: builder.build(), orders, leftOut: tally.counts() };
}

/** Stores the counts and says how many pairs there are. */
async function rebuildCounts(tx: ShopStream, table: BasketTable, model: RankingModel): Promise<number> {
  await deleteAssociations(tx);
  const chosen = await readChosenPairs(tx);
  const listed = (item: number, other: number) =>
    [model.companions, model.pageCompanions].some(({ start, companion }) =>
      companion.subarray(start[item]!, start[item + 1]!).includes(other),
    );
  const isChosen = (item: number, other: number) =>
    chosen.get(table.itemIds[item]!)?.has(table.itemIds[other]!) === true;
  let pairs = 0;
  const counts = companionCounts(table, (item, other, place) => {
    if (other > item) pairs++;
    return place < KEPT_COMPANIONS || listed(item, other) || isChosen(item, other);
  });
  for (const rows of inBatches(associationRows(table, counts))) await saveAssociations(tx, rows);
  return pairs;
}

function* associationRows(table: BasketTable, counts: ReturnType<typeof companionCounts>): Generator<AssociationRow> {
  for (const { item, companions, ...rest } of counts) {
    yield {
      ...rest,
      productId: table.itemIds[item]!,
      companions: companions.map(({ item: other, ...count }) => ({ ...count, productId: table.itemIds[other]! })),
    };
  }
}

/**
 * One list per product for both questions: first what its own page shows, in the page ranking's order, then what the
 * cart ranking adds. The weights are the cart's.
 */
function* listRows(table: BasketTable, model: RankingModel): Generator<CompanionListRow> {
  for (let item = 0; item < table.itemIds.length; item++) {
    const weights = new Map(listOf(model.companions, item));
    const page = listOf(model.pageCompanions, item).slice(0, LISTED_COMPANIONS);
    const order = new Set([...page.map(([companion]) => companion), ...weights.keys()]);
    const companions = [...order].map((companion) => ({
      productId: table.itemIds[companion]!,
      weight: weights.get(companion) ?? 0,
    }));
    if (companions.length > 0) {
      yield { productId: table.itemIds[item]!, ranker: model.report.page.winner, companions };
    }
  }
}

/** What one list says for, best first: item and weight. */
function listOf({ start, companion, weight }: RankingModel["companions"], item: number): [number, number][] {
  const list: [number, number][] = [];
  for (let at = start[item]!; at < start[item + 1]!; at++) {
    if (weight[at]! > 0) list.push([companion[at]!, weight[at]!]);
  }
  return list;
}

function* inBatches<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length === ROWS_AT_ONCE) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
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
