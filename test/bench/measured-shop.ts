import { type ShopDomain, shopDomain } from "../../app/domain/ids.ts";
import { experimentContent } from "../../app/domain/measurement/experiments/experiment.ts";
import type { FlowContext } from "../../app/flows/context.ts";
import { learnCustomers } from "../../app/flows/customers/learn-customers.ts";
import { saveExperiment } from "../../app/flows/measurement/experiments/save-experiment.ts";
import { mineAssociations } from "../../app/flows/mining/mine-associations.ts";
import { makeFirstOffers } from "../../app/flows/offers/make-first-offers.ts";
import { addUpSales } from "../../app/flows/orders/add-up-sales.ts";
import type { Database } from "../../app/persistence/database/database.ts";
import { inShop } from "../../app/persistence/database/in-shop.ts";
import { saveShop } from "../../app/persistence/shop/shops.ts";
import { storeSyntheticShop } from "./synthetic-shop.ts";

/** A shop as it is right after its installation. */
export async function newShop(context: FlowContext, domain: string): Promise<ShopDomain> {
  const shop = shopDomain(domain);
  const facts = { shopifyId: "1", name: "Bench", currency: "USD", currencies: ["USD"], timezone: "Asia/Tokyo" };
  await inShop(context.database, shop, async (tx) => {
    await saveShop(tx, { ...facts, installationId: "1", allOrders: true, givesCredit: false }, new Date(0));
    await makeFirstOffers(tx, new Date(0));
  });
  await draftExperiment(shop, context);
  return shop;
}

/**
 * A shop that was mined and whose customers were learnt. One order in twenty came through an offer and got its discount;
 * of six orders in ten of the last year it is known whether their visitor was held out, and of the last 800 days in which visit
 * they were made and what the visitor had done with offers: two touches each, on average.
 */
export async function measuredShop(orders: number, context: FlowContext, domain: string): Promise<ShopDomain> {
  const shop = shopDomain(domain);
  const { database } = context;
  await storeSyntheticShop(database, orders, shop);
  await inShop(database, shop, (tx) => makeFirstOffers(tx, new Date(0)));
  await mineAssociations(shop, context);
  await learnCustomers(shop, context);
  await draftExperiment(shop, context);
  await fill(database, shop, context.now());
  // As autovacuum does soon after so many rows.
  await database.pool.query("VACUUM ANALYZE");
  return shop;
}

/** Adds what came through offers, what is known of visitors, and who of them was held out. */
export async function fill(database: Database, shop: ShopDomain, now: Date): Promise<void> {
  await attribute(database, shop);
  await holdOut(database, shop, now);
  await visit(database, shop, now);
  await addUpSales(shop, { database });
}

async function draftExperiment(shop: ShopDomain, context: FlowContext): Promise<void> {
  const content = { ...experimentContent.default, name: "Sets or none", compares: "nothing", offers: [1] };
  await saveExperiment(shop, null, { ...content, weights: [1, 1] }, context);
}

async function attribute({ pool }: Database, shop: ShopDomain): Promise<void> {
  await pool.query(
    `INSERT INTO attributions (shop, line_id, order_id, order_name, at, offer_id, surface, product_id, variant_id, title,
       revenue_minor, refunded_minor, kept_units, net_tax_minor, currency)
     SELECT o.shop, l.line_id, o.order_id, o.name, o.processed_at, 'bt-1-' || l.product_id, 'product', l.product_id, l.variant_id,
       l.title, l.unit_price_minor, 0, 1, 0, o.currency
     FROM orders o JOIN LATERAL (
       SELECT * FROM order_lines l WHERE l.shop = o.shop AND l.order_id = o.order_id LIMIT 1
     ) l ON true WHERE o.shop = $1 AND o.order_id % 20 = 0`,
    [shop],
  );
  await pool.query(
    `INSERT INTO offer_discounts (shop, line_id, kind, order_id, at, offer_key, surface, product_id, minor, kept_minor, currency)
     SELECT shop, line_id, 'bought-together', order_id, at, offer_key, surface, product_id, 100, 100, currency
     FROM attributions WHERE shop = $1`,
    [shop],
  );
}

async function holdOut({ pool }: Database, shop: ShopDomain, now: Date): Promise<void> {
  await pool.query(
    `INSERT INTO splits (shop, holdout_percent, measured_at) VALUES ($1, 10, $2)
     ON CONFLICT (shop) DO UPDATE SET holdout_percent = 10, measured_at = $2`,
    [shop, now],
  );
  await pool.query(
    `INSERT INTO holdout_orders (shop, order_id, unit, arm, exposed_at)
     SELECT shop, order_id, customer_key, CASE WHEN hashtext(customer_key) % 10 = 0 THEN 0 ELSE 1 END, processed_at
     FROM orders WHERE shop = $1 AND processed_at >= $2::timestamptz - interval '1 year' AND order_id % 10 < 6`,
    [shop, now],
  );
  await pool.query(
    `INSERT INTO holdout_units (shop, day, arm, units)
     SELECT $1, day, arm, CASE arm WHEN 0 THEN 300 ELSE 2700 END
     FROM generate_series($2::timestamptz - interval '1 year', $2::timestamptz, interval '1 day') day, (VALUES (0), (1)) arms(arm)`,
    [shop, now],
  );
}

async function visit({ pool }: Database, shop: ShopDomain, now: Date): Promise<void> {
  await pool.query(
    `INSERT INTO order_visits (shop, order_id, at, device, source, medium, campaign)
     SELECT shop, order_id, processed_at, (ARRAY['phone', 'tablet', 'desktop'])[1 + order_id % 3],
       'source-' || order_id % 7, 'medium-' || order_id % 2, 'campaign-' || order_id % 40
     FROM orders WHERE shop = $1 AND processed_at >= $2::timestamptz - interval '800 days' AND order_id % 10 < 6`,
    [shop, now],
  );
  await pool.query(
    `INSERT INTO order_touches (shop, order_id, offer_key, surface, kind, at, seconds_before)
     SELECT shop, order_id, 'bt-' || 1 + n % 2, (ARRAY['product', 'cart'])[1 + n / 2],
       (ARRAY['seen', 'seen', 'clicked', 'added'])[1 + n], at, (order_id * 7919 + n * 104729) % (14 * 86400)
     FROM order_visits, generate_series(0, 3) n WHERE shop = $1 AND (order_id + n) % 2 = 0`,
    [shop],
  );
}
