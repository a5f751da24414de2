import { isCurrencyCode } from "../../money/currency.ts";
import { roundedQuotient } from "./decimal-texts.ts";
import type { LineProblem, LinesWithProblem } from "./file-order-line.ts";
import { textAt, type FileValues } from "./file-values.ts";
import { isDamagedId, type ItemForm } from "./item-identity.ts";
import { channelOfSource, type OrderChannel } from "../order.ts";
import type { FileRows } from "./order-file.ts";
import { isCancelledBy, stateOf } from "./order-states.ts";
import type { FileColumn } from "./text-column.ts";

/** One file that was read to its end, with its numbers and times. */
export interface ReadFile {
  readonly name: string;
  readonly rows: FileRows;
  readonly values: FileValues;
}

/** What is known of a file that was read. */
export interface BookFile {
  readonly name: string;
  readonly rows: FileRows;
  readonly values: Pick<FileValues, "hasDecimalCommas" | "dates" | "symbolCurrency">;
}

/** What the files say of one order, whichever of its lines says it. */
export interface OrderFacts {
  readonly id: string;
  readonly firstFile: number;
  at: number;
  customerId: string | null;
  currency: string | null;
  channel: OrderChannel | null;
  cancelled: boolean;
  refunded: boolean;
  test: boolean;
}

/** A line as it is held until all are read. */
export interface BookRow {
  readonly file: number;
  readonly row: number;
  readonly order: number;
  readonly form: number;
  readonly quantity: number;
  readonly unitPrice: number | null;
  readonly discount: number;
}

/** Lines in typed arrays: half a million of them are held at once. */
export class BookRows {
  #length = 0;
  #whole = new Uint32Array(4 << 10);
  #numbers = new Float64Array(3 << 10);

  get length(): number {
    return this.#length;
  }

  add({ file, row, order, form, quantity, unitPrice, discount }: BookRow): void {
    if (this.#length * 4 === this.#whole.length) {
      const [whole, numbers] = [new Uint32Array(this.#length * 8), new Float64Array(this.#length * 6)];
      whole.set(this.#whole);
      numbers.set(this.#numbers);
      [this.#whole, this.#numbers] = [whole, numbers];
    }
    const [whole, numbers] = [this.#length * 4, this.#length * 3];
    this.#whole[whole] = file;
    this.#whole[whole + 1] = row;
    this.#whole[whole + 2] = order;
    this.#whole[whole + 3] = form;
    this.#numbers[numbers] = quantity;
    this.#numbers[numbers + 1] = unitPrice ?? NaN;
    this.#numbers[numbers + 2] = discount;
    this.#length++;
  }

  at(place: number): BookRow {
    const [whole, numbers] = [place * 4, place * 3];
    const unitPrice = this.#numbers[numbers + 1]!;
    return {
      file: this.#whole[whole]!,
      row: this.#whole[whole + 1]!,
      order: this.#whole[whole + 2]!,
      form: this.#whole[whole + 3]!,
      quantity: this.#numbers[numbers]!,
      unitPrice: Number.isNaN(unitPrice) ? null : unitPrice,
      discount: this.#numbers[numbers + 2]!,
    };
  }

  /** Keeps the lines that pass, in place. */
  keep(passes: (row: BookRow) => boolean): void {
    let kept = 0;
    for (let place = 0; place < this.#length; place++) {
      if (!passes(this.at(place))) continue;
      if (kept < place) {
        this.#whole.copyWithin(kept * 4, place * 4, place * 4 + 4);
        this.#numbers.copyWithin(kept * 3, place * 3, place * 3 + 3);
      }
      kept++;
    }
    this.#length = kept;
  }
}

/** Takes the rows of all files, each with its order and the form of its item. */
export function collectRows(files: readonly ReadFile[], amountDecimals: number): CollectedRows {
  return new CollectedRows(files, amountDecimals);
}

class CollectedRows {
  readonly orders: OrderFacts[] = [];
  readonly forms: ItemForm[] = [];
  readonly #files: readonly ReadFile[];
  readonly #decimals: number;
  readonly #rows = new BookRows();
  readonly #orderOf = new Map<string, number>();
  readonly #formOf = new Map<string, number>();
  /** Per file: a row's texts of item, code and title by their numbers -> form. */
  readonly #formOfTexts: Map<number, number>[];
  readonly #orderOfText: Int32Array[];
  readonly #problems: Map<LineProblem, number[]>[];
  readonly #states = new Map<string, ReturnType<typeof stateOf>>();

  constructor(files: readonly ReadFile[], decimals: number) {
    this.#files = files;
    this.#decimals = decimals;
    this.#problems = files.map(
      ({ rows }) => new Map([...rows.problems].map(([problem, lines]) => [problem, [...lines]])),
    );
    this.#formOfTexts = files.map(() => new Map());
    this.#orderOfText = files.map(({ rows }) => new Int32Array(rows.column.get("order")?.texts.length ?? 0).fill(-1));
    files.forEach(({ rows }, file) => {
      for (let row = 0; row < rows.rows; row++) this.#take(file, row);
    });
    if (files.length > 1) this.#leaveOutRepeated();
  }

  problems(): LinesWithProblem[] {
    return this.#problems.flatMap((problems, file) =>
      [...problems].map(([problem, lines]) => ({ file, problem, lines: lines.sort((a, b) => a - b) })),
    );
  }

  /** The rows whose items have an id; the others are left out. */
  rowsWithItems(ids: readonly string[]): BookRows {
    if (!ids.includes("")) return this.#rows;
    this.#rows.keep(({ form, file, row }) => {
      if (ids[form] !== "") return true;
      this.#problem("no-item-id", file, row);
      return false;
    });
    return this.#rows;
  }

  #take(file: number, row: number): void {
    const { values } = this.#files[file]!;
    const order = this.#order(file, row);
    if (typeof order === "string") return this.#problem(order, file, row);
    this.#learn(this.orders[order]!, file, row);
    const quantity = values.quantity(row) ?? 1;
    if (Number.isNaN(quantity)) return this.#problem("unreadable-quantity", file, row);
    const unitPrice = this.#unitPrice(file, row, quantity);
    if (Number.isNaN(unitPrice)) this.#problem("unreadable-price", file, row);
    const discount = values.amount("discount", row, this.#decimals) ?? 0;
    const form = this.#form(file, row, order);
    this.#rows.add({
      ...{ file, row, order, form, quantity },
      unitPrice: Number.isNaN(unitPrice) ? null : unitPrice,
      // Some systems write discounts as negative amounts.
      discount: Number.isNaN(discount) ? 0 : Math.abs(discount),
    });
  }

