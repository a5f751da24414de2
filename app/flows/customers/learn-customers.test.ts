import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { emptyShop } from "../../../test/dev-store/shop/empty-shop.ts";
import { saveBaskets } from "../../../test/fixtures/save-baskets.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type {
  DueCustomerView,
  LearntCustomersView,
  ListOrder,
  ListView,
  RankedCustomerView,
} from "../../views/customers-view.ts";
import { bareNumber, gid, type CustomerKey } from "../../domain/ids.ts";
import type { OrderHead } from "../../domain/orders/fetched-order.ts";
import type { OrderLine } from "../../domain/orders/order.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { saveHistory, saveLines } from "../../persistence/orders/save-orders.ts";
import { saveProducts, saveVariants } from "../../persistence/catalogue/products.ts";
import { customerKey } from "../../shopify/readers/read-nodes.ts";
import { exportCustomerData } from "./export-customer-data.ts";
import { installShop } from "../shop/install-shop.ts";
import { learnCustomers } from "./learn-customers.ts";
import { mineAssociations } from "../mining/mine-associations.ts";
import { readCustomers } from "./read-customers.ts";
import { redactCustomer } from "./redact-customer.ts";
import { readAllDue, readCustomerList, type ListQuery } from "./read-customer-list.ts";
import { saveCustomersInputs } from "./save-customers-inputs.ts";
import { summariseCustomers } from "./summarise-customers.ts";
import { uninstallShop } from "../shop/uninstall-shop.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2026-05-01T12:00:00.123Z");
const TEA = "101";
const POT = "102";

/** An order as the tests write it: whose, how many days ago, of which products, worth how many yen. */
interface Sale {
  readonly customer: string | null;
  readonly daysAgo: number;
  readonly products?: readonly string[];
  readonly net?: number;
  readonly change?: Partial<OrderHead>;
}

