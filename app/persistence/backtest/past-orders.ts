import { to as copyTo } from "pg-copy-streams";
import { emptyOrders, OTHER_BOOKS, type PackedOrders } from "../../domain/backtest/packed-orders.ts";
import { gid, type LineId } from "../../domain/ids.ts";
import { type LineAccount, type LineRefund, orderAccount } from "../../domain/orders/order-account.ts";
import type { ShopStream, ShopTransaction } from "../database/in-shop.ts";
import { selectSql } from "../database/run-sql.ts";
import { BinaryRows } from "./binary-rows.ts";

/** Orders with ids above `after`, up to and with `upTo`; bare numbers. */
export interface OrderRange {
  readonly after: string;
  readonly upTo: string;
  readonly orders: number;
}

/** What units cost, by number of the variant, ascending. In memory that threads share. */
export interface VariantCosts {
  readonly variants: Float64Array;
  readonly costs: Float64Array;
}

const RANGES = `
  SELECT max(order_id)::text AS "upTo", count(*)::int AS orders FROM (
    SELECT order_id, (row_number() OVER (ORDER BY order_id) - 1) / $2::int AS part FROM orders
    WHERE shop = $1 AND NOT test AND cancelled_at IS NULL
  ) AS numbered GROUP BY part ORDER BY part`;

/** All orders of the shop that were neither tests nor cancelled, in ranges of so many. */
export async function readOrderRanges(tx: ShopTransaction, ordersOfRange: number): Promise<OrderRange[]> {
  const rows = await selectSql<{ upTo: string; orders: number }>(tx, RANGES, tx.shop, ordersOfRange);
  return rows.map(({ upTo, orders }, place) => ({ after: rows[place - 1]?.upTo ?? "0", upTo, orders }));
}

/** Whether the shop has at least so many of these orders. */
export async function hasOrders(tx: ShopTransaction, least: number): Promise<boolean> {
  const rows = await selectSql(
    tx,
    "SELECT FROM orders WHERE shop = $1 AND NOT test AND cancelled_at IS NULL OFFSET $2::int LIMIT 1",
    ...[tx.shop, least - 1],
  );
  return rows.length > 0;
}

/** When the first and the last of these orders were placed; null without any. */
export async function readOrderSpan(tx: ShopTransaction): Promise<{ from: number; until: number } | null> {
  const [row] = await selectSql<{ from: number | null; until: number | null }>(
    tx,
    `SELECT (extract(epoch FROM min(processed_at)) * 1000)::float8 AS "from",
       (extract(epoch FROM max(processed_at)) * 1000)::float8 AS until
     FROM orders WHERE shop = $1 AND NOT test AND cancelled_at IS NULL`,
    tx.shop,
  );
  return row?.from == null || row.until === null ? null : { from: row.from, until: row.until };
}

/** What each variant costs, of those of which it is known. */
export async function readVariantCosts(tx: ShopTransaction): Promise<VariantCosts> {
  const rows = await selectSql<{ id: number; cost: number }>(
    tx,
    `SELECT variant_id::float8 AS id, cost_minor::float8 AS cost FROM variants
     WHERE shop = $1 AND cost_minor IS NOT NULL ORDER BY variant_id`,
    tx.shop,
  );
  const shared = () => new Float64Array(new SharedArrayBuffer(rows.length * 8));
  const [variants, costs] = [shared(), shared()];
  rows.forEach(({ id, cost }, place) => {
    variants[place] = id;
    costs[place] = cost;
  });
  return { variants, costs };
}

/**
 * The past orders of a range as they were placed: without what edits took off, with what was given back later.
 *
 * @param currency Of the shop.
 */
export async function readPastOrders(
  tx: ShopStream,
  range: OrderRange,
  { currency, costs }: { readonly currency: string; readonly costs: VariantCosts },
): Promise<PackedOrders> {
  const heads = await readHeads(tx, range, currency);
  const refunds = await readRefunds(tx, range);
  return packed(heads, await copied(tx, linesSql(range)), { refunds, costs });
}

interface OrderHeads {
  readonly ids: bigint[];
  readonly at: number[];
  readonly paidIn: number[];
  readonly currencies: string[];
  readonly counter: number[];
  readonly taxesIncluded: number[];
  readonly withoutLines: number[];
}

