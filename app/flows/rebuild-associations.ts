import { countedOrder, type BasketReason } from "../domain/baskets/basket-of-order.ts";
import { companionCounts } from "../domain/baskets/companion-counts.ts";
import { FEWEST_ORDERS_TOGETHER } from "../domain/mining/association.ts";
import { BasketTableBuilder, type BasketTable } from "../domain/mining/basket-table.ts";
import { evidenceLimits } from "../domain/mining/evidence-limits.ts";
import { learntLists } from "../domain/mining/learnt-lists.ts";
import { countPairs } from "../domain/mining/pair-counts.ts";
import { buildModel, type RankingModel } from "../domain/mining/ranking/model.ts";
import {
  deleteAssociations,
  KEPT_COMPANIONS,
  saveAssociations,
  type AssociationRow,
} from "../persistence/associations.ts";
import { basketRow, deleteBaskets, saveBaskets, type BasketRow } from "../persistence/baskets.ts";
import { readCatalogueItems } from "../persistence/catalogue-items.ts";
import { readChosenPairs } from "../persistence/choices.ts";
import { deleteCompanionLists, saveCompanionLists } from "../persistence/companion-lists.ts";
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
  const catalogue = await readCatalogueItems(tx);
  for (const rows of inBatches(learntLists(table, model, catalogue, { limits }))) await saveCompanionLists(tx, rows);
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