let app: WiredApp;
beforeEach(async () => {
  const facts = { name: "Tea", currency: "JPY", locale: "ja", timezone: "Asia/Tokyo" } as const;
  app = await wireApp([emptyShop({ domain: "tea.myshopify.com", ...facts })], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
});
afterEach(() => app.close());

const keyOf = (customer: string): CustomerKey => customerKey(app.context.hashKey, app.shop, customer);

function headOf({ customer, daysAgo, net = 1000, change }: Sale, n: number): OrderHead {
  const at = NOW - daysAgo * DAY;
  return {
    ...{ id: gid("Order", String(1000 + n)), name: `#${1000 + n}`, createdAt: at, processedAt: at, updatedAt: at },
    ...{ cancelledAt: null, test: false, currency: "JPY", presentmentCurrency: "JPY", channel: "online" as const },
    ...{ channelSource: null, customerKey: customer === null ? null : keyOf(customer) },
    ...{ netMinor: net, refundedMinor: 0, ...change },
  };
}

async function store(sales: readonly Sale[]): Promise<OrderHead[]> {
  const heads = sales.map(headOf);
  const baskets = heads.map((head, n) => ({ head, products: sales[n]!.products ?? [TEA] }));
  await inShop(app.context.database, app.shop, async (tx) => {
    await saveHistory(tx, heads, []);
    await saveBaskets(
      tx,
      baskets
        .filter(({ products }) => products.length > 0)
        .map(({ head, products }) => ({
          ...{ orderId: bareNumber(head.id), at: head.processedAt, channel: head.channel, products },
          customerKey: head.customerKey,
        })),
    );
  });
  return heads;
}

/** What the job does in its thread, here without one. */
async function learn(): Promise<LearntCustomersView> {
  await summariseCustomers(app.context.database, app.shop, NOW);
  const { state, learnt } = await readCustomers(app.shop, app.context);
  expect(state).toBe("ready");
  return learnt!;
}

/** Twenty-five customers who buy tea about every 30 days, the last time some days ago, and a pot once. */
const TEA_DRINKERS: readonly Sale[] = Array.from({ length: 25 }, (_, n) => n).flatMap((n) =>
  [6, 5, 4, 3, 2, 1, 0].map((back) => ({
    customer: `68${n}`,
    daysAgo: n + 1 + back * (28 + (n % 5)),
    products: back === 6 ? [TEA, POT] : [TEA],
    net: 1000 + 100 * n,
  })),
);

describe("a shop that people come back to", () => {
  test("lists who is due for what by when, in its own currency, with the order to find them by", async () => {
    await store([
      ...TEA_DRINKERS,
      { customer: null, daysAgo: 4 },
      { customer: "9", daysAgo: 3, change: { currency: "USD" } },
    ]);
    const learnt = await learn();
    expect(learnt).toMatchObject({ orders: 175, customers: 25, returning: 25, unknownCustomer: 1, otherCurrency: 1 });
    expect(learnt.products.rows.map(({ productId, customers }) => [productId, customers])).toEqual([[TEA, 25]]);
    expect(Math.round(learnt.products.rows[0]!.medianDays)).toBeGreaterThanOrEqual(28);
    expect(Math.round(learnt.products.rows[0]!.medianDays)).toBeLessThanOrEqual(32);
    expect(learnt.due.overdue + learnt.due.month).toBe(25);
    expect(learnt.dueCustomers).toMatchObject({ total: 25, page: 1, pageCount: 4 });
    expect(learnt.dueCustomers.rows).toHaveLength(8);
    const last = (await readAllDue(app.shop, app.context)).find(
      ({ customer }) => customer === keyOf("683").slice(0, 6),
    )!;
    expect(last).toMatchObject({ orderName: "#1027", lastAt: new Date(NOW - 4 * DAY).toISOString() });
    expect(JSON.stringify(learnt)).not.toContain(keyOf("683"));
    expect(learnt.map).toMatchObject({ code: "ranked", limits: { record: { currency: "JPY" } } });
    if (learnt.map.code !== "ranked") return;
    const shares = Object.values(learnt.map.fields).map(({ revenueShare }) => revenueShare!);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1);
    expect(learnt.lifetime.known).toMatchObject({ averageOrder: 2200, ordersPerCustomer: 7 });
    expect(learnt.lifetime.known).not.toHaveProperty("years");
  });

  test("reads its lists a page at a time, in the order and with the search that are asked for", async () => {
    await store(TEA_DRINKERS);
    await learn();
    const read = async (query: Partial<ListQuery>) =>
      (await readCustomerList(
        app.shop,
        "due",
        {
          page: 1,
          search: "",
          order: null,
          ...query,
        },
        app.context,
      ))! as ListView<DueCustomerView>;
    const allDue = await Promise.all([1, 2, 3, 4].map((page) => read({ page })));
    expect(new Set(allDue.flatMap(({ rows }) => rows.map(({ customer }) => customer))).size).toBe(25);
    expect(await read({ page: 99 })).toMatchObject({ page: 4, pageCount: 4 });
    const days = (await read({ order: "expected" })).rows.map(({ expectedAt }) => expectedAt);
    expect(days).toEqual(days.toSorted());
    const code = keyOf("683").slice(0, 6);
    expect((await read({ search: ` ${code.toLowerCase()} ` })).rows.map(({ customer }) => customer)).toContain(code);
    expect((await read({ search: "#1027" })).total).toBe(1);
    expect(await read({ search: "nobody’s" })).toMatchObject({ total: 0, rows: [], page: 1 });
    const ranked = async (list: "A" | "D", order: ListOrder) =>
      (await readCustomerList(
        app.shop,
        list,
        { page: 1, search: "", order },
        app.context,
      ))! as ListView<RankedCustomerView>;
    const spent = (await ranked("D", "record")).rows.map(({ record }) => record.amountMinor);
    expect(spent).toEqual(spent.toSorted((a, b) => b - a));
    expect((await ranked("A", "surest")).rows.every(({ rank }) => rank === "A")).toBe(true);
  });

  test("counts how many of its customers came back a second, third and further time", async () => {
    await store([
      ...[0, 40, 90].map((daysAgo) => ({ customer: "thrice", daysAgo: daysAgo + 1 })),
      ...[0, 0.3, 60].map((daysAgo) => ({ customer: "twice", daysAgo: daysAgo + 1 })),
      { customer: "once", daysAgo: 5 },
      { customer: "once", daysAgo: 50, net: 0, change: { refundedMinor: 1000 } },
    ]);
    const learnt = await learn();
    expect(learnt.funnel).toEqual([3, 2, 1, 0, 0, 0, 0, 0]);
    expect(learnt).toMatchObject({ customers: 3, returning: 2 });
  });

  test("averages over all orders, those given back as a whole among them", async () => {
    await store([
      { customer: "1", daysAgo: 3, net: 3000 },
      { customer: "1", daysAgo: 2, net: 0, change: { refundedMinor: 3000 } },
      { customer: "2", daysAgo: 1, net: 3000 },
    ]);
    const { lifetime, customers } = await learn();
    expect(customers).toBe(2);
    expect(lifetime.known).toMatchObject({ averageOrder: 2000, ordersPerCustomer: 1.5 });
  });

  test("gets the same figures and lists from the same orders, whatever the order of arrival", async () => {
    await store(TEA_DRINKERS);
    const first = await learn();
    expect(await learn()).toEqual(first);
    const { pool } = app.context.database;
    const heads = TEA_DRINKERS.map(headOf);
    await pool.query("DELETE FROM orders");
    await inShop(app.context.database, app.shop, (tx) => saveHistory(tx, heads.toReversed(), []));
    expect(await learn()).toEqual(first);
  });

  test("forgets a customer who asks for it in every list at once, and tells them before what it held", async () => {
    await store(TEA_DRINKERS);
    expect((await learn()).dueCustomers.total).toBe(25);
    const data = await exportCustomerData(app.shop, { customerId: "683" }, app.context);
    expect(data.listings.map(({ list }) => list)).toContain("due");
    await redactCustomer(app.shop, { customerId: "683", orderIds: [] }, app.context);
    // Shopify names the orders of the second: their pseudonym may stem from an earlier key.
    await redactCustomer(app.shop, { customerId: "0", orderIds: [headOf(TEA_DRINKERS[28]!, 28).id] }, app.context);
    const { rows } = await app.context.database.pool.query<{ key: string }>(
      "SELECT DISTINCT customer_key AS key FROM listed_customers",
    );
    const keys = rows.map(({ key }) => key);
    expect(keys).toHaveLength(23);
    expect([keyOf("683"), keyOf("684")].filter((key) => keys.includes(key))).toEqual([]);
    expect((await learn()).customers).toBe(24);
  });

  test("leaves no row when it uninstalls, and a job that comes too late stores none", async () => {
    await store(TEA_DRINKERS);
    await learn();
    await saveCustomersInputs(app.shop, { marginShare: 0.4 }, 0, app.context);
    await uninstallShop(app.shop, app.context);
    await learnCustomers(app.shop, app.context);
    for (const table of ["customer_summaries", "listed_customers", "lifetime_inputs"]) {
      const { rowCount } = await app.context.database.pool.query(`SELECT 1 FROM ${table}`);
      expect({ table, rowCount }).toEqual({ table, rowCount: 0 });
    }
  });
});

