/**
 * Whether the app's figures hold the truth, in simulated shops of which it is known what each shopper would do with offers
 * and without them:
 *
 *   npm run bench -- shops [--shops 100] [--first-seed 1] [--file FILE] [--in-memory 2000]
 *
 * With a file, what earlier runs with other seeds have written there is counted too. As many shops as are to be in memory
 * are added up without the app: that takes a moment each, and is what Results shows wherever its figures equal these sums.
 * All shops of the app share one PostgreSQL. Past orders are imported from the dev store, shoppers are split as the published split
 * says, browsers' events come to the app's server by HTTP, and orders, refunds and cancellations by webhook and Shopify's
 * Admin API. What is compared with the truth is what the pages Results and Experiment show.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readExperiment } from "../../app/flows/measurement/experiments/read-experiment.ts";
import { readResultsEffect } from "../../app/flows/measurement/read-results-effect.ts";
import type { PublishedExperiment, PublishedSplit } from "../../app/domain/measurement/experiments/published-split.ts";
import { SLOTS } from "../../app/domain/measurement/experiments/slot.ts";
import { capped } from "../../app/domain/statistics/capped-values.ts";
import { isSplitWrong } from "../../app/domain/statistics/sample-ratio.ts";
import { seededRandom } from "../dev-store/shop/random.ts";
import { demoOrderTotals } from "../fixtures/demo-orders.ts";
import { potentialShoppers, TREATMENTS, wouldSpend } from "../fixtures/potential-shoppers.ts";
import { drawnFrom, logNormal } from "../fixtures/simulated-experiments.ts";
import { type OpenedShop, SimulatedShops } from "../fixtures/simulated-days.ts";
import {
  capOf,
  END,
  heldOutAndShown,
  type Look,
  PERIOD,
  type ShopKind,
  type SimulatedShop,
  simulatedShop,
  START,
  trueGain,
  trueUplift,
} from "../fixtures/simulated-shop.ts";
import type { WiredApp } from "../fixtures/wire-app-to.ts";
import { startBenchDatabase } from "./bench-database.ts";
import { printHead, printRow, type Shown } from "./coverage-table.ts";

/** As the shops' first experiment is published. */
const EXPERIMENT = 1;
/** Standard errors of an interval at 95 %. */
const Z = 1.959964;
/** Pages show whole units of the currency. */
const ROUNDING = 2;
/** Shops whose days pass together. */
const AT_ONCE = 5;
/** Shoppers of each kind by whom it is known what offers add, and how many are made at a time. */
const POOL = 200_000;
const POOL_STEP = 20_000;

const usual = { shoppers: 3_500, pastBuyers: 1_000, holdoutPercent: 20 };
const better = {
  conversion: { nothing: 0.2, first: 0.24, second: 0.26 },
  adds: { nothing: 0, first: 0.15, second: 0.25 },
};
const useless = { conversion: { nothing: 0.2, first: 0.2, second: 0.2 }, adds: { nothing: 0, first: 0, second: 0 } };
/** The logarithm of the order values of Online Retail has a standard deviation of 1.21. */
const wide = logNormal("log-normal, σ 1.2", 5_000, 1.2);
const demo = drawnFrom("the demo's orders", demoOrderTotals());
const KINDS: readonly ShopKind[] = [
  { ...usual, ...better, spending: wide, name: "log-normal, σ 1.2: more buy, and buy more" },
  { ...usual, ...better, spending: demo, name: "the demo's orders: more buy, and buy more" },
  { ...usual, ...useless, spending: wide, name: "log-normal, σ 1.2: offers do nothing" },
  {
    ...usual,
    ...better,
    shoppers: 6_000,
    holdoutPercent: 10,
    spending: demo,
    name: "the demo's orders, holdout of 10 %",
  },
];

/** Incremental revenue in the smallest unit of the currency. */
interface Uplift extends Shown {
  readonly estimate: number;
  /** The truth by very many shoppers of this kind. */
  readonly planted: number;
}

/** What one shop's pages show; null for no figure. */
interface Compared {
  readonly seed: number;
  readonly uplift: Uplift | null;
  readonly gain: (Shown & { readonly isFinal: boolean }) | null;
}

