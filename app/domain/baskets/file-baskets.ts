import { BasketTableBuilder, type BasketTable } from "./basket-table.ts";
import { leftOutReason, LeftOutCounter, type LeftOutReason, type LeftOutTally } from "../orders/cleaning.ts";
import type { FileOrderLine } from "../orders/files/file-order-line.ts";
import { LARGEST_BASKET } from "./basket.ts";
import { rememberedNotGoods, type notGoods } from "../orders/service-vocabulary.ts";

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

/**
 * Turns the lines of an order file into baskets of goods.
 *
 * Orders of more than {@link LARGEST_BASKET} different items are left out: they are no shopping baskets.
 */
export class FileBaskets {
  readonly #builder = new BasketTableBuilder();
  readonly #leftOut = new LeftOutCounter();
  readonly #items = new Map<string, ItemInfo>();
  readonly #judge = rememberedNotGoods();
  readonly #amountsPerUnit: number;

  /** `amountDecimals`: of the lines' amounts, see `OrderBook`. */
  constructor(amountDecimals: number) {
    this.#amountsPerUnit = 10 ** amountDecimals;
  }

  add(line: FileOrderLine): void {
    const reason = fileLineReason(line, this.#judge);
    this.#leftOut.add(line.orderId, reason);
    if (reason !== null) return;
    this.#builder.add(line.orderId, line.customerId, line.at, line.itemId);
    this.#learn(line);
  }

  /** Ends the file. */
  finish(): BasketsOfFile {
    for (const { orderId, lines } of this.#builder.dropLargerThan(LARGEST_BASKET)) {
      this.#leftOut.leaveOutAfterAll(orderId, "giant-order", lines);
    }
    const table = this.#builder.build();
    return { table, items: table.itemIds.map((id) => this.#items.get(id)!), leftOut: this.#leftOut.tally() };
  }

  #learn(line: FileOrderLine): void {
    const known = this.#items.get(line.itemId);
    const title = known?.title || line.title;
    const category = known?.category || line.category;
    const own = line.unitPrice === null ? null : line.unitPrice / this.#amountsPerUnit;
    const price = known?.price == null ? own : Math.min(known.price, own ?? Infinity);
    if (known === undefined || title !== known.title || category !== known.category || price !== known.price) {
      this.#items.set(line.itemId, { title, category, price });
    }
  }
}

/** Why a line of a file is left out of baskets, or null for a sale of goods; see `leftOutReason`. */
export function fileLineReason(line: FileOrderLine, judge: typeof notGoods): LeftOutReason | null {
  // Quantities of goods by weight have fractions: counted in parts of them, so that amounts stay whole numbers.
  const parts = Number.isInteger(line.quantity) ? 1 : 10 ** decimalsOf(line.quantity);
  const quantity = Math.round(line.quantity * parts);
  const reason = leftOutReason(
    { cancelledAt: line.cancelled ? 0 : null, test: line.test },
    {
      ...{ productId: line.itemId, title: line.title, sku: line.itemId, quantity },
      currentQuantity: line.refunded ? 0 : quantity,
      isGiftCard: false,
      requiresShipping: line.requiresShipping ?? undefined,
      unitPriceMinor: line.unitPrice,
      discountMinor: line.discount * parts,
    },
    judge,
  );
  return reason === null && line.isService ? "service" : reason;
}

function decimalsOf(value: number): number {
  return Math.min(6, /\.(\d+)/.exec(String(value))?.[1]?.length ?? 0);
}
