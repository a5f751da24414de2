import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type CreditShop,
  setOf,
  startCreditShop,
  TENTH_AS_CREDIT as PERCENT,
} from "../../../test/fixtures/credit-shop.ts";
import { readFirstOffer } from "../../../test/fixtures/first-offers.ts";
import { smallOrder } from "../../../test/fixtures/small-shop.ts";
import type { WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import type { ShopServer } from "../../../test/dev-store/http/shop-server.ts";
import { gid, type OrderId } from "../../domain/ids.ts";
import { readNotices } from "../../persistence/shop/notices.ts";
import { EMPTY_QUERY } from "../../domain/simulation/simulated-query.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { creditsOfOrders } from "../../persistence/store-credit/store-credits.ts";
import { creditGiven } from "../../persistence/measurement/roi-costs.ts";
import { endMove, movesOf, openMove } from "../../persistence/store-credit/credit-moves.ts";
import type { FlowContext } from "../context.ts";
import { readActivity } from "../activity/read-activity.ts";
import { saveOffer } from "../offers/save-offer.ts";
import { redactCustomer } from "../customers/redact-customer.ts";
import { readOrderOffers } from "../simulator/read-order-offers.ts";
import { simulateCart } from "../simulator/simulate-cart.ts";
import { syncOrder } from "../orders/sync-order.ts";
import { publishOffers } from "../publishing/publish-offers.ts";
import { refreshShop } from "../shop/refresh-shop.ts";
import { settleStoreCredits } from "./settle-store-credits.ts";

let now = Date.parse("2026-11-20T12:00:00Z");
let app: WiredApp;
let shop: DevShop;
let server: ShopServer;
let offer: CreditShop["offer"];
let placed: CreditShop["order"];

beforeAll(async () => {
  ({ app, shop, offer, order: placed } = await startCreditShop(() => now));
  server = app.store.shops.get(app.shop)!;
});
afterAll(() => app.close());

const status = async () => (await readFirstOffer(app.shop, "bought-together", app.context)).status;
const activity = async () => {
  const [latest] = (await readActivity(app.shop, 1, app.context)).rows;
  return { kind: latest!.kind, who: latest!.who };
};
const notices = () => inShop(app.context.database, app.shop, readNotices);
const noticeCodes = async () => (await notices()).map(({ code }) => code);
const settle = (context: FlowContext = app.context) => settleStoreCredits(app.shop, context);
const bare = (id: OrderId) => id.slice(id.lastIndexOf("/") + 1);
const creditOf = async (id: OrderId) =>
  (await inShop(app.context.database, app.shop, (tx) => creditsOfOrders(tx, [id])))[0];
const accountOf = (customer: string) =>
  [...(shop.creditAccounts?.values() ?? [])].find((one) => one.customerId === customer);
const transactionsOf = (customer: string) =>
  (accountOf(customer)?.transactions ?? []).map(({ kind, minor }) => [kind, minor]);
const wait = (days: number) => (now += days * DAY_MS);
async function changed(id: OrderId, change: (server: ShopServer) => unknown): Promise<void> {
  change(server);
  await syncOrder(app.shop, id, app.context);
}

test("a paid order with the whole set earns credit once its days are over, and once only", async () => {
  const id = await placed(setOf("60"));
  await settle();
  expect(transactionsOf("60")).toEqual([]);
  wait(14);
  await settle();
  await settle();
  await syncOrder(app.shop, id, app.context);
  await settle();
  expect(transactionsOf("60")).toEqual([["credit", 400]]);
  expect(accountOf("60")!.transactions[0]!.expiresAt).toBe(Math.floor((now + 365 * DAY_MS) / 1000) * 1000);
  expect(await creditOf(id)).toMatchObject({ creditedMinor: 400, worthMinor: 400, nextAt: null, reason: null });
});

test("the order's block says what is given when, and what was given", async () => {
  const id = await placed(setOf("70"));
  const credits = async () => (await readOrderOffers(app.shop, id, "en", app.context))!.credits;
  const dueAt = new Date(now + 14 * DAY_MS).toISOString();
  const none = { offer: "Bought together", currency: "USD", given: "0.00", takenBack: "0.00", lost: "0.00", dueAt };
  expect(await credits()).toEqual([{ ...none, reason: "waiting" }]);
  wait(14);
  await settle();
  expect(await credits()).toEqual([{ ...none, given: "4.00", reason: null }]);
});

test("the simulator says what a cart earns, and what is missing for it", async () => {
  const outcome = async (...products: string[]) => {
    const lines = products.map((product) => ({
      variant: `9${product}`,
      quantity: 1,
      subscription: false,
      priceMinor: null,
    }));
    const { offers } = await simulateCart(app.shop, { ...EMPTY_QUERY, lines }, app.context);
    return offers.find(({ type }) => type === "bought-together")!.outcome;
  };
  expect(await outcome("101", "102")).toEqual({ code: "earns-credit", creditMinor: 400, waitDays: 14 });
  expect(await outcome("101")).toEqual({ code: "products-missing", products: ["102"] });
});

test("credit counts as a cost, until it is taken back", async () => {
  const costs = () =>
    inShop(app.context.database, app.shop, (tx) =>
      creditGiven(tx, { from: new Date(now - 60 * DAY_MS), to: new Date(now), currency: "USD" }),
    );
  const before = await costs();
  const id = await placed(setOf("71"));
  wait(14);
  await settle();
  expect((await costs()) - before).toBe(400);
  await changed(id, (store) => store.cancel(bare(id)));
  await settle();
  expect((await costs()) - before).toBe(0);
});

test("the database keeps one open move and one credit of an order, whatever its callers believe", async () => {
  const id = await placed(setOf("73"));
  const name = { orderId: id, offerNumber: (await creditOf(id))!.offerNumber };
  const move = { kind: "credit", currency: "USD", minor: 5, askedAt: new Date(now), expiresAt: null } as const;
  const inTransaction = <T>(work: (tx: ShopTransaction) => Promise<T>) => inShop(app.context.database, app.shop, work);
  await inTransaction((tx) => openMove(tx, name, { ...move, place: 0 }));
  await expect(inTransaction((tx) => openMove(tx, name, { ...move, place: 1 }))).rejects.toThrow();
  const done = { place: 0, transactionId: "gid://shopify/StoreCreditAccountCreditTransaction/1", worth: 1 };
  await inTransaction((tx) => endMove(tx, name, { ...done, now: new Date(now) }));
  await expect(inTransaction((tx) => openMove(tx, name, { ...move, place: 1 }))).rejects.toThrow();
  await inTransaction((tx) => openMove(tx, name, { ...move, kind: "debit", place: 1 }));
  await expect(inTransaction((tx) => endMove(tx, name, { ...done, place: 1, now: new Date(now) }))).rejects.toThrow();
});

test("a redacted customer's orders name no transaction any more", async () => {
  const id = await placed(setOf("72"));
  wait(14);
  await settle();
  const credit = (await creditOf(id))!;
  const transactions = async () =>
    (await inShop(app.context.database, app.shop, (tx) => movesOf(tx, credit))).map((move) => move.transactionId);
  expect(await transactions()).toEqual([expect.stringContaining("StoreCreditAccountCreditTransaction")]);
  await redactCustomer(app.shop, { customerId: "72", orderIds: [bare(id)] }, app.context);
  expect(await transactions()).toEqual([null]);
});

test("an order without the whole set earns nothing, whatever its lines claim", async () => {
  const lines = [{ variantId: "9101", properties: { _tsuide: "bt-1-101/product" } }, { variantId: "9103" }];
  expect(await creditOf(await placed({ lines, customerId: "61" }))).toBeUndefined();
});

test("the discount Function reads nothing of it", () => {
  const published = [...shop.metafields.values()].filter(({ ownerId }) => ownerId.endsWith("/101"));
  expect(published.find(({ key }) => key === "offers")!.value).toContain('"store-credit"');
  expect(published.find(({ key }) => key === "rules")).toBeUndefined();
});

test("nothing is given before an order is paid", async () => {
  const id = await placed(setOf("62", { isPending: true }));
  wait(14);
  await settle();
  expect(await creditOf(id)).toMatchObject({ creditedMinor: 0, reason: "not-paid" });
  await changed(id, (store) => store.markPaid(bare(id)));
  await settle();
  expect(transactionsOf("62")).toEqual([["credit", 400]]);
});

test("an order without a customer earns nothing, and says why", async () => {
  const id = await placed(setOf(undefined));
  wait(14);
  await settle();
  expect(await creditOf(id)).toMatchObject({ creditedMinor: 0, reason: "no-customer", nextAt: null });
});

test("what is cancelled before the credit is given is never given", async () => {
  const id = await placed(setOf("63"));
  await changed(id, (store) => store.cancel(bare(id)));
  wait(14);
  await settle();
  expect(await creditOf(id)).toMatchObject({ creditedMinor: 0, reason: "nothing-owed" });
  expect(transactionsOf("63")).toEqual([]);
});

test("what is given back after the credit takes back what is left of it, and says what could not be", async () => {
  const id = await placed(setOf("64"));
  wait(14);
  await settle();
  const account = accountOf("64")!;
  const [first] = account.transactions;
  const spent = { ...first!, id: "1", kind: "debit" as const, minor: 150, remainingMinor: 0 };
  server.changes.putCreditAccount({ ...account, transactions: [{ ...first!, remainingMinor: 250 }, spent] });
  await changed(id, (store) =>
    store.refund(bare(id), [{ lineId: shop.orders.get(bare(id))!.lines[1]!.id, quantity: 1 }]),
  );
  await settle();
  await settle();
  expect(transactionsOf("64")).toEqual([
    ["credit", 400],
    ["debit", 150],
    ["debit", 250],
  ]);
  expect(await creditOf(id)).toMatchObject({ takenBackMinor: 250, lostMinor: 150, worthMinor: 150, reason: "spent" });
});

test("without the permission it waits, and is given once that is there again", async () => {
  const { scopes } = shop.installation;
  const id = await placed(setOf("65"));
  wait(14);
  const all = [...scopes];
  app.store.context(app.shop).setScopes(all.filter((scope) => !scope.includes("store_credit")));
  await settle();
  expect(await creditOf(id)).toMatchObject({ creditedMinor: 0 });
  const notices = async () => (await inShop(app.context.database, app.shop, readNotices)).map(({ code }) => code);
  expect(await notices()).toContain("credit-waits");
  app.store.context(app.shop).setScopes(all);
  wait(1);
  await settle();
  expect(transactionsOf("65")).toEqual([["credit", 400]]);
  expect(await notices()).not.toContain("credit-waits");
});

test("shoppers are promised nothing that the app may not give, and staff are notified", async () => {
  const published = () => [...shop.metafields.values()].map(({ value }) => value).join();
  const allow = async (scopes: readonly string[]) => {
    app.store.context(app.shop).setScopes([...scopes]);
    await refreshShop(app.shop, app.context);
    await publishOffers(app.shop, app.context);
  };
  const all = [...shop.installation.scopes];
  expect(published()).toContain('"store-credit"');

  await allow(all.filter((scope) => !scope.includes("store_credit_account_transactions")));
  expect(published()).not.toContain('"store-credit"');
  expect((await notices()).find(({ code }) => code === "credit-not-allowed")).toMatchObject({
    details: { count: 1, offers: [{ number: 1, type: "bought-together" }] },
  });
  now += 2 * 3_600_000;
  expect(await creditOf(await placed(setOf("73")))).toBeUndefined();
  await offer({ kind: "percent", basisPoints: 500 });
  expect(await noticeCodes()).not.toContain("credit-not-allowed");
  await offer(PERCENT);
  expect(await noticeCodes()).toContain("credit-not-allowed");

  await allow(all);
  expect(published()).toContain('"store-credit"');
  expect(await noticeCodes()).not.toContain("credit-not-allowed");
  expect(await creditOf(await placed(setOf("74")))).toMatchObject({ creditedMinor: 0 });
});

test("an offer that ends gives what earlier orders were promised, and promises nothing more", async () => {
  const before = await placed(setOf("66"));
  await offer(PERCENT, "paused");
  now += 2 * 3_600_000;
  const after = await placed(setOf("67"));
  expect(await creditOf(after)).toBeUndefined();
  wait(14);
  await settle();
  expect(await creditOf(before)).toMatchObject({ creditedMinor: 400 });
  await offer(PERCENT);
});

test("an offer is paused once its budget is promised, and every order placed before gets its credit", async () => {
  now += 2 * 3_600_000;
  const { rows } = await app.context.database.pool.query<{ minor: string }>(
    "SELECT sum(credited_minor - taken_back_minor) AS minor FROM store_credits",
  );
  await offer({ ...PERCENT, budget: { USD: Number(rows[0]!.minor) + 800 } });
  const first = await placed(setOf("68"));
  await settle();
  expect(await status()).toBe("active");
  const second = await placed(setOf("69"));
  const third = await placed(setOf("71"));
  await settle();
  expect(await status()).toBe("paused");
  await publishOffers(app.shop, app.context);
  expect(await activity()).toEqual({ kind: "offer-paused-budget", who: "automatic" });
  expect((await notices()).find(({ code }) => code === "credit-spent")).toMatchObject({
    details: { count: 1, offers: [{ number: 1, type: "bought-together", name: expect.any(String) as string }] },
  });
  now += 2 * 3_600_000;
  expect(await creditOf(await placed(setOf("72")))).toBeUndefined();
  wait(14);
  await settle();
  for (const id of [first, second, third]) expect(await creditOf(id)).toMatchObject({ creditedMinor: 400 });
  await offer(PERCENT);
  await settle();
  expect(await noticeCodes()).not.toContain("credit-spent");
});

test("an order that earns credit has budgets looked at soon", async () => {
  await placed(setOf("73"));
  const { rows } = await app.context.database.pool.query(
    `SELECT run_at <= now() + interval '1 minute' AS soon FROM graphile_worker._private_jobs j
     JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'settle-store-credits'`,
  );
  expect(rows).toEqual([{ soon: true }]);
});

test("an offer with credit is for all shoppers", async () => {
  const { number, version, content } = await readFirstOffer(app.shop, "bought-together", app.context);
  const audience = { ...content!.audience, shoppers: [[{ shopper: "customer", who: "guest" }]] };
  expect(await saveOffer(app.shop, { number, version }, { ...content, audience }, app.context)).toMatchObject({
    errors: { "audience.shoppers": "not-with-credit" },
  });
});

/** A context whose calls that move money end in a lost connection: before Shopify has done it, or after. */
function losingCalls(when: "before" | "after"): FlowContext {
  const { client } = app.context.gateway;
  const lost: typeof client.query = async (...given) => {
    const isMove = /mutation/.test(given[1].document);
    if (isMove && when === "before") throw new Error("The worker ends");
    const answer = await client.query(...given);
    if (isMove) throw new Error("The worker ends");
    return answer;
  };
  const gateway = new Proxy(app.context.gateway, {
    get: (target, name, receiver): unknown =>
      name === "client" ? { query: lost } : Reflect.get(target, name, receiver),
  });
  return { ...app.context, gateway };
}

/** As a worker that is killed: nothing that follows the call is noted. */
async function killed(when: "before" | "after"): Promise<void> {
  const pool = app.context.database.pool;
  await pool.query(
    "CREATE OR REPLACE FUNCTION no_note() RETURNS trigger AS 'BEGIN RAISE EXCEPTION ''killed''; END' LANGUAGE plpgsql",
  );
  await pool.query("CREATE TRIGGER no_note BEFORE UPDATE ON credit_moves FOR EACH ROW EXECUTE FUNCTION no_note()");
  await settle(losingCalls(when)).catch(() => undefined);
  await pool.query("DROP TRIGGER no_note ON credit_moves");
}

let customer = 1_000;

test("whenever workers are killed and however often jobs run, an order is credited once and never below zero", async () => {
  const step = fc.oneof(
    fc.constant("run" as const),
    fc.constant("killed-before" as const),
    fc.constant("killed-after" as const),
    fc.constant("read-again" as const),
    fc.constant("refund" as const),
    fc.constant("later" as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      now += 2 * DAY_MS;
      const who = String(customer++);
      const id = await placed(setOf(who));
      wait(14);
      for (const one of steps) {
        if (one === "run") await settle();
        if (one === "killed-before" || one === "killed-after")
          await killed(one === "killed-before" ? "before" : "after");
        if (one === "read-again") await syncOrder(app.shop, id, app.context);
        if (one === "later") now += 700_000;
        const line = shop.orders.get(bare(id))!.lines[0]!;
        if (one === "refund" && line.currentQuantity > 0) {
          await changed(id, (store) => store.refund(bare(id), [{ lineId: line.id, quantity: 1 }]));
        }
      }
      for (let round = 0; round < 4; round++) {
        now += 700_000;
        await settle();
      }
      const all = transactionsOf(who);
      const wanted = steps.includes("refund") ? 0 : 400;
      const sum = all.reduce((total, [kind, minor]) => total + (kind === "credit" ? 1 : -1) * (minor as number), 0);
      expect(sum).toBe(wanted);
      expect(all.filter(([kind]) => kind === "credit").length).toBeLessThanOrEqual(1);
      const credit = (await creditOf(id))!;
      expect(credit).toMatchObject({ nextAt: null, worthMinor: wanted });
      const moves = await inShop(app.context.database, app.shop, (tx) => movesOf(tx, credit));
      expect(moves.filter(({ isDone }) => isDone === true)).toHaveLength(all.length);
    }),
    { numRuns: 12 },
  );
});

test("orders of before the offer earn nothing", async () => {
  const old = smallOrder("7000", ["101", "102"], Date.parse("2026-10-01T00:00:00Z"));
  shop.orders.set(old.id, old);
  await syncOrder(app.shop, gid("Order", "7000"), app.context);
  expect(await creditOf(gid("Order", "7000"))).toBeUndefined();
});
