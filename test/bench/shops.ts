/**
 * Whether the app's figures hold the truth, in simulated shops of which it is known what each shopper would do with offers
 * and without them:
 *
 *   npm run bench -- shops [--shops 100] [--first-seed 1] [--file FILE]
 *
 * With a file, what earlier runs with other seeds have written there is counted too.
 * All shops share one PostgreSQL. Past orders are imported from the dev store, shoppers are split as the published split
 * says, browsers' events come to the app's server by HTTP, and orders, refunds and cancellations by webhook and Shopify's
 * Admin API. What is compared with the truth is what the pages Results and Experiment show.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readExperiment } from "../../app/flows/measurement/experiments/read-experiment.ts";
import { readResultsEffect } from "../../app/flows/measurement/read-results-effect.ts";
import { capped } from "../../app/domain/statistics/capped-values.ts";
import { binomialUpperTail } from "../../app/domain/statistics/significance.ts";
import { seededRandom } from "../dev-store/shop/random.ts";
import { demoOrderTotals } from "../fixtures/demo-orders.ts";
import { potentialShoppers, TREATMENTS, wouldSpend } from "../fixtures/potential-shoppers.ts";
import { drawnFrom, logNormal } from "../fixtures/simulated-experiments.ts";
import { type OpenedShop, SimulatedShops } from "../fixtures/simulated-days.ts";
import {
  capOf,
  END,
  PERIOD,
  type ShopKind,
  simulatedShop,
  START,
  trueGain,
  trueUplift,
} from "../fixtures/simulated-shop.ts";
import type { WiredApp } from "../fixtures/wire-app-to.ts";
import { startBenchDatabase } from "./bench-database.ts";

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

/** An interval that a page shows, and what it is about. */
interface Shown {
  readonly low: number;
  readonly high: number;
  /** By what this shop's own shoppers would do. */
  readonly truth: number;
}

/** What one shop's pages show; null for no figure. Amounts are in the smallest unit of the currency. */
interface Compared {
  readonly seed: number;
  /** `planted`: the truth by very many shoppers of this kind. */
  readonly uplift: (Shown & { readonly estimate: number; readonly planted: number }) | null;
  readonly gain: (Shown & { readonly isFinal: boolean }) | null;
}

const { values } = parseArgs({
  options: {
    shops: { type: "string", default: "100" },
    "first-seed": { type: "string", default: "1" },
    file: { type: "string" },
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
print();

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
  return {
    ...{ low: low!, high: high!, estimate: estimate! },
    truth: trueUplift(shop, look) * incremental.shown,
    planted: plantedUplift(shop.kind, look.cap) * incremental.shown,
  };
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

function print(): void {
  const line = "| shops | figure | hold the truth | share, and where it surely is | wanted |\n|---|---|---|---|---|\n";
  process.stdout.write(line);
  const all = [...compared.values()];
  printShops(`all ${all.length}`, all);
  for (const kind of KINDS)
    printShops(
      kind.name,
      all.filter(({ seed }) => kindOf(seed) === kind),
    );
}

function printShops(name: string, shops: readonly Compared[]): void {
  if (shops.length === 0) return;
  const uplifts = shops.flatMap(({ uplift }) => uplift ?? []);
  const gains = shops.flatMap(({ gain }) => gain ?? []);
  printRow(name, "Results: incremental revenue", uplifts, "94 to 96 %");
  printRow(
    "",
    "the same, truth by very many shoppers",
    uplifts.map(({ planted, ...one }) => ({ ...one, truth: planted })),
    "94 to 96 %",
  );
  printRow(
    "",
    "Experiment: last look (96 % interval)",
    gains.filter(({ isFinal }) => isFinal),
    "95 to 97 %",
  );
  printRow(
    "",
    "Experiment: looks before it",
    gains.filter(({ isFinal }) => !isFinal),
    "99 % or more",
  );
  const mean = (pick: (one: (typeof uplifts)[number]) => number) =>
    (uplifts.reduce((sum, one) => sum + pick(one), 0) / uplifts.length / 100).toFixed(0);
  const figures = `${mean(({ estimate }) => estimate)}; ${mean(({ truth }) => truth)}; ${mean(({ planted }) => planted)}`;
  const without = shops.length - uplifts.length;
  process.stdout.write(
    `| | means of estimate, truth, planted; shops without a figure | ${figures}; ${without} | | |\n`,
  );
}

function printRow(shops: string, figure: string, intervals: readonly Shown[], wanted: string): void {
  if (intervals.length === 0) return;
  const held = intervals.filter(({ low, high, truth }) => low <= truth && truth <= high).length;
  const [low, high] = exactInterval(held, intervals.length);
  const share = `${percent(held / intervals.length)} (${percent(low)} to ${percent(high)})`;
  process.stdout.write(`| ${shops} | ${figure} | ${held} of ${intervals.length} | ${share} | ${wanted} |\n`);
}

/** Clopper & Pearson's interval of a share (Biometrika 1934), at 95 %. */
function exactInterval(hits: number, trials: number): [number, number] {
  const solve = (isBelow: (share: number) => boolean) => {
    let [low, high] = [0, 1];
    for (let step = 0; step < 50; step++) {
      const middle = (low + high) / 2;
      if (isBelow(middle)) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  const least = hits === 0 ? 0 : solve((share) => binomialUpperTail(hits, trials, share) < 0.025);
  const most = hits === trials ? 1 : solve((share) => 1 - binomialUpperTail(hits + 1, trials, share) > 0.025);
  return [least, most];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
