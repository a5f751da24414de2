import { BasketTableBuilder, type BasketTable } from "../mining/basket-table.ts";
import { leftOutReason, LeftOutCounter, type LeftOutTally } from "../orders/cleaning.ts";
import type { FileOrderLine } from "../orders/file-order-line.ts";
import { LARGEST_BASKET } from "./basket.ts";
import { rememberedNotGoods } from "../orders/service-vocabulary.ts";

/** What an order file says about an item. */
export interface ItemInfo {
  /** The first that is not empty, by the file's order of lines. */
  readonly title: string;
  readonly category: string;
  /** The lowest price above zero, in whole currency units; null where no line has one. */
  readonly price: number | null;
}

export interface BasketsOfFile {
  readonly table: BasketTable;
  /** Item index of `table` -> what the file says about it. */
  readonly items: readonly ItemInfo[];
  readonly leftOut: LeftOutTally;
}

const NUMBERED_C = /^c\d/i;
/** From this many orders on, a majority that is numbered with a "C" is taken for the shop's way of numbering. */
const NUMBERING_SAMPLE = 1000;

/**
 * Turns the lines of an order file into baskets of goods.
 *
 * Plain files number a cancellation like its order with a "C" before it. With a negative quantity that is certain;
 * without, it may as well be how the shop numbers its orders, and is, where most orders are numbered so. Such lines
 * wait until that is known.
 *
 * Orders of more than {@link LARGEST_BASKET} different items are left out: they are no shopping baskets.
 *
 * In a file without any time, orders are taken to be in the order of the file.
 */
export class FileBaskets {
  readonly #builder = new BasketTableBuilder();
  readonly #leftOut = new LeftOutCounter();
  readonly #items = new Map<string, ItemInfo>();
  readonly #orders = new Map<string, number>();
  readonly #judge = rememberedNotGoods();
  readonly #waiting: FileOrderLine[] = [];
  readonly #waitingOrders = new Set<string>();
  #numbersWithC = false;
  #dated = false;

  add(line: FileOrderLine): void {
    if (this.#numbersWithC || !NUMBERED_C.test(line.orderId)) return this.#take(line, false);
    if (line.quantity < 0) return this.#take(line, true);
    this.#waiting.push(line);
    this.#waitingOrders.add(line.orderId);
    if (this.#waitingOrders.size >= NUMBERING_SAMPLE) this.#releaseIfNumbering();
  }

  /** Ends the file. */
  finish(): BasketsOfFile {
    this.#releaseIfNumbering();
    for (const line of this.#waiting) this.#take(line, true);
    this.#waiting.length = 0;
    if (!this.#dated) for (const [order, ordinal] of this.#orders) this.#builder.dateOrder(order, ordinal);
    for (const { orderId, lines } of this.#builder.dropLargerThan(LARGEST_BASKET)) {
      this.#leftOut.leaveOutAfterAll(orderId, "giant-order", lines);
    }
    const table = this.#builder.build();
    return { table, items: table.itemIds.map((id) => this.#items.get(id)!), leftOut: this.#leftOut.tally() };
  }

  #releaseIfNumbering(): void {
    if (this.#waitingOrders.size <= this.#orders.size) return;
    this.#numbersWithC = true;
    for (const line of this.#waiting) this.#take(line, false);
    this.#waiting.length = 0;
    this.#waitingOrders.clear();
  }

  #take(line: FileOrderLine, cancelled: boolean): void {
    if (!this.#orders.has(line.orderId)) this.#orders.set(line.orderId, this.#orders.size);
    const reason = leftOutReason(
      { cancelledAt: cancelled || line.cancelled ? 0 : null, test: line.test },
      {
        productId: line.itemId,
        title: line.title,
        sku: line.itemId,
        quantity: line.quantity,
        currentQuantity: line.refunded ? 0 : line.quantity,
        isGiftCard: false,
        requiresShipping: line.requiresShipping ?? undefined,
        unitPriceMinor: line.price,
        discountMinor: line.discount,
      },
      this.#judge,
    );
    this.#leftOut.add(line.orderId, reason);
    if (reason !== null) return;
    if (!Number.isNaN(line.at)) this.#dated = true;
    this.#builder.add(line.orderId, line.customerId, line.at, line.itemId);
    this.#learn(line);
  }

  #learn(line: FileOrderLine): void {
    const known = this.#items.get(line.itemId);
    const title = known?.title || line.title;
    const category = known?.category || line.category;
    const price = known?.price == null ? line.price : Math.min(known.price, line.price ?? Infinity);
    if (known === undefined || title !== known.title || category !== known.category || price !== known.price) {
      this.#items.set(line.itemId, { title, category, price });
    }
  }
}
