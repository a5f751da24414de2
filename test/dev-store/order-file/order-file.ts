import { fileLineReason } from "../../../app/domain/baskets/file-baskets.ts";
import { rememberedNotGoods } from "../../../app/domain/orders/service-vocabulary.ts";
import { LeftOutCounter } from "../../../app/domain/orders/cleaning.ts";
import { LINE_PROBLEMS, type FileOrderLine } from "../../../app/domain/orders/files/file-order-line.ts";
import type { OrderBook } from "../../../app/domain/orders/files/order-book.ts";
import { leftOutReport, readingReport } from "../../../app/cli/order-report.ts";
import { namedColumns, readOrders } from "../../../app/cli/read-orders.ts";
import { UserError } from "../../../app/cli/user-error.ts";
import { emptyShop } from "../shop/empty-shop.ts";
import { fileCollections, isWithoutProduct, minorUnits, productsOfFile, type KeptLine } from "./order-file-products.ts";
import { exponentOf } from "../shop/money.ts";
import { refundShareMinor } from "../shop/order-totals.ts";
import type { DevOrder, DevOrderLine, DevProduct, DevShop } from "../shop/state.ts";

/** A file that holds no orders, in one sentence for whoever gave it. */
export class OrderFileError extends Error {}

export interface FilledShop {
  shop: DevShop;
  /** Lines that no Shopify shop could hold (a negative price), and lines that could not be read. */
  skipped: { negativePrice: number; malformed: number };
  /** Cancelled documents whose items were found in an earlier order, and those that were not. */
  cancellations: { refunded: number; unmatched: number };
  /** What was understood and left out, as `npm run mine` says it, and what the demo made of the rest. */
  report: readonly string[];
}

interface FileDocument {
  id: string;
  at: number;
  customerId: string | null;
  sourceName: string;
  test: boolean;
  cancelled: boolean;
  refunded: boolean;
  lines: KeptLine[];
}

const SOURCES = { online: "web", pos: "pos", draft: "shopify_draft_order", other: "web" } as const;
const NO_DISCOUNTS: DevOrderLine["discounts"] = [];
const NO_PROPERTIES: DevOrderLine["properties"] = {};
const NO_REFUNDS: DevOrder["refunds"] = [];
const DAY_MS = 86_400_000;
/** Orders of a file without times are spread over at most this many days before today. */
const UNDATED_DAYS = 365;
/** A file whose last order is older than this is moved, so that its last day is today. */
const OLD_AFTER_DAYS = 7;
const FALLBACK_CURRENCY = "GBP";

/** When a file's orders took place in the demo, and what is to be said of it. */
interface Calendar {
  readonly at: (line: FileOrderLine) => number;
  readonly says: readonly string[];
}

/**
 * Orders as the demo dates them. With `now`, the last day of an old file is today, so that "the last 90 days" and
 * "due" mean something; orders without a time are the oldest.
 */
function calendarOf(book: OrderBook, now: number | null): Calendar {
  const { period } = book;
  if (period === null || period.to < Date.UTC(1980, 0, 1)) {
    const last = (period?.to ?? book.orders - 1) || 1;
    const end = now ?? Date.UTC(2026, 0, 1);
    const step = Math.min(DAY_MS, (UNDATED_DAYS * DAY_MS) / last);
    const says = ["Demo: the file has no dates; its orders are spread over the days before today."];
    return { at: ({ at }) => Math.floor(end - Math.max(0, last - (Number.isNaN(at) ? 0 : at)) * step), says };
  }
  const days = now === null ? 0 : Math.floor(now / DAY_MS) - Math.floor(period.to / DAY_MS);
  const moved = days > OLD_AFTER_DAYS ? days : 0;
  const says =
    moved === 0
      ? []
      : [
          `Demo: ${new Date(period.to).toISOString().slice(0, 10)}, the file's last day, counts as today: all dates are moved by ${moved.toLocaleString("en")} days.`,
        ];
  const earliest = period.from + moved * DAY_MS;
  return { at: ({ at }) => (Number.isNaN(at) ? earliest : Math.min(at + moved * DAY_MS, now ?? Infinity)), says };
}

/** The currency of the shop: the one that was asked for, the file's own, or what its amounts are written with. */
function currencyOf(book: OrderBook, wanted: string | undefined): { currency: string; says: string[] } {
  const [most, ...others] = book.currencies();
  const symbol = book.files.map(({ values }) => values.symbolCurrency).find((code) => code !== null);
  const currency = wanted ?? most?.code ?? symbol ?? FALLBACK_CURRENCY;
  const says: string[] = [];
  if (wanted === undefined && most === undefined && symbol === undefined)
    says.push(`Demo: the file names no currency; ${currency} is taken. Another one: --currency CODE.`);
  if (wanted === undefined && most === undefined && symbol !== undefined)
    says.push(
      `Demo: the currency is taken to be ${currency}, by the signs beside the amounts. Another one: --currency CODE.`,
    );
  const foreign = [most, ...others].filter((each) => each !== undefined && each.code !== currency);
  const orders = foreign.reduce((sum, each) => sum + each!.orders, 0);
  if (orders > 0)
    says.push(
      `Demo: ${orders.toLocaleString("en")} orders are in another currency than ${currency}; their prices are not used.`,
    );
  return { currency, says };
}

