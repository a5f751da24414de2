import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { OrderFileReader, type UnreadableOrderFile } from "../../app/domain/orders/order-file.ts";
import { emptyShop } from "./empty-shop.ts";
import { fileCollections, productsOfFile, type KeptLine } from "./order-file-products.ts";
import { exponentOf } from "./money.ts";
import { refundShareMinor } from "./order-totals.ts";
import type { DevOrder, DevOrderLine, DevProduct, DevShop } from "./state.ts";

/** A file that holds no orders, in one sentence for whoever gave it. */
export class OrderFileError extends Error {}

export interface FilledShop {
  shop: DevShop;
  /** Lines that no Shopify shop could hold (a negative price), and lines that could not be read. */
  skipped: { negativePrice: number; malformed: number };
  /** Cancelled documents whose items were found in an earlier order, and those that were not. */
  cancellations: { refunded: number; unmatched: number };
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

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  const probe = await open(path);
  const { buffer, bytesRead } = await probe.read(Buffer.alloc(2), 0, 2, 0).finally(() => probe.close());
  const source = createReadStream(path, { highWaterMark: 1 << 18 });
  const gzip = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  if (!gzip) return yield* source as AsyncIterable<Uint8Array>;
  const unpacked = createGunzip({ chunkSize: 1 << 18 });
  source.on("error", (error) => unpacked.destroy(error));
  yield* source.pipe(unpacked) as AsyncIterable<Uint8Array>;
}

function sentence(problem: UnreadableOrderFile, path: string): string {
  if (problem.code === "empty-file") return `${path} is empty.`;
  if (problem.code === "not-csv") return `${path} is not a CSV file.`;
  return `${path} is not an order file: its first line is "${problem.header}".`;
}

interface Documents {
  byId: Map<string, FileDocument>;
  currency: string | null;
  malformed: number;
}

async function readDocuments(path: string): Promise<Documents> {
  const documents: Documents = { byId: new Map(), currency: null, malformed: 0 };
  // The same few texts come hundreds of thousands of times; one copy of each is kept.
  const texts = new Map<string, string>();
  const kept = (text: string) => texts.get(text) ?? (texts.set(text, text), text);
  const reader = new OrderFileReader({
    onProblem: (_line, problem) => {
      if (problem !== "unreadable-timestamp" && problem !== "unreadable-price") documents.malformed++;
    },
    onLine: (line) => {
      documents.currency ??= line.currency;
      let document = documents.byId.get(line.orderId);
      if (document === undefined) {
        document = {
          id: line.orderId,
          at: Number.isNaN(line.at) ? 0 : line.at,
          customerId: line.customerId === null ? null : kept(line.customerId),
          sourceName: SOURCES[line.channel],
          test: line.test,
          cancelled: line.cancelled,
          refunded: line.refunded,
          lines: [],
        };
        documents.byId.set(line.orderId, document);
      }
      const { at, quantity, price, discount, refunded, requiresShipping } = line;
      const [itemId, title, category] = [kept(line.itemId), kept(line.title), kept(line.category)];
      document.lines.push({ at, itemId, quantity, price, discount, title, category, refunded, requiresShipping });
    },
  });
  let problem: UnreadableOrderFile | null = null;
  try {
    for await (const chunk of bytesOf(path)) {
      problem = reader.push(chunk);
      if (problem !== null) break;
    }
  } catch (error) {
    throw new OrderFileError(`${path} could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  problem ??= reader.end();
  if (problem !== null) throw new OrderFileError(sentence(problem, path));
  if (documents.byId.size === 0) throw new OrderFileError(`${path} holds no orders.`);
  return documents;
}

/** `C`, then the number that the document cancels something of. */
function isCancellation(document: FileDocument): boolean {
  return /^C\d/i.test(document.id) || document.lines.every(({ quantity }) => quantity < 0);
}

/**
 * Fills a shop from a plain order file or Shopify's order export. Dates stay as they are. A cancellation (an id that
 * starts with C, negative quantities) becomes a refund of the same customer's latest earlier order of that item; what
 * matches nothing becomes a cancelled order. Codes without a product (postage, manual entries) are custom lines.
 */
export async function fillFromOrderFile(
  path: string,
  shopOptions: { domain: string; name: string; currency?: string; locale?: "en" | "ja"; timezone?: string },
): Promise<FilledShop> {
  const documents = await readDocuments(path);
  const currency = shopOptions.currency ?? documents.currency ?? "GBP";
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
  return {
    shop,
    skipped: { negativePrice: filler.negativePrice, malformed: documents.malformed },
    cancellations: { refunded: filler.refunded, unmatched: filler.unmatched },
  };
}

class OrderFiller {
  negativePrice = 0;
  refunded = 0;
  unmatched = 0;
  readonly #shop: DevShop;
  readonly #products: ReadonlyMap<string, DevProduct>;
  readonly #scale: number;
  readonly #customers = new Map<string, string>();
  /** Customer and item -> the orders that hold it, oldest first. */
  readonly #bought = new Map<string, DevOrder[]>();
  #lastLine = 11_000_000_000_000;
  #lastRefund = 800_000_000_000;

  constructor(shop: DevShop, products: ReadonlyMap<string, DevProduct>) {
    this.#shop = shop;
    this.#products = products;
    this.#scale = 10 ** exponentOf(shop.currency);
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
      shippingDiscountMinor: 0,
      refunds: NO_REFUNDS,
      cartToken: null,
      checkoutToken: null,
      financialStatus: cancelled ? "VOIDED" : document.refunded ? "REFUNDED" : "PAID",
    };
  }

  #line(line: KeptLine): DevOrderLine | null {
    const price = line.price ?? 0;
    if (price < 0) {
      this.negativePrice++;
      return null;
    }
    const product = this.#products.get(line.itemId);
    const quantity = Math.max(1, Math.abs(Math.round(line.quantity)));
    const unitPriceMinor = Math.round(price * this.#scale);
    const discount = Math.min(Math.round(line.discount * this.#scale), unitPriceMinor * quantity);
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
