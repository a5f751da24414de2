import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { readBaskets } from "../../app/cli/read-baskets.ts";
import type { BasketTable } from "../../app/domain/baskets/basket-table.ts";
import { gid, shopDomain, type ProductId } from "../../app/domain/ids.ts";
import type { FetchedOrder } from "../../app/domain/orders/fetched-order.ts";
import type { OrderLine } from "../../app/domain/orders/order.ts";
import type { FlowContext } from "../../app/flows/context.ts";
import { syncOrder } from "../../app/flows/orders/sync-order.ts";
import { createLog } from "../../app/server/log.ts";
import { runInThread } from "../../app/threads/thread-pool.ts";
import { openDatabase, type Database } from "../../app/persistence/database/database.ts";
import { inShop, streamInShop } from "../../app/persistence/database/in-shop.ts";
import { saveHistory } from "../../app/persistence/orders/save-orders.ts";
import { saveShop } from "../../app/persistence/shop/shops.ts";

import { startBenchDatabase } from "./bench-database.ts";

const ORDERS_AT_ONCE = 500;

/** What a bench on PostgreSQL works with. */
export interface BenchPlace {
  readonly table: BasketTable;
  readonly database: Database;
  readonly shop: BenchShop;
  /** For files that go with the bench. */
  readonly folder: string;
  /** Takes everything away again. */
  readonly close: () => Promise<void>;
}

/**
 * The order file that the command line names as a shop in a PostgreSQL of its own, all but its latest orders stored.
 * Ends the process with a sentence where none is named; `bench` is what the caller is called by.
 */
export async function openBenchShop(bench: string, newOrders: number): Promise<BenchPlace> {
  const file = process.argv[2];
  if (file === undefined) {
    process.stderr.write(`Name an order file: npm run bench -- ${bench} FILE\n`);
    process.exit(1);
  }
  const { table } = await readBaskets(file, () => {});
  const folder = mkdtempSync(join(tmpdir(), "tsuide-bench-"));
  const server = await startBenchDatabase(folder);
  const database = openDatabase(server.url);
  const close = async () => {
    await database.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const shop = new BenchShop(database, table, newOrders);
  try {
    await shop.storeEarlier();
  } catch (error) {
    await close();
    throw error;
  }
  process.stdout.write(`${basename(file)}: ${shop.earlier} orders stored\n\n`);
  return { table, database, shop, folder, close };
}

/**
 * The orders of a file as a shop's in PostgreSQL: the earlier ones are stored, the others come one by one. Numbers
 * beyond the file's are orders like its latest ones, by numbers that no other has.
 */
export class BenchShop {
  readonly domain = shopDomain("tsuide-bench.myshopify.com");
  /** Orders of the file, and how many of them are stored. */
  readonly orders: number;
  readonly earlier: number;
  readonly #database: Database;
  readonly #table: BasketTable;

  constructor(database: Database, table: BasketTable, newOrders: number) {
    this.#database = database;
    this.#table = table;
    this.orders = table.start.length - 1;
    this.earlier = this.orders - Math.min(newOrders, this.orders >> 1);
  }

  async storeEarlier(): Promise<void> {
    const facts = { shopifyId: "1", name: "Bench", currency: "USD", currencies: ["USD"], timezone: "UTC" };
    const install = { installationId: "1", allOrders: true, givesCredit: false };
    await inShop(this.#database, this.domain, (tx) => saveShop(tx, { ...facts, ...install }, new Date(0)));
    for (let from = 0; from < this.earlier; from += ORDERS_AT_ONCE) {
      const many = Math.min(ORDERS_AT_ONCE, this.earlier - from);
      const batch = Array.from({ length: many }, (_, n) => this.fetchedOrder(from + n));
      const lines = batch.flatMap(({ order, lines }) => lines.map((line) => ({ orderId: order.id, line, version: 0 })));
      await streamInShop(this.#database, this.domain, async (tx) => {
        const heads = batch.map(({ order }) => order);
        await saveHistory(tx, heads, lines);
      });
    }
    await this.#database.pool.query("ANALYZE");
  }

  fetchedOrder(number: number): FetchedOrder {
    const order = number < this.orders ? number : number - (this.orders - this.earlier);
    const { at: times, customer, customerIds, items, start } = this.#table;
    const at = times[order]!;
    const lines = Array.from(items.subarray(start[order], start[order + 1]), (item, n): OrderLine => ({
      ...{ id: gid("LineItem", 1e12 + number * 10_000 + n), productId: productOf(item), variantId: null },
      ...{ title: "Thing", quantity: 1, currentQuantity: 1, isGiftCard: false, unitPriceMinor: 100, discountMinor: 0 },
      ...{ groupId: null, offer: null },
    }));
    return {
      order: {
        ...{ id: gid("Order", 1e9 + number), name: `#${number}`, createdAt: at, processedAt: at, updatedAt: at },
        ...{ cancelledAt: null, test: false, currency: "USD", presentmentCurrency: "USD", netMinor: 0 },
        ...{ refundedMinor: 0, channel: "online", channelSource: "web" },
        customerKey: (customerIds[customer[order]!] ?? null) as FetchedOrder["order"]["customerKey"],
      },
      lines,
      refunds: [],
    };
  }

  /** What the webhook's job does once Shopify has answered. */
  async orderComes(number: number): Promise<void> {
    const fetched = this.fetchedOrder(number);
    await syncOrder(this.domain, fetched.order.id, this.context({ order: () => Promise.resolve(fetched) }));
  }

  /** What the flows of this shop work with; of Shopify only what is given. */
  context(gateway: Partial<FlowContext["gateway"]> = {}): FlowContext {
    return {
      database: this.#database,
      events: {} as FlowContext["events"],
      gateway: gateway as FlowContext["gateway"],
      log: createLog("error"),
      runInThread,
      now: () => new Date(),
      appUrl: "https://bench.invalid",
      hashKey: "bench",
    };
  }

  /** Those in most baskets, most first. */
  commonProducts(many: number): ProductId[] {
    const baskets = new Uint32Array(this.#table.itemIds.length);
    for (const item of this.#table.items) baskets[item]!++;
    const items = Array.from(baskets.keys()).sort((a, b) => baskets[b]! - baskets[a]! || a - b);
    return items.slice(0, many).map(productOf);
  }
}

function productOf(item: number): ProductId {
  return gid("Product", 7e12 + item);
}
