/**
 * What it takes until an order that comes is in the counts, and to read counts with such deltas:
 *
 *   npm run bench -- new-orders FILE     the latest orders of a file come to a shop that has the others
 *
 * Into a PostgreSQL of its own, by the app's own flows. "Into the counts" is the one statement of an order's
 * transaction that counts it; "the whole order" is its webhook's job but for the question to Shopify.
 */
import type { ProductId } from "../../app/domain/ids.ts";
import { countOrders } from "../../app/flows/mining/count-orders.ts";
import { lockCounts, mergeDeltas, readUnmergedBaskets } from "../../app/flows/mining/merge-deltas.ts";
import { recountFromOrders } from "../../app/flows/mining/recount-associations.ts";
import { readAssociations } from "../../app/persistence/mining/counts/associations.ts";
import { inShop, streamInShop } from "../../app/persistence/database/in-shop.ts";
import { findOrder } from "../../app/persistence/orders/orders.ts";
import { saveFetchedOrders } from "../../app/persistence/orders/save-orders.ts";
import { openBenchShop } from "./bench-shop.ts";

const NEW_ORDERS = 3_000;
const DELTAS_WAITING = [0, 100, 1_000];
const PRODUCTS_READ = 200;

const { database, shop, close } = await openBenchShop("new-orders", NEW_ORDERS);
const { orders: all, earlier } = shop;
try {
  process.stdout.write(`Counted in ${await timed(recount)} ms\n\n`);
  await printTimes();
} finally {
  await close();
}

async function printTimes(): Promise<void> {
  const half = (earlier + all) >> 1;
  printRow("milliseconds", ["p50", "p99", "most"]);
  printFigures("a statement that does nothing", await timesOfNothing());
  printFigures(`into the counts, ${half - earlier} orders`, await timesIntoTheCounts(earlier, half));
  printFigures(`the whole order, ${all - half} orders`, await timesOfOrders(half, all));
  await merge();
  const products = shop.commonProducts(PRODUCTS_READ);
  let waiting = 0;
  for (const deltas of DELTAS_WAITING) {
    // Orders like the latest ones, by other numbers.
    await timesOfOrders(all + waiting, all + deltas);
    waiting = deltas;
    const [singles, pages] = [inGroups(products, 1), inGroups(products, 20)];
    printFigures(`a product read with ${deltas} deltas`, await timesOf(singles, readCounts));
    printFigures(`20 products read with ${deltas} deltas`, await timesOf(pages, readCounts));
  }
  process.stdout.write(`\n${waiting} deltas merged in ${await timed(merge)} ms\n`);
}

/** What the way to the database and back takes on this machine, now. */
async function timesOfNothing(): Promise<number[]> {
  const numbers = Array.from({ length: 500 }, (_, n) => n);
  return inShop(database, shop.domain, (tx) => timesOf(numbers, () => tx.db.$executeRawUnsafe("SELECT 1")));
}

/** The statement alone, within transactions that have stored their order. */
async function timesIntoTheCounts(from: number, to: number): Promise<number[]> {
  const times: number[] = [];
  for (let number = from; number < to; number++) {
    const fetched = shop.fetchedOrder(number);
    await inShop(database, shop.domain, async (tx) => {
      await saveFetchedOrders(tx, [fetched]);
      const order = await findOrder(tx, fetched.order.id);
      const began = performance.now();
      await countOrders(tx, new Map([[fetched.order.id, order]]));
      times.push(performance.now() - began);
    });
  }
  return times;
}

function timesOfOrders(from: number, to: number): Promise<number[]> {
  const numbers = Array.from({ length: to - from }, (_, n) => from + n);
  return timesOf(numbers, (number) => shop.orderComes(number));
}

function readCounts(products: readonly ProductId[]): Promise<unknown> {
  return inShop(database, shop.domain, (tx) => readAssociations(tx, products));
}

function recount(): Promise<unknown> {
  return recountFromOrders(database, shop.domain);
}

/** What learning does with the counts. */
async function merge(): Promise<void> {
  const unmerged = await streamInShop(database, shop.domain, readUnmergedBaskets, { asOfNow: true });
  await streamInShop(database, shop.domain, async (tx) => {
    if (!(await lockCounts(tx, unmerged))) throw new Error("Another process merged deltas");
    await mergeDeltas(tx, unmerged, [], []);
  });
}

function inGroups<One>(all: readonly One[], size: number): One[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}

async function timesOf<One>(all: readonly One[], work: (one: One) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (const one of all) {
    const began = performance.now();
    await work(one);
    times.push(performance.now() - began);
  }
  return times;
}

async function timed(work: () => Promise<unknown>): Promise<string> {
  return (await timesOf([null], work))[0]!.toFixed(0);
}

function printFigures(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  printRow(
    name,
    [at(0.5), at(0.99), at(1)].map((figure) => figure.toFixed(2)),
  );
}

function printRow(name: string, cells: readonly string[]): void {
  process.stdout.write(`${name.padEnd(36)}${cells.map((cell) => cell.padStart(10)).join("")}\n`);
}