  #order(file: number, row: number): number | "no-order-id" | "damaged-order-id" {
    const { rows, values } = this.#files[file]!;
    if (rows.columns.ordersByCustomerAndTime) {
      const customer = textAt(rows, "customer", row);
      return customer === "" ? "no-order-id" : this.#orderOfId(file, `${customer} ${values.timeText(row)}`);
    }
    const column = rows.column.get("order")!;
    const text = column.at[row]!;
    const known = this.#orderOfText[file]![text]!;
    if (known >= 0) return known;
    const id = column.texts[text]!;
    if (id === "" || isDamagedId(id)) return id === "" ? "no-order-id" : "damaged-order-id";
    return (this.#orderOfText[file]![text] = this.#orderOfId(file, id));
  }

  #orderOfId(file: number, id: string): number {
    // Rows of different files that are orders themselves are different orders.
    const key = file > 0 && this.#files[file]!.rows.columns.format === "baskets" ? `${file + 1}:${id}` : id;
    const known = this.#orderOf.get(key);
    if (known !== undefined) return known;
    this.#orderOf.set(key, this.orders.length);
    const nothing = {
      at: NaN,
      customerId: null,
      currency: null,
      channel: null,
      cancelled: false,
      refunded: false,
      test: false,
    };
    return this.orders.push({ id: key, firstFile: file, ...nothing }) - 1;
  }

  #learn(order: OrderFacts, file: number, row: number): void {
    const { rows, values } = this.#files[file]!;
    const at = values.at(row);
    if (Number.isNaN(at)) {
      if (values.timeText(row) !== "") this.#problem("unreadable-timestamp", file, row);
    } else if (Number.isNaN(order.at) || at < order.at) order.at = at;
    const customer = textAt(rows, "customer", row);
    if (customer !== "" && (order.customerId === null || customer < order.customerId)) order.customerId = customer;
    const currency = textAt(rows, "currency", row).toUpperCase();
    if (order.currency === null && isCurrencyCode(currency)) order.currency = currency;
    const source = textAt(rows, "source", row);
    if (order.channel === null && source !== "") order.channel = channelOfSource(source);
    const state = this.#stateOf(textAt(rows, "status", row));
    if (state === "cancelled" || isCancelledBy(textAt(rows, "cancelled", row))) order.cancelled = true;
    if (state === "refunded") order.refunded = true;
    if (state === "test" || /bogus gateway/i.test(textAt(rows, "payment", row))) order.test = true;
  }

  #stateOf(status: string): ReturnType<typeof stateOf> {
    if (status === "") return "sold";
    const known = this.#states.get(status);
    if (known !== undefined) return known;
    const state = stateOf(status);
    this.#states.set(status, state);
    return state;
  }

  /** In `10^-decimals`; null for unknown, NaN for unreadable. A price that was charged is never rounded to nothing. */
  #unitPrice(file: number, row: number, quantity: number): number | null {
    const { values } = this.#files[file]!;
    const price = values.amount("price", row, this.#decimals);
    if (price !== null) return price;
    const total = values.amount("total", row, this.#decimals);
    if (total === null || Number.isNaN(total) || quantity === 0) return total;
    const units = Math.max(1, Math.round(Math.abs(quantity)));
    const unit = roundedQuotient(Math.abs(total), units);
    return total === 0 ? 0 : Math.max(1, unit) * (total < 0 && quantity > 0 ? -1 : 1);
  }

  #form(file: number, row: number, order: number): number {
    const { rows } = this.#files[file]!;
    const form = this.#formOfRow(file, row);
    const { id, prices, orders } = this.forms[form]!;
    // Ids of the file stand as they are; only codes and titles need to be distinguished by price.
    if (id !== "") return form;
    const price = textAt(rows, "price", row);
    if (price !== "") prices.add(price);
    orders.add(order);
    return form;
  }

  #formOfRow(file: number, row: number): number {
    const { rows, values } = this.#files[file]!;
    const { columns, column } = rows;
    const [item, sku, title] = [
      values.idsNumberLines ? undefined : column.get("item"),
      column.get("sku"),
      column.get(columns.at.list === undefined ? "title" : "list"),
    ];
    const textsOf = (each: FileColumn | undefined) => each?.texts.length ?? 1;
    const numbered =
      ((item?.at[row] ?? 0) * textsOf(sku) + (sku?.at[row] ?? 0)) * textsOf(title) + (title?.at[row] ?? 0);
    const known = this.#formOfTexts[file]!.get(numbered);
    if (known !== undefined) return known;
    const textOf = (each: FileColumn | undefined) => each?.texts[each.at[row]!] ?? "";
    const [id, code, name] = [textOf(item), textOf(sku), textOf(title)];
    const key = `${id}\n${code}\n${name}`;
    let form = this.#formOf.get(key);
    if (form === undefined) {
      const titleHoldsVariant =
        columns.at.variant === undefined && columns.format !== "plain" && columns.format !== "baskets";
      form =
        this.forms.push({ id, sku: code, title: name, titleHoldsVariant, prices: new Set(), orders: new Set() }) - 1;
      this.#formOf.set(key, form);
    }
    this.#formOfTexts[file]!.set(numbered, form);
    return form;
  }

  /** Exports that overlap hold the same lines twice: those of a later file are left out, each against one before. */
  #leaveOutRepeated(): void {
    const inLater = new Set<number>();
    for (let place = 0; place < this.#rows.length; place++) {
      const { order, file } = this.#rows.at(place);
      if (this.orders[order]!.firstFile < file) inLater.add(order);
    }
    if (inLater.size === 0) return;
    const left = new Map<string, number>();
    this.#rows.keep((row) => {
      if (!inLater.has(row.order)) return true;
      const key = `${row.order} ${row.form} ${row.quantity} ${row.unitPrice}`;
      const count = left.get(key) ?? 0;
      if (this.orders[row.order]!.firstFile === row.file) left.set(key, count + 1);
      else if (count > 0) {
        left.set(key, count - 1);
        this.#problem("repeated-in-another-file", row.file, row.row);
        return false;
      }
      return true;
    });
  }

  #problem(problem: LineProblem, file: number, row: number): void {
    const problems = this.#problems[file]!;
    const line = this.#files[file]!.rows.line[row]!;
    const lines = problems.get(problem);
    if (lines === undefined) problems.set(problem, [line]);
    else lines.push(line);
  }
}
