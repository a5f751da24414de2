import {
  collectRows,
  type BookFile,
  type BookRow,
  type ReadFile,
  type BookRows,
  type OrderFacts,
} from "./book-rows.ts";
import type { FileOrderLine, LinesWithProblem } from "./file-order-line.ts";
import { fileValues, textAt } from "./file-values.ts";
import { itemIdentities, type IdentityNote, type ItemForm } from "./item-identity.ts";
import type { FileRows } from "./order-file.ts";
import { isServiceKind } from "./order-states.ts";

const NUMBERED_C = /^c(\d+)$/i;

/**
 * All orders of one or several files, read as one. An order is what all its lines say together, wherever in the files
 * they stand: lines may be sorted by anything.
 */
export class OrderBook {
  readonly files: readonly BookFile[];
  /** Digits after the mark of all amounts: 1250 with two of them is 12.50. */
  readonly amountDecimals: number;
  readonly problems: readonly LinesWithProblem[];
  readonly identityNotes: readonly IdentityNote[];
  /** False where no order has a time: then `at` counts orders, oldest first. */
  readonly isDated: boolean;
  /** Files without times are taken to have their oldest order last. */
  readonly isNewestFirst: boolean;
  /** Names of files in an archive that hold no orders. */
  readonly notRead: readonly string[];
  readonly #orders: OrderFacts[];
  readonly #rows: BookRows;
  readonly #forms: readonly ItemForm[];
  readonly #ids: readonly string[];
  readonly #titles: readonly string[];
  /** File -> row -> units that came back. */
  readonly #returned: readonly ((row: number) => number | null)[];