const { values } = parseArgs({
  options: {
    shops: { type: "string", default: "100" },
    "first-seed": { type: "string", default: "1" },
    file: { type: "string" },
    "in-memory": { type: "string", default: "2000" },
  },
});
const [count, firstSeed, { file }] = [Number(values.shops), Number(values["first-seed"]), values];
const folder = mkdtempSync(join(tmpdir(), "tsuide-bench-"));
const postgres = await startBenchDatabase(folder);
const pools = new Map<ShopKind, readonly (readonly number[])[]>();
const compared = new Map(earlierOnes().map((one) => [one.seed, one]));
const startedAt = performance.now();
try {
  for (let from = 0; from < count; from += AT_ONCE) {
    const seeds = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, n) => firstSeed + from + n);
    for (const one of await compare(seeds)) compared.set(one.seed, one);
    if (file !== undefined) writeFileSync(file, JSON.stringify([...compared.values()]));
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    process.stderr.write(`${from + seeds.length} of ${count} shops after ${seconds} s\n`);
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
printHead();
const all = [...compared.values()];
printKinds(all, "", (shops) => printShops(shops));
const inMemory = Array.from({ length: Number(values["in-memory"]) }, (_, n) => {
  const seed = firstSeed + n;
  return { seed, uplift: upliftInMemory(simulatedShop(kindOf(seed), seed)) };
});
printKinds(inMemory, " (sums over shoppers alone)", (shops) =>
  printUplifts(shops.flatMap(({ uplift }) => uplift ?? [])),
);

function earlierOnes(): Compared[] {
  return file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Compared[]) : [];
}

function kindOf(seed: number): ShopKind {
  return KINDS[seed % KINDS.length]!;
}

async function compare(seeds: readonly number[]): Promise<Compared[]> {
  const shops = seeds.map((seed) => simulatedShop(kindOf(seed), seed));
  const simulated = await SimulatedShops.on({ url: postgres.url, drop: async () => {} }, shops);
  try {
    const opened = await simulated.open(shops);
    await simulated.letDaysPass(opened);
    const all: Compared[] = [];
    for (const [place, one] of opened.entries()) {
      const { app } = simulated;
      all.push({ seed: seeds[place]!, uplift: await upliftOf(one, app), gain: await gainOf(one, app) });
    }
    return all;
  } finally {
    await simulated.close();
  }
}

/** What the page Results shows. */
async function upliftOf({ shop, split, experiment }: OpenedShop, { context }: WiredApp): Promise<Compared["uplift"]> {
  const { incremental } = await readResultsEffect(shop.domain, { range: PERIOD, by: "offer" }, context);
  if (incremental.kind !== "estimate") return null;
  const look = { split, experiment, until: END, cap: capOf(shop, END) };
  const [low, high, estimate] = [incremental.low, incremental.high, incremental.estimate].map(
    (money) => money.amountMinor,
  );
  const added = addedUp(shop, look);
  const isSame = Math.abs(added.low - low!) < ROUNDING && Math.abs(added.high - high!) < ROUNDING;
  if (!isSame) process.stderr.write(`${shop.domain}: Results differs from the sums over its shoppers\n`);
  return { ...added, low: low!, high: high!, estimate: estimate! };
}

/** What Results has to show, by sums over the shop's shoppers. */
function addedUp(shop: SimulatedShop, look: Look): Uplift {
  const { heldOut, shown } = heldOutAndShown(shop, look);
  const estimate = (shown.mean - heldOut.mean) * shown.shoppers;
  const error = Math.sqrt(shown.variance / shown.shoppers + heldOut.variance / heldOut.shoppers) * shown.shoppers;
  return {
    ...{ estimate, low: estimate - Z * error, high: estimate + Z * error },
    truth: trueUplift(shop, look) * shown.shoppers,
    planted: plantedUplift(shop.kind, look.cap) * shown.shoppers,
  };
}

