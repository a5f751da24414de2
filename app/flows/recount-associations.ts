import { countedOrder, type BasketReason } from "../domain/baskets/basket-of-order.ts";
import { companionCounts } from "../domain/baskets/companion-counts.ts";
import { BasketTableBuilder, type BasketTable } from "../domain/mining/basket-table.ts";
import {
  deleteAssociationsExcept,
  KEPT_COMPANIONS,
  saveAssociations,
  type AssociationRow,
} from "../persistence/associations.ts";
import { basketRow, replaceBaskets, type BasketRow } from "../persistence/baskets.ts";
import { readChosenPairs } from "../persistence/choices.ts";
import { readListedPairs } from "../persistence/companion-lists.ts";
import type { ShopStream } from "../persistence/in-shop.ts";
import type { LeftOutCount, RecountFigures } from "../persistence/mining-runs.ts";
import { streamOrders } from "../persistence/orders.ts";
import { shopStays } from "../persistence/shops.ts";
import { takeTurn } from "../persistence/turn.ts";

const ROWS_AT_ONCE = 500;

/** Which companions are kept besides those met most often: by trigger, bare numbers. */
export type KeptPairs = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Orders to baskets to counts, all anew and in one transaction: after an import, and every night, so that whatever
 * went wrong with an order heals. Nobody else counts meanwhile. Rows that were right are not written again. The same
 * orders give the same rows, whatever the order of their arrival. Null where the shop is gone.
 */
export async function recountFromOrders(tx: ShopStream): Promise<RecountFigures | null> {
  if (!(await shopStays(tx))) return null;
  await takeTurn(tx, "counts");
  const { table, orders, leftOut } = await rebuildBaskets(tx);
  const kept = [await readListedPairs(tx), await readChosenPairs(tx)];
  let meetings = 0;
  const rows = associationRows(table, kept, (met) => (meetings += met));
  for (const batch of inBatches(rows)) await saveAssociations(tx, batch);
  await deleteAssociationsExcept(tx, table.itemIds);
  const products = table.itemIds.length;
  // Each of two that were bought together has met the other.
  return { orders, baskets: table.start.length - 1, products, pairs: meetings / 2, leftOut };
}

async function rebuildBaskets(
  tx: ShopStream,
): Promise<{ table: BasketTable; orders: number; leftOut: LeftOutCount[] }> {
  const builder = new BasketTableBuilder();
  const tally = new LeftOutTally();
  let orders = 0;
  let waiting: BasketRow[] = [];
  let after = "0";
  for await (const order of streamOrders(tx)) {
    orders++;
    const { products, leftOut } = countedOrder(order);
    tally.add(leftOut);
    if (products.length === 0) continue;
    const basket = basketRow(order, products);
    for (const product of basket.products) builder.add(basket.orderId, basket.customerKey, basket.at, product);
    waiting.push(basket);
    if (waiting.length === ROWS_AT_ONCE) {
      await replaceBaskets(tx, after, basket.orderId, waiting);
      after = basket.orderId;
      waiting = [];
    }
  }
  await replaceBaskets(tx, after, null, waiting);
  return { table: builder.build(), orders, leftOut: tally.counts() };
}

/**
 * The rows of a table's items, or of those given: the companions met most often, and those that are to be kept
 * besides. `each` is told of every item how many companions it met.
 */
export function* associationRows(
  table: BasketTable,
  kept: readonly KeptPairs[],
  each: (met: number) => void = () => {},
  ids?: readonly string[],
): Generator<AssociationRow> {
  const { itemIds } = table;
  const indexOf = new Map(itemIds.map((id, item) => [id, item]));
  const indexes = (of: Iterable<string>) => [...of].flatMap((id) => indexOf.get(id) ?? []);
  const besides = (item: number) => kept.flatMap((pairs) => indexes(pairs.get(itemIds[item]!) ?? []));
  const items = ids === undefined ? {} : { items: indexes(ids) };
  for (const { item, met, companions, ...rest } of companionCounts(table, {
    most: KEPT_COMPANIONS,
    besides,
    ...items,
  })) {
    each(met);
    yield {
      ...rest,
      productId: itemIds[item]!,
      companions: companions.map(({ item: other, ...count }) => ({ ...count, productId: itemIds[other]! })),
    };
  }
}

/** Rows in batches of a size that one statement takes well. */
export function* inBatches<Row>(rows: Iterable<Row>): Generator<Row[]> {
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