async function readHeads(tx: ShopStream, range: OrderRange, currency: string): Promise<OrderHeads> {
  const heads: OrderHeads = {
    ...{ ids: [], at: [], paidIn: [], currencies: [], counter: [], taxesIncluded: [], withoutLines: [] },
  };
  const places = new Map<string, number>();
  const rows = new BinaryRows(await copied(tx, headsSql(range, currency)));
  while (rows.next()) {
    heads.ids.push(rows.bigint());
    heads.at.push(rows.moment());
    const [kept, paid] = [rows.text(), rows.text()];
    const name = kept === null ? (paid ?? currency) : OTHER_BOOKS;
    const place = places.get(name) ?? places.size;
    if (place === places.size) {
      places.set(name, place);
      heads.currencies.push(name);
    }
    heads.paidIn.push(place);
    const flags = rows.int();
    heads.counter.push(flags & 1);
    heads.taxesIncluded.push(flags >> 1);
    heads.withoutLines.push(rows.number());
  }
  return heads;
}

// COPY takes no parameters: numbers stand in the text, and the transaction names its shop in a setting.
const SHOP = "shop = current_setting('tsuide.shop')";

// A null is sent and read faster than a value: what most rows have alike is null.

/**
 * A currency is null where it is the shop's, and the buyer's where it is the same as the order's. Sold at a counter 1, taxes
 * included 2.
 */
function headsSql(range: OrderRange, currency: string): string {
  return `COPY (
    SELECT order_id, processed_at, nullif(currency, ${quoted(currency)}), nullif(presentment_currency, currency),
      nullif((channel = 'pos')::int + 2 * coalesce(taxes_included, false)::int, 0),
      nullif(refunded_without_lines_minor, 0)
    FROM orders WHERE ${SHOP} AND ${within(range)} AND NOT test AND cancelled_at IS NULL ORDER BY order_id
  ) TO STDOUT (FORMAT binary)`;
}

/** Gift cards 1, what ships 2. A component of a bundle is no product by itself: the buyer chose the bundle. */
function linesSql(range: OrderRange): string {
  return `COPY (
    SELECT order_id, line_id, CASE WHEN group_id IS NULL THEN product_id END, variant_id,
      quantity, nullif(current_quantity, quantity), unit_price_minor, nullif(discount_minor, 0), tax_minor,
      is_gift_card::int + CASE WHEN coalesce(requires_shipping, NOT is_gift_card) THEN 2 ELSE 0 END
    FROM order_lines WHERE ${SHOP} AND ${within(range)} ORDER BY order_id, line_id
  ) TO STDOUT (FORMAT binary)`;
}

/** COPY has no place for a value apart from its text: letters alone need no escapes. */
function quoted(currency: string): string {
  if (!/^[A-Z]+$/.test(currency)) throw new Error("Not a currency");
  return `'${currency}'`;
}

function within({ after, upTo }: OrderRange): string {
  return `order_id > ${BigInt(after)} AND order_id <= ${BigInt(upTo)}`;
}