interface Documents {
  byId: Map<string, FileDocument>;
  leftOut: LeftOutCounter;
  hasPrices: boolean;
}

function documentsOf(book: OrderBook, currency: string, calendar: Calendar): Documents {
  const documents: Documents = { byId: new Map(), leftOut: new LeftOutCounter(), hasPrices: false };
  // The same few texts come hundreds of thousands of times; one copy of each is kept.
  const texts = new Map<string, string>();
  const kept = (text: string) => texts.get(text) ?? (texts.set(text, text), text);
  const judge = rememberedNotGoods();
  const exponent = exponentOf(currency);
  for (const line of book.lines()) {
    const at = calendar.at(line);
    const reason = fileLineReason(line, judge);
    documents.leftOut.add(line.orderId, reason);
    let document = documents.byId.get(line.orderId);
    if (document === undefined) {
      const { test, cancelled, refunded } = line;
      const customerId = line.customerId === null ? null : kept(line.customerId);
      document = {
        id: line.orderId,
        at,
        customerId,
        sourceName: SOURCES[line.channel],
        test,
        cancelled,
        refunded,
        lines: [],
      };
      documents.byId.set(line.orderId, document);
    }
    const isOurs = line.currency === null || line.currency === currency;
    const minor = (amount: number) => minorUnits(amount, book.amountDecimals, exponent);
    const unitPriceMinor = isOurs && line.unitPrice !== null ? minor(line.unitPrice) : null;
    documents.hasPrices ||= unitPriceMinor !== null;
    document.lines.push({
      ...{
        at,
        itemId: kept(line.itemId),
        quantity: line.quantity,
        title: kept(line.title),
        category: kept(line.category),
      },
      ...{ refunded: line.refunded, requiresShipping: line.requiresShipping, reason, unitPriceMinor },
      notGoods: line.isService ? "service" : judge(line.title, line.itemId, line.requiresShipping ?? undefined),
      discountMinor: isOurs ? minor(line.discount) : 0,
    });
  }
  return documents;
}

/** `C`, then the number that the document cancels something of. */
function isCancellation(document: FileDocument): boolean {
  return (document.cancelled && /^C\d/i.test(document.id)) || document.lines.every(({ quantity }) => quantity < 0);
}

async function read(paths: readonly string[], columns: string | undefined): Promise<OrderBook> {
  try {
    return await readOrders(paths, namedColumns(columns));
  } catch (error) {
    if (error instanceof UserError) throw new OrderFileError(error.message);
    throw error;
  }
}

/**
 * Fills a shop from order files, read as `npm run mine` reads them. Dates stay as they are, unless `now` is given: then
 * an old file's last day is today. A cancellation (an id that starts with C, negative quantities) becomes a refund of
 * the same customer's latest earlier order of that item; what matches nothing becomes a cancelled order. Postage, fees
 * and the like are custom lines. Throws an `OrderFileError` for a file that cannot be read.
 */
export async function fillFromOrderFile(
  path: string | readonly string[],
  shopOptions: { domain: string; name: string; currency?: string; locale?: "en" | "ja"; timezone?: string },
  { now = null, columns }: { now?: number | null; columns?: string | undefined } = {},
): Promise<FilledShop> {
  const book = await read(typeof path === "string" ? [path] : path, columns);
  if (book.orders === 0) throw new OrderFileError(`${String(path)} holds no orders.`);
  const { currency, says } = currencyOf(book, shopOptions.currency);
  const calendar = calendarOf(book, now);
  const documents = documentsOf(book, currency, calendar);
  const shop = emptyShop({ locale: "en", timezone: "Europe/London", ...shopOptions, currency });
  const all = [...documents.byId.values()].sort((a, b) => a.at - b.at);
  const products = productsOfFile(
    all.flatMap(({ lines }) => lines),
    currency,
  );
  for (const product of products.values()) shop.products.set(product.id, product);
  shop.collections = fileCollections(products.values());
  const filler = new OrderFiller(shop, products);
  for (const document of all) {
    filler.add(document);
    // Read once and held twice would be twice the memory.
    document.lines = [];
  }
  const prices = documents.hasPrices
    ? []
    : ["Demo: the file has no prices; every product is shown at the same made-up one."];
  return {
    shop,
    skipped: { negativePrice: filler.negativePrice, malformed: malformedLines(book) },
    cancellations: { refunded: filler.refunded, unmatched: filler.unmatched },
    report: [...readingReport(book), ...leftOutReport(documents.leftOut.tally()), ...says, ...calendar.says, ...prices],
  };
}

function malformedLines(book: OrderBook): number {
  return book.problems.reduce(
    (sum, { problem, lines }) => sum + (LINE_PROBLEMS[problem] === "left-out" ? lines.length : 0),
    0,
  );
}

