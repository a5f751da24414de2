// A month of shoppers who look around in the demo's shop: the dev store has past orders, but no past visits. What they
// view follows what was bought together in the year before, so that it knows nothing of the month's own orders. The events go
// the way of those that the web pixel sends, and the app then learns from them. Prints one line.
import { compose, REAL_SURROUNDINGS } from "../../app/server/composition.ts";
import { processConfig } from "../../app/server/config.ts";
import { parseShopDomain, type ShopDomain } from "../../app/domain/ids.ts";
import { KEPT_DAYS, type ShopEvent } from "../../app/domain/measurement/shop-event.ts";
import { DAY_MS } from "../../app/domain/time/day.ts";
import { moveEvents } from "../../app/flows/measurement/move-events.ts";
import { inShop } from "../../app/persistence/database/in-shop.ts";
import { runSql, selectSql } from "../../app/persistence/database/run-sql.ts";
import { enqueue } from "../../app/queue/enqueue.ts";
import { seededRandom } from "../../test/dev-store/shop/random.ts";

const VISITS_PER_ORDER = 12;
/** Share of the visits that begin at a product which sells rarely: shoppers look at what is new. */
const AT_RARE = 0.25;
const RARE_ORDERS = 20;
const YEAR_MS = 365 * DAY_MS;
const EVENTS_AT_ONCE = 5_000;

interface Basket {
  readonly order: string;
  readonly at: number;
  readonly products: readonly string[];
}

const shop = parseShopDomain(process.argv[2] ?? "");
if (shop === null) throw new Error("Name the shop's domain.");
const context = compose(processConfig(), { ...REAL_SURROUNDINGS, connections: 2 });
const random = seededRandom(139);
const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;

async function baskets(of: ShopDomain, since: number): Promise<Basket[]> {
  const rows = await inShop(context.database, of, (tx) =>
    selectSql<{ order: string; at: Date; products: string }>(
      tx,
      `SELECT order_id::text AS order, at, array_to_string(products, ',') AS products FROM baskets
       WHERE shop = $1 AND at >= $2::timestamptz AND cardinality(products) > 0 ORDER BY order_id`,
      ...[tx.shop, new Date(since)],
    ),
  );
  return rows.map(({ order, at, products }) => ({ order, at: at.getTime(), products: products.split(",") }));
}

/** The events of one visit that ends at a time, with an order or without. */
function visit(of: ShopDomain, id: number, views: readonly string[], end: number, order: string | null): ShopEvent[] {
  const visitor = `demo-${id.toString(36)}-${Math.floor(random() * 2 ** 40).toString(36)}`;
  const about = { shop: of, visitor, offer: 0, surface: "" as const };
  const viewed = views.map((product, n): ShopEvent => {
    const at = end - (views.length - n) * 40_000;
    return { ...about, id: `demo-${id}-${n}`, kind: "product-viewed", at, product };
  });
  const completed = { ...about, id: `demo-${id}-order`, kind: "checkout-completed" as const, at: end, product: "0" };
  return order === null ? viewed : [...viewed, { ...completed, order }];
}

function monthOfEvents(of: ShopDomain, all: readonly Basket[], from: number, to: number): ShopEvent[] {
  const several = all.filter(({ at, products }) => at < from && products.length > 1);
  if (several.length === 0) return [];
  const withProduct = new Map<string, Basket[]>();
  for (const basket of several) {
    for (const product of basket.products) withProduct.set(product, [...(withProduct.get(product) ?? []), basket]);
  }
  const rare = [...withProduct.values()].filter((own) => own.length < RARE_ORDERS);
  const recent = all.filter(({ at }) => at >= from && at < to);
  const events: ShopEvent[] = [];
  let id = 0;
  for (const { order, at, products } of recent) events.push(...visit(of, id++, products.slice(0, 10), at, order));
  for (let n = 0; n < VISITS_PER_ORDER * recent.length; n++) {
    const model = random() < AT_RARE && rare.length > 0 ? oneOf(oneOf(rare)) : oneOf(several);
    const views = [...model.products.slice(0, 4), ...(random() < 0.5 ? [oneOf(oneOf(several).products)] : [])];
    events.push(...visit(of, id++, views, from + random() * (to - from), null));
  }
  return events;
}

const today = Math.floor(context.now().getTime() / DAY_MS) * DAY_MS;
const from = today - (KEPT_DAYS - 1) * DAY_MS;
// A shop that has events already was visited in an earlier run.
if ((await context.events.countedSince(shop)) === null) {
  const events = monthOfEvents(shop, await baskets(shop, today - YEAR_MS), from, today);
  for (let n = 0; n < events.length; n += EVENTS_AT_ONCE)
    await context.events.append(events.slice(n, n + EVENTS_AT_ONCE));
  while ((await moveEvents(context)).moved > 0);
  await inShop(context.database, shop, async (tx) => {
    // These days were counted after the import, when nothing was known of them.
    await runSql(tx, "DELETE FROM browsing_days WHERE shop = $1", tx.shop);
    await enqueue(tx, "mine-associations");
  });
  process.stdout.write(`A month of shoppers looked around: ${events.length.toLocaleString("en")} events.\n`);
}
await Promise.all([context.database.close(), context.events.close()]);