  constructor(files: readonly { readonly name: string; readonly rows: FileRows }[], notRead: readonly string[] = []) {
    this.notRead = notRead;
    const read = files.map(({ name, rows }) => ({ name, rows, values: fileValues(rows) }));
    this.amountDecimals = read.reduce((most, { values }) => Math.max(most, values.amountDecimals), 2);
    const collected = collectRows(read, this.amountDecimals);
    this.files = read.map(understood);
    this.#returned = read.map(({ values }) => values.returned);
    const { ids, titles, notes } = itemIdentities(collected.forms);
    this.#forms = collected.forms;
    this.#ids = ids;
    this.#titles = titles;
    const unused = read
      .filter(({ values }) => values.idsNumberLines)
      .map(({ rows }) => rows.columns.names[rows.columns.at.item!]!);
    this.identityNotes = [
      ...notes,
      ...unused.map((name) => ({ code: "ids-not-used" as const, count: 1, examples: [name] })),
    ];
    this.#orders = collected.orders;
    this.#rows = collected.rowsWithItems(ids);
    this.problems = collected.problems();
    this.isDated = this.#orders.some(({ at }) => !Number.isNaN(at));
    this.isNewestFirst = !this.isDated && isNewestFirst(this.files, this.#orders);
    if (!this.isDated) {
      const last = this.#orders.length - 1;
      this.#orders.forEach((order, place) => (order.at = this.isNewestFirst ? last - place : place));
    }
    this.#cancelByC();
  }

  /** Orders of which a line can be read. */
  get orders(): number {
    const seen = new Uint8Array(this.#orders.length);
    for (let row = 0; row < this.#rows.length; row++) seen[this.#rows.at(row).order] = 1;
    return seen.reduce((sum, one) => sum + one, 0);
  }

  /** First and last time of an order; null where the files have no times. */
  get period(): { readonly from: number; readonly to: number } | null {
    if (!this.isDated) return null;
    let [from, to] = [Infinity, -Infinity];
    for (const { at } of this.#orders) {
      if (at < from) from = at;
      if (at > to) to = at;
    }
    return { from, to };
  }

  /** Currencies with the number of orders in each, most first. */
  currencies(): { readonly code: string; readonly orders: number }[] {
    const orders = new Map<string, number>();
    for (const { currency } of this.#orders)
      if (currency !== null) orders.set(currency, (orders.get(currency) ?? 0) + 1);
    return [...orders].map(([code, count]) => ({ code, orders: count })).sort((a, b) => b.orders - a.orders);
  }

  /** All lines that can be read, in the order of the files. */
  *lines(): Generator<FileOrderLine> {
    for (let row = 0; row < this.#rows.length; row++) yield this.#lineOf(this.#rows.at(row));
  }

  #lineOf(row: BookRow): FileOrderLine {
    const order = this.#orders[row.order]!;
    const { rows } = this.files[row.file]!;
    const ships = textAt(rows, "ships", row.row);
    const kind = textAt(rows, "kind", row.row);
    return {
      file: row.file,
      line: rows.line[row.row]!,
      orderId: order.id,
      customerId: order.customerId,
      at: order.at,
      itemId: this.#ids[row.form]!,
      quantity: row.quantity,
      unitPrice: row.unitPrice,
      discount: row.discount,
      title: this.#titles[row.form] || this.#forms[row.form]!.title,
      category: textAt(rows, "category", row.row),
      currency: order.currency,
      channel: order.channel ?? "other",
      cancelled: order.cancelled,
      test: order.test,
      refunded: order.refunded || this.#isSentBack(row),
      requiresShipping:
        ships === "" ? null : /^(true|yes|1)$/i.test(ships) ? true : /^(false|no|0)$/i.test(ships) ? false : null,
      isService: kind !== "" && isServiceKind(kind),
    };
  }

  /** A line whose units were all refunded by themselves; a part of them leaves it sold. */
  #isSentBack({ file, row, quantity }: BookRow): boolean {
    const returned = this.#returned[file]!(row);
    return returned !== null && quantity > 0 && Math.abs(returned) >= quantity;
  }

  /**
   * Some plain files number a cancellation with a "C". It is one where it takes units back, or repeats items of the
   * order that has the number without the "C"; otherwise the letter is a part of the shop's numbers. Files that say
   * themselves what became of an order are never judged so.
   */
  #cancelByC(): void {
    const judged = this.files.map(
      ({ rows: { columns } }) =>
        columns.format !== "shopify-export" && columns.at.status === undefined && columns.at.cancelled === undefined,
    );
    if (!judged.includes(true) || !this.#orders.some(({ id }) => NUMBERED_C.test(id))) return;
    const numbers = new Map(this.#orders.map(({ id }, order) => [id, order] as const));
    const items = new Map<number, Set<string>>();
    const takesBack = new Set<number>();
    const wanted = new Set<number>();
    this.#orders.forEach(({ id, firstFile }, order) => {
      const number = NUMBERED_C.exec(id)?.[1];
      if (number === undefined || !judged[firstFile]) return;
      wanted.add(order);
      const original = numbers.get(number);
      if (original !== undefined) items.set(original, new Set()).set(order, new Set());
    });
    for (let row = 0; row < this.#rows.length; row++) {
      const { order, form, quantity } = this.#rows.at(row);
      items.get(order)?.add(this.#ids[form]!);
      if (quantity < 0 && wanted.has(order)) takesBack.add(order);
    }
    for (const order of wanted) {
      const facts = this.#orders[order]!;
      const original = numbers.get(NUMBERED_C.exec(facts.id)![1]!);
      const repeats = original !== undefined && [...items.get(order)!].every((item) => items.get(original)!.has(item));
      if (takesBack.has(order) || repeats) facts.cancelled = true;
    }
  }
}

/** What is still asked of a file once its rows are collected; the other columns are let go. */
function understood({ name, rows, values: { hasDecimalCommas, dates, symbolCurrency } }: ReadFile): BookFile {
  const column = new Map([...rows.column].filter(([role]) => ["ships", "kind", "category"].includes(role)));
  return { name, rows: { ...rows, column }, values: { hasDecimalCommas, dates, symbolCurrency } };
}

/** Shopify writes newest orders first; elsewhere, numbers of orders that fall through the file say so. */
function isNewestFirst(files: readonly BookFile[], orders: readonly OrderFacts[]): boolean {
  let [up, down] = [0, 0];
  let before = NaN;
  for (const { id } of orders) {
    const number = Number(/\d+(?!.*\d)/.exec(id)?.[0] ?? NaN);
    if (number > before) up++;
    if (number < before) down++;
    before = number;
  }
  if (up + down > 0 && Math.max(up, down) > 2 * Math.min(up, down)) return down > up;
  return files.every(({ rows }) => rows.columns.format === "shopify-export");
}