class OrderFiller {
  negativePrice = 0;
  refunded = 0;
  unmatched = 0;
  readonly #shop: DevShop;
  readonly #products: ReadonlyMap<string, DevProduct>;
  readonly #customers = new Map<string, string>();
  /** Customer and item -> the orders that hold it, oldest first. */
  readonly #bought = new Map<string, DevOrder[]>();
  #lastLine = 11_000_000_000_000;
  #lastRefund = 800_000_000_000;

  constructor(shop: DevShop, products: ReadonlyMap<string, DevProduct>) {
    this.#shop = shop;
    this.#products = products;
  }

  add(document: FileDocument): void {
    const cancellation = isCancellation(document);
    const lines = cancellation ? document.lines.filter((line) => !this.#refund(document, line)) : document.lines;
    if (lines.length === 0) return;
    const made = lines.map((line) => this.#line(line)).filter((line) => line !== null);
    if (made.length === 0) return;
    const order = this.#order(document, made, cancellation || document.cancelled);
    this.#shop.orders.set(order.id, order);
    if (!cancellation) this.#remember(document, order);
  }

  #customerId(document: FileDocument): string | null {
    if (document.customerId === null) return null;
    const known = this.#customers.get(document.customerId);
    if (known !== undefined) return known;
    const made = /^\d+$/.test(document.customerId) ? document.customerId : String(900_000_000 + this.#customers.size);
    this.#customers.set(document.customerId, made);
    return made;
  }

  #order(document: FileDocument, lines: DevOrderLine[], cancelled: boolean): DevOrder {
    if (cancelled) for (const line of lines) line.currentQuantity = 0;
    return {
      id: String(5_000_000_000_001 + this.#shop.orders.size),
      name: document.id.startsWith("#") ? document.id : `#${document.id}`,
      createdAt: document.at,
      processedAt: document.at,
      updatedAt: document.at,
      cancelledAt: cancelled ? document.at : null,
      test: document.test,
      sourceName: document.sourceName,
      customerId: this.#customerId(document),
      currency: this.#shop.currency,
      presentmentCurrency: this.#shop.currency,
      presentmentRate: 1,
      lines,
      shippingMinor: 0,
      refunds: NO_REFUNDS,
      cartToken: null,
      checkoutToken: null,
      financialStatus: cancelled ? "VOIDED" : document.refunded ? "REFUNDED" : "PAID",
    };
  }

  #line(line: KeptLine): DevOrderLine | null {
    if (line.unitPriceMinor !== null && line.unitPriceMinor < 0) {
      this.negativePrice++;
      return null;
    }
    const product = isWithoutProduct(line) ? undefined : this.#products.get(line.itemId);
    const quantity = Math.max(1, Math.abs(Math.round(line.quantity)));
    // A price that the file does not say is the product's own.
    const unitPriceMinor = line.unitPriceMinor ?? product?.variants[0]?.priceMinor ?? 0;
    const isFree = line.reason === "free-line";
    const discount = isFree ? unitPriceMinor * quantity : Math.min(line.discountMinor, unitPriceMinor * quantity);
    return {
      id: String(++this.#lastLine),
      productId: product?.id ?? null,
      variantId: product?.variants[0]?.id ?? null,
      title: line.title === "" ? line.itemId : line.title,
      sku: line.itemId,
      quantity,
      currentQuantity: line.refunded ? 0 : quantity,
      unitPriceMinor,
      discounts: discount > 0 ? [{ amountMinor: discount, title: "Discount" }] : NO_DISCOUNTS,
      isGiftCard: product?.isGiftCard ?? false,
      requiresShipping: line.requiresShipping ?? product !== undefined,
      properties: NO_PROPERTIES,
      sellingPlan: null,
      group: null,
    };
  }

  #remember(document: FileDocument, order: DevOrder): void {
    if (document.customerId === null) return;
    for (const sku of new Set(order.lines.map((line) => line.sku))) {
      const key = `${document.customerId}\n${sku}`;
      const known = this.#bought.get(key);
      if (known === undefined) this.#bought.set(key, [order]);
      else known.push(order);
    }
  }

  /** Takes the units off the latest order that still has that many of them. False where there is none. */
  #refund(document: FileDocument, line: KeptLine): boolean {
    const orders =
      document.customerId === null ? undefined : this.#bought.get(`${document.customerId}\n${line.itemId}`);
    const quantity = Math.abs(Math.round(line.quantity));
    for (const order of orders?.toReversed() ?? []) {
      const found = order.lines.find((each) => each.sku === line.itemId && each.currentQuantity >= quantity);
      if (found === undefined) continue;
      const subtotalMinor = refundShareMinor(found, quantity, found.currentQuantity);
      found.currentQuantity -= quantity;
      const refund = {
        id: String(++this.#lastRefund),
        createdAt: document.at,
        lines: [{ lineId: found.id, quantity, subtotalMinor }],
      };
      order.refunds = [...order.refunds, refund];
      order.updatedAt = Math.max(order.updatedAt, document.at);
      const all = order.lines.every(({ currentQuantity }) => currentQuantity === 0);
      order.financialStatus = all ? "REFUNDED" : "PARTIALLY_REFUNDED";
      this.refunded++;
      return true;
    }
    this.unmatched++;
    return false;
  }
}