async function copied(tx: ShopStream, sql: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of tx.client.query(copyTo(sql)) as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Refunds by line, for the few lines that have any. */
async function readRefunds(tx: ShopStream, { after, upTo }: OrderRange): Promise<Map<bigint, LineRefund>> {
  const rows = await selectSql<{ id: string; units: number; minor: number }>(
    tx,
    `SELECT line_id::text AS id, sum(quantity)::int AS units, sum(subtotal_minor)::float8 AS minor FROM refund_lines
     WHERE shop = $1 AND order_id > $2::bigint AND order_id <= $3::bigint GROUP BY line_id`,
    ...[tx.shop, after, upTo],
  );
  return new Map(rows.map(({ id, units, minor }) => [BigInt(id), { units, minor }]));
}

/** Fewest bytes of a row of {@link linesSql}: a count, ten lengths, and the five numbers that are never null. */
const LEAST_LINE_BYTES = 2 + 10 * 4 + 3 * 8 + 2 * 4;

/** Puts the lines, which come by ascending order, behind the orders that they belong to. */
function packed(
  heads: OrderHeads,
  bytes: Buffer,
  known: { readonly refunds: ReadonlyMap<bigint, LineRefund>; readonly costs: VariantCosts },
): PackedOrders {
  const orders = emptyOrders(heads.ids.length, Math.floor(bytes.length / LEAST_LINE_BYTES), heads.currencies);
  orders.ids.set(heads.ids);
  orders.at.set(heads.at);
  orders.paidIn.set(heads.paidIn);
  orders.counter.set(heads.counter);
  const rows = new BinaryRows(bytes);
  const lines = new OrderLines(rows, orders, known);
  let order = 0;
  const endOrder = () => {
    lines.store(heads.taxesIncluded[order] === 1, heads.withoutLines[order]!);
    orders.firstLine[++order] = lines.stored;
  };
  while (rows.next()) {
    const orderId = rows.bigint();
    while (order < heads.ids.length && heads.ids[order]! < orderId) endOrder();
    lines.read(order < heads.ids.length && heads.ids[order] === orderId);
  }
  while (order < heads.ids.length) endOrder();
  return orders;
}

/** The lines of one order after the other, in columns that are used again. */
class OrderLines {
  /** Lines of all orders so far. */
  stored = 0;
  #lines = 0;
  readonly #id: number[] = [];
  readonly #product: number[] = [];
  readonly #variant: number[] = [];
  readonly #quantity: number[] = [];
  readonly #currentQuantity: number[] = [];
  readonly #unitPrice: number[] = [];
  readonly #discount: number[] = [];
  readonly #tax: number[] = [];
  readonly #flags: number[] = [];
  readonly #rows: BinaryRows;
  readonly #into: PackedOrders;
  readonly #known: { readonly refunds: ReadonlyMap<bigint, LineRefund>; readonly costs: VariantCosts };

  constructor(
    rows: BinaryRows,
    into: PackedOrders,
    known: { readonly refunds: ReadonlyMap<bigint, LineRefund>; readonly costs: VariantCosts },
  ) {
    this.#rows = rows;
    this.#into = into;
    this.#known = known;
  }

  /** Reads what follows the order's id; `isWanted` where the order is. */
  read(isWanted: boolean): void {
    const [rows, line] = [this.#rows, this.#lines];
    this.#id[line] = rows.position;
    rows.passBigint();
    this.#product[line] = rows.number();
    this.#variant[line] = rows.number();
    const quantity = rows.int();
    this.#quantity[line] = quantity;
    this.#currentQuantity[line] = rows.int(quantity);
    this.#unitPrice[line] = Math.max(0, rows.number());
    this.#discount[line] = rows.number();
    this.#tax[line] = rows.number();
    this.#flags[line] = rows.int();
    if (isWanted) this.#lines++;
  }

  /** Stores the lines of an order and begins with the next one. */
  store(taxesIncluded: boolean, withoutLinesMinor: number): void {
    const accounts = this.#isWhole(withoutLinesMinor) ? null : this.#accounts(withoutLinesMinor);
    for (let line = 0; line < this.#lines; line++) {
      const account = accounts?.[line];
      const ordered = Math.max(0, this.#quantity[line]!);
      const sold = account === undefined ? ordered : account.kept + account.refunded;
      if (sold === 0) continue;
      const worth = Math.max(0, this.#unitPrice[line]! * ordered - this.#discount[line]!);
      const tax = Math.max(0, this.#tax[line]!);
      const net = account?.netMinor ?? worth;
      const netTax = account?.netTaxMinor ?? tax;
      const { lines } = this.#into;
      const at = this.stored++;
      lines.product[at] = this.#product[line]!;
      lines.variant[at] = this.#variant[line]!;
      lines.sold[at] = sold;
      lines.kept[at] = account?.kept ?? sold;
      lines.unitPrice[at] = this.#unitPrice[line]!;
      lines.paid[at] = net;
      lines.net[at] = taxesIncluded ? net - netTax : net;
      lines.netOfTax[at] = taxesIncluded && worth > 0 ? Math.max(0, 1 - tax / worth) : 1;
      lines.cost[at] = costOf(this.#variant[line]!, this.#known.costs);
      lines.giftCard[at] = this.#flags[line]! & 1;
      lines.ships[at] = this.#flags[line]! >> 1;
    }
    this.#lines = 0;
  }

  /** Whether all that was ordered was kept, as of most orders: that needs no account. */
  #isWhole(withoutLinesMinor: number): boolean {
    if (withoutLinesMinor !== 0) return false;
    for (let line = 0; line < this.#lines; line++) {
      if (this.#quantity[line] !== this.#currentQuantity[line]) return false;
    }
    return true;
  }

  /** Where the units of each line went: see `orderAccount`. */
  #accounts(withoutLinesMinor: number): LineAccount[] {
    const named = new Map<string, LineRefund>();
    const lines = Array.from({ length: this.#lines }, (_, line) => {
      const number = this.#rows.bigintAt(this.#id[line]!);
      const id: LineId = gid("LineItem", number);
      const refund = this.#known.refunds.get(number);
      if (refund !== undefined) named.set(id, refund);
      return {
        ...{ id, quantity: this.#quantity[line]!, currentQuantity: this.#currentQuantity[line]! },
        ...{ unitPriceMinor: this.#unitPrice[line]!, discountMinor: this.#discount[line]!, taxMinor: this.#tax[line]! },
      };
    });
    return orderAccount(lines, named, withoutLinesMinor);
  }
}

/** NaN where nobody knows. */
function costOf(variant: number, { variants, costs }: VariantCosts): number {
  let [from, to] = [0, variants.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (variants[middle]! < variant) from = middle + 1;
    else to = middle;
  }
  return from < variants.length && variants[from] === variant && variant !== 0 ? costs[from]! : NaN;
}
