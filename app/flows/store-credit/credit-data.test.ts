import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CreditShop, setOf, startCreditShop } from "../../../test/fixtures/credit-shop.ts";
import { pageRequest } from "../../../test/fixtures/page-requests.ts";
import { bareNumber, type OrderId } from "../../domain/ids.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { runJob } from "../../jobs/run-job.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { movesOf } from "../../persistence/store-credit/credit-moves.ts";
import { creditsOfOrders } from "../../persistence/store-credit/store-credits.ts";
import * as fileRoute from "../../routes/app.results.file.tsx";
import type { CustomerData } from "../customers/export-customer-data.ts";
import { listDataRequests } from "../customers/data-requests.ts";
import { redactShop } from "../shop/uninstall-shop.ts";
import { settleStoreCredits } from "./settle-store-credits.ts";

const START = Date.parse("2026-11-20T12:00:00Z");
let now = START;
let credit: CreditShop;

beforeAll(async () => {
  credit = await startCreditShop(() => now);
});
afterAll(() => credit.app.close());

const context = () => credit.app.context;
const inTheShop = <T>(work: Parameters<typeof inShop<T>>[2]) => inShop(context().database, credit.app.shop, work);
async function waitAndSettle(): Promise<void> {
  now += 14 * DAY_MS;
  await settleStoreCredits(credit.app.shop, context());
}
const creditOf = async (id: OrderId) => (await inTheShop((tx) => creditsOfOrders(tx, [id])))[0]!;
const transactions = async (id: OrderId) => {
  const name = await creditOf(id);
  return (await inTheShop((tx) => movesOf(tx, name))).map(({ transactionId }) => transactionId);
};
const redact = (customerId: string, id: OrderId) =>
  runJob("redact-customer", { shop: credit.app.shop, customerId, orderIds: [bareNumber(id)] }, context());
const given = (customer: string) =>
  [...(credit.shop.creditAccounts?.values() ?? [])]
    .filter(({ customerId }) => customerId === customer)
    .flatMap((account) => account.transactions.map(({ kind, minor }) => [kind, minor]));

test("a customer who asks for their data is given the store credit of their orders, and nobody else's", async () => {
  const theirs = await credit.order(setOf("80"));
  await credit.order(setOf("81"));
  await waitAndSettle();
  const body = { shop: credit.app.shop, customerId: "80", orderIds: [], requestId: "7001" };
  await runJob("export-customer-data", body, context());
  const { requests } = await listDataRequests(credit.app.shop, context());
  const { credits, orders } = JSON.parse(requests[0]!.file) as CustomerData;
  expect(orders.map(({ orderId }) => orderId)).toEqual([theirs]);
  const givenAt = new Date(now).toISOString();
  expect(credits).toEqual([
    {
      ...{ orderId: theirs, offer: 1, price: "39.98", priceCurrency: "USD", currency: "USD" },
      products: ["gid://shopify/Product/101", "gid://shopify/Product/102"],
      terms: { kind: "store-credit", basisPoints: 1_000, waitDays: 14, expiryDays: 365 },
      ...{ dueAt: new Date(now).toISOString(), given: "4.00", givenAt, takenBack: "0.00", spent: "0.00", reason: null },
      transactions: [
        {
          ...{ kind: "credit", amount: "4.00", askedAt: givenAt, done: true, id: (await transactions(theirs))[0] },
          expiresAt: new Date(now + 365 * DAY_MS).toISOString(),
        },
      ],
    },
  ]);
});

test("the merchant's file has the store credit of a period's orders, in what was paid in", async () => {
  const waiting = await credit.order(setOf("82"));
  const args = (shop: string) => ({
    request: pageRequest("/app/results/file?file=credits&range=30", { shop }),
    ...{ params: {}, context: credit.app.loadContext },
  });
  const response = await fileRoute.loader(args(credit.app.shop));
  const [head, ...rows] = parse(new TextDecoder().decode(await response.arrayBuffer())) as string[][];
  expect(head!.slice(-4)).toEqual([
    "Store credit given",
    "Taken back",
    "Spent before it could be taken back",
    "Currency",
  ]);
  expect(rows.map((row) => [row[4], ...row.slice(-4)])).toEqual([
    ["given", "4.00", "0.00", "0.00", "USD"],
    ["given", "4.00", "0.00", "0.00", "USD"],
    ["to be given", "0.00", "0.00", "0.00", "USD"],
  ]);
  expect(rows.at(-1)![2]).toBe(bareNumber(waiting));
});

test("a redacted customer is given nothing any more, and no later transaction of theirs is noted", async () => {
  const [givenBefore, waiting] = [await credit.order(setOf("83")), await credit.order(setOf("84"))];
  await redact("84", waiting);
  await waitAndSettle();
  expect(given("84")).toEqual([]);
  expect(await creditOf(waiting)).toMatchObject({ creditedMinor: 0, reason: "no-customer", nextAt: null });
  expect(given("83")).toEqual([["credit", 400]]);
  await redact("83", givenBefore);
  expect(await transactions(givenBefore)).toEqual([null]);
  expect(await creditOf(givenBefore)).toMatchObject({ creditedMinor: 400 });
});

test("a redacted customer's next request says nothing of store credit", async () => {
  await runJob("export-customer-data", { shop: credit.app.shop, customerId: "83", orderIds: [] }, context());
  const { requests } = await listDataRequests(credit.app.shop, context());
  expect(requests.map(({ file }) => (JSON.parse(file) as CustomerData).credits.length).toSorted()).toEqual([0, 1]);
});

test("nothing of store credit stays of a shop that Shopify asks to forget", async () => {
  const rows = async () => {
    const { pool } = context().database;
    const counts = ["credit_promises", "store_credits", "credit_moves"].map(async (table) => {
      const { rows: found } = await pool.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${table}`);
      return found[0]!.rows;
    });
    return Promise.all(counts);
  };
  expect(await rows()).toEqual([expect.any(Number), 5, 4]);
  await redactShop(credit.app.shop, context());
  expect(await rows()).toEqual([0, 0, 0]);
});