describe("learning", () => {
  async function waiting(): Promise<{ queue_name: string }[]> {
    const { rows } = await app.context.database.pool.query<{ queue_name: string }>(
      "SELECT queue_name FROM graphile_worker.jobs WHERE task_identifier = 'learn-customers'",
    );
    return rows;
  }

  test("follows every full count, in a queue of its own", async () => {
    await store([{ customer: "1", daysAgo: 2 }]);
    await mineAssociations(app.shop, app.context);
    expect(await waiting()).toEqual([{ queue_name: `${app.shop}/customers` }]);
    await app.drain();
    expect(await waiting()).toEqual([]);
    expect(await readCustomers(app.shop, app.context)).toMatchObject({ state: "ready", learning: false });
  });

  test("is asked for by the page where orders are stored and what was learnt cannot be read any more", async () => {
    await store([{ customer: "1", daysAgo: 2 }]);
    await app.drain();
    await inShop(app.context.database, app.shop, (tx) =>
      tx.db.importRun.updateMany({ where: { shop: tx.shop }, data: { ordersStored: 1 } }),
    );
    await app.context.database.pool.query(`UPDATE customer_summaries SET summary = '{"version":0}'`);
    expect(await readCustomers(app.shop, app.context)).toMatchObject({ state: "learning", learnt: null });
    expect(await waiting()).toHaveLength(1);
    await app.drain();
    expect((await readCustomers(app.shop, app.context)).learnt?.orders).toBe(1);
  });
});

