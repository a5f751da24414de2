import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import { type ShopDomain, shopDomain } from "../../app/domain/ids.ts";
import { addUpSales } from "../../app/flows/orders/add-up-sales.ts";
import type { Database } from "../../app/persistence/database/database.ts";
import { inShop } from "../../app/persistence/database/in-shop.ts";
import { saveShop } from "../../app/persistence/shop/shops.ts";
import { seededRandom, syntheticBaskets, USUAL_ITEMS } from "./synthetic-orders.ts";

export const SYNTHETIC_SHOP = shopDomain("tsuide-bench.myshopify.com");
/** Number of the shop's best-selling product; the next ones follow it. */
export const FIRST_PRODUCT = 7e12;
const FIRST_ORDER = 5e12;
const START = Date.UTC(2023, 0, 1);
const YEARS_MS = 3 * 365 * 86_400_000;
/** When its last order was placed. */
export const LAST_ORDER_AT = START + YEARS_MS;
const CUSTOMERS = 300_000;

/**
 * Stores a made-up shop with three years of orders in PostgreSQL: one in five lines is of two or three units. Says how
 * many lines there are.
 */
export async function storeSyntheticShop(database: Database, orders: number, shop = SYNTHETIC_SHOP): Promise<number> {
  const facts = { shopifyId: "1", name: "Bench", currency: "USD", currencies: ["USD"], timezone: "Asia/Tokyo" };
  const install = { installationId: "1", allOrders: true, givesCredit: false };
  await inShop(database, shop, (tx) => saveShop(tx, { ...facts, ...install }, new Date(0)));
  const at = "2020-01-01";
  await copy(
    database,
    "products (shop, product_id, title, handle, vendor, product_type, tags, status, is_gift_card, published_at, updated_at)",
    itemRows(shop, (id) => `${id}\tThing\tthing-${id}\t\t\t{}\tactive\tf\t${at}\t${at}`),
  );
  await copy(
    database,
    "variants (shop, variant_id, product_id, title, price_minor, cost_minor, available, version)",
    itemRows(shop, (id, price) => `${id}\t${id}\tDefault\t${price}\t${Math.floor(price * 0.4)}\tt\t${at}`),
  );
  await copy(
    database,
    "orders (shop, order_id, name, created_at, processed_at, updated_at, test, currency, presentment_currency, channel, customer_key, net_minor, refunded_minor)",
    orderRows(shop, orders),
  );
  const lines = await copy(
    database,
    "order_lines (shop, line_id, order_id, product_id, variant_id, title, quantity, current_quantity, is_gift_card, requires_shipping, unit_price_minor, discount_minor, version)",
    lineRows(shop, orders),
  );
  await database.pool.query("ANALYZE");
  await addUpSales(shop, { database });
  return lines;
}

function priceOf(item: number): number {
  return 300 + ((item * 7919) % 97) * 50;
}

function* itemRows(shop: ShopDomain, row: (id: number, priceMinor: number) => string): Generator<string> {
  for (let item = 0; item < USUAL_ITEMS; item++) yield `${shop}\t${row(FIRST_PRODUCT + item, priceOf(item))}\n`;
}

function* orderRows(shop: ShopDomain, orders: number): Generator<string> {
  for (let order = 0; order < orders; order++) {
    const at = timeOf(order / orders);
    const customer = `customer-${(order * 7_919) % CUSTOMERS}`;
    yield `${shop}\t${FIRST_ORDER + order}\t#${order}\t${at}\t${at}\t${at}\tf\tUSD\tUSD\tonline\t${customer}\t1000\t0\n`;
  }
}

function* lineRows(shop: ShopDomain, orders: number): Generator<string> {
  const random = seededRandom(7);
  let [order, line] = [0, 0];
  for (const basket of syntheticBaskets(orders)) {
    for (const item of basket) {
      const [id, product] = [FIRST_ORDER + line++, FIRST_PRODUCT + item];
      const units = random() < 0.8 ? 1 : 2 + Math.floor(random() * 2);
      const ids = `${id}\t${FIRST_ORDER + order}\t${product}\t${product}`;
      const rest = `Thing\t${units}\t${units}\tf\tt\t${priceOf(item)}\t0\t${timeOf(order / orders)}`;
      yield `${shop}\t${ids}\t${rest}\n`;
    }
    order++;
  }
}

/** `share`: how far through the three years. */
function timeOf(share: number): string {
  return new Date(START + share * YEARS_MS).toISOString();
}

/** Says how many rows there were. */
async function copy(database: Database, into: string, rows: Iterable<string>): Promise<number> {
  const client = await database.pool.connect();
  try {
    const sink = client.query(copyFrom(`COPY ${into} FROM STDIN`));
    await pipeline(Readable.from(rows), sink);
    return sink.rowCount;
  } finally {
    client.release();
  }
}