/** The same of a shop that no app knows; null where its split looks wrong by chance. */
function upliftInMemory(shop: SimulatedShop): Uplift | null {
  const holdoutSlots = (shop.kind.holdoutPercent / 100) * SLOTS;
  const arms: PublishedExperiment[4] = [
    [1, []],
    [1, []],
  ];
  const split: PublishedSplit = [1, shop.salt, holdoutSlots, [[EXPERIMENT, `e${EXPERIMENT}`, 0, SLOTS, arms]]];
  const look = { split, experiment: EXPERIMENT, until: END, cap: capOf(shop, END) };
  const { heldOut, shown } = heldOutAndShown(shop, look);
  const isWrong = isSplitWrong([heldOut.shoppers, shown.shoppers], [holdoutSlots, SLOTS - holdoutSlots]);
  return isWrong ? null : addedUp(shop, look);
}

/** What the experiment's page shows of the latest look. */
async function gainOf({ shop, split, experiment }: OpenedShop, { context }: WiredApp): Promise<Compared["gain"]> {
  const page = await readExperiment(shop.domain, experiment, context);
  const last = page?.looks.at(-1);
  const gain = last?.gains[0];
  if (page === null || last === undefined || gain == null) return null;
  const look = { split, experiment, until: Date.parse(last.at), cap: capOf(shop, START) };
  return { low: gain.low, high: gain.high, truth: trueGain(shop, look), isFinal: page.reading?.isFinal === true };
}

/** What offers add to the spending of a shopper of a kind, by very many of them; half are shown each offer. */
function plantedUplift(kind: ShopKind, cap: number | null): number {
  const pool = pools.get(kind) ?? TREATMENTS.map(() => []);
  const random = seededRandom(KINDS.indexOf(kind));
  const some = { count: POOL_STEP, from: START, until: END, firstCustomer: 1 };
  while (pool[0]!.length < POOL) {
    for (const shopper of potentialShoppers(random, kind, some)) {
      TREATMENTS.forEach((shown, place) => (pool[place] as number[]).push(wouldSpend(shopper, shown, END, null)));
    }
  }
  pools.set(kind, pool);
  const [nothing, first, second] = pool.map(
    (spent) => spent.reduce((sum, minor) => sum + capped(minor, cap), 0) / spent.length,
  );
  return (first! + second!) / 2 - nothing!;
}

/** The rows of all shops together, and of those of each kind. */
function printKinds<Shop extends { readonly seed: number }>(
  shops: readonly Shop[],
  note: string,
  printRows: (shops: readonly Shop[]) => void,
): void {
  for (const kind of [null, ...KINDS]) {
    const ofKind = shops.filter(({ seed }) => kind === null || kindOf(seed) === kind);
    if (ofKind.length === 0) continue;
    process.stdout.write(`| **${kind?.name ?? "all"}**, ${ofKind.length} shops${note} | | | |\n`);
    printRows(ofKind);
  }
}

function printShops(shops: readonly Compared[]): void {
  const gains = shops.flatMap(({ gain }) => gain ?? []);
  printUplifts(shops.flatMap(({ uplift }) => uplift ?? []));
  const [last, earlier] = [gains.filter(({ isFinal }) => isFinal), gains.filter(({ isFinal }) => !isFinal)];
  printRow("Experiment: last look (96 % interval)", last, "95 to 97 %");
  printRow("Experiment: a look before it", earlier, "99 % or more");
}

function printUplifts(uplifts: readonly Uplift[]): void {
  printRow("Results: what offers add for the shop's own shoppers", uplifts, "94 to 96 %");
  const planted = uplifts.map(({ planted: truth, low, high }) => ({ low, high, truth }));
  printRow("Results: what offers add for shoppers of this kind", planted, "94 to 96 %");
  const mean = (pick: (one: Uplift) => number) =>
    (uplifts.reduce((sum, one) => sum + pick(one), 0) / uplifts.length / 100).toFixed(0);
  const means = [({ estimate }: Uplift) => estimate, ({ truth }: Uplift) => truth, (one: Uplift) => one.planted].map(
    mean,
  );
  process.stdout.write(`| means of the figure, of the two truths | ${means.join("; ")} | | |\n`);
}