describe("a shop of which little is known", () => {
  test("without orders, and with those of guests alone, says so", async () => {
    expect(await readCustomers(app.shop, app.context)).toMatchObject({ state: "no-orders", learnt: null });
    await summariseCustomers(app.context.database, app.shop, NOW);
    expect(await readCustomers(app.shop, app.context)).toMatchObject({ state: "no-orders", learnt: null });
    await store([{ customer: null, daysAgo: 2 }]);
    expect(await learn()).toMatchObject({
      orders: 0,
      customers: 0,
      unknownCustomer: 1,
      firstAt: null,
      products: { total: 0 },
    });
  });

  test("with one order, or with all orders of one customer, gets no rank and no interval", async () => {
    await store([{ customer: "1", daysAgo: 2 }]);
    expect(await learn()).toMatchObject({ customers: 1, returning: 0, map: { code: "too-few-customers" } });
    await store(Array.from({ length: 60 }, (_, n) => ({ customer: "1", daysAgo: 7 * n })));
    const learnt = await learn();
    expect(learnt).toMatchObject({ customers: 1, returning: 1, funnel: [1, 1, 1, 1, 1, 1, 1, 1] });
    for (const list of [learnt.products, learnt.dueCustomers, learnt.ranked]) expect(list.total).toBe(0);
    expect(learnt.map).toEqual({ code: "too-few-customers", customers: 1 });
  });

  test("where everything was free, is promised nothing; what was cancelled, tested or given back counts for nothing", async () => {
    const free = Array.from({ length: 22 }, (_, n) => [
      { customer: `c${n}`, daysAgo: 50, net: 0 },
      { customer: `c${n}`, daysAgo: 20, net: 0 },
    ]).flat();
    await store([
      ...free,
      { customer: "x", daysAgo: 3, change: { test: true } },
      { customer: "x", daysAgo: 3, change: { cancelledAt: NOW } },
      { customer: "x", daysAgo: 3, net: 0, change: { refundedMinor: 1000 } },
      { customer: "x", daysAgo: -2 },
    ]);
    const learnt = await learn();
    expect(learnt.customers).toBe(22);
    expect(learnt.map).toMatchObject({ fields: { D: { customers: 22, revenueShare: null } } });
    expect(learnt.lifetime.known.averageOrder).toBe(0);
  });
});

describe("the inputs of lifetime value", () => {
  const line = (variant: string, net: number): OrderLine => ({
    ...{
      id: gid("LineItem", `7${variant}`),
      productId: gid("Product", TEA),
      variantId: gid("ProductVariant", variant),
    },
    ...{ title: "Tea", sku: null, quantity: 2, currentQuantity: 1, isGiftCard: false, groupId: null, offer: null },
    ...{ unitPriceMinor: net, discountMinor: 0 },
  });

  async function sell(lines: readonly OrderLine[], costs: Record<string, number | null>): Promise<void> {
    const [head] = await store([{ customer: "1", daysAgo: 2 }]);
    await inShop(app.context.database, app.shop, async (tx) => {
      const texts = { title: "Tea", handle: "tea", vendor: "", productType: "", tags: [], status: "active" } as const;
      const nothing = { category: null, attributes: [] };
      const times = { isGiftCard: false, hasSellingPlans: false, publishedAt: NOW, imageUrl: null, updatedAt: NOW };
      await saveProducts(tx, [{ id: gid("Product", TEA), ...texts, ...nothing, ...times }]);
      const variants = Object.entries(costs).map(([id, costMinor]) => ({
        ...{ id: gid("ProductVariant", id), productId: gid("Product", TEA), title: "", options: {}, sku: null },
        ...{ priceMinor: 1000, compareAtMinor: null, costMinor, available: true },
      }));
      await saveVariants(tx, variants, NOW);
      await saveLines(
        tx,
        lines.map((one) => ({ orderId: head!.id, line: one, version: NOW })),
      );
    });
  }

  test("take the margin from unit costs where these stand for nearly all revenue, and from nobody's guess", async () => {
    await sell([line("1", 900), line("2", 100)], { 1: 300, 2: null });
    const { lifetime } = await learn();
    expect(lifetime.costKnownShare).toBeCloseTo(0.9);
    expect(lifetime.known.marginShare).toBeCloseTo(2 / 3);
    await sell([line("1", 900), line("2", 900)], { 1: 300, 2: null });
    const half = (await learn()).lifetime;
    expect(half.costKnownShare).toBeCloseTo(0.5);
    expect(half.known).not.toHaveProperty("marginShare");
  });

  test("are kept as entered, and refused by name where they cannot be", async () => {
    await store([{ customer: "1", daysAgo: 2 }]);
    const entered = { marginShare: 0.4, acquisitionCost: 1200 };
    expect(await saveCustomersInputs(app.shop, entered, 0, app.context)).toEqual({ code: "saved", version: 1 });
    expect((await learn()).lifetime).toMatchObject({ entered, version: 1 });
    expect(await saveCustomersInputs(app.shop, { years: 2 }, 0, app.context)).toEqual({ code: "stale" });
    const bad = { marginShare: 1.2, acquisitionCost: 0.5, years: -1, ordersPerYear: 1e9, unheardOf: 1 };
    const answer = await saveCustomersInputs(app.shop, bad, 1, app.context);
    expect(answer).toMatchObject({ code: "invalid" });
    expect(Object.keys((answer as { errors: object }).errors).sort()).toEqual(Object.keys(bad).sort());
    expect(await saveCustomersInputs(app.shop, "years", 1, app.context)).toMatchObject({ code: "invalid" });
    expect((await readCustomers(app.shop, app.context)).learnt!.lifetime.entered).toEqual(entered);
  });
});
