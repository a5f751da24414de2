/**
 * Whether what is called evidence is true, on orders of which it is known what goes together:
 *
 *   npm run bench -- truth [FILE...]     order files, gzip or not
 *
 * Files are graded as they are and with their items shuffled (sizes of baskets and orders of products
 * stay), where every pair called strong or fair is false. In made-up shops nothing goes together, or ten pairs do;
 * pairs drift or have a season; shares change or do not. In a second table experiments are simulated whose effect is
 * known. Each line is measured / wanted.
 */
import { basename } from "node:path";
import { readBaskets } from "../../app/cli/read-baskets.ts";
import { associate, trendOf } from "../../app/domain/mining/evidence/association.ts";
import { BasketTableBuilder, type BasketTable } from "../../app/domain/baskets/basket-table.ts";
import { evidenceLimits } from "../../app/domain/mining/evidence/evidence-limits.ts";
import { learntLists } from "../../app/domain/mining/lists/learnt-lists.ts";
import { ListedCompanions } from "../../app/domain/mining/lists/listed-companions.ts";
import { seasonalAssociations } from "../../app/domain/mining/lists/seasons.ts";
import { countPairs } from "../../app/domain/mining/evidence/pair-counts.ts";
import { buildModel } from "../../app/domain/mining/model/model.ts";
import { seededRandom } from "../dev-store/shop/random.ts";
import {
  shuffledItems,
  independentBaskets,
  plantedBaskets,
  poisson,
  SHOP_KINDS,
  type Basket,
  type Random,
} from "../fixtures/made-up-baskets.ts";
import { printExperiments } from "./truth-experiments.ts";

const LEAST_TOGETHER = 5;
const SHOPS = 40;
/** Pairs of a shop whose seasons are looked for. */
const PAIRS = 20;
const SEASONAL = 2;
/**
 * Planted pairs found in 100, at three strengths, when all orders were taken for alike. Where sizes differ much that
 * called nearly every pair a finding, and says nothing.
 */
const PLANTED_STRENGTHS = [0.1, 0.2, 0.4] as const;
const FOUND_BEFORE: Readonly<Record<string, readonly number[]>> = { "one to five items": [12, 77, 99] };

print("| orders | figure | measured | wanted |");
print("|---|---|---|---|");
for (const file of process.argv.slice(2)) await printFile(file);
for (const kind of SHOP_KINDS) await printShopsWithoutAffinity(kind);
for (const kind of SHOP_KINDS) printPlanted(kind);
for (const months of [13, 18, 24, 36]) printDrift(months);
for (const years of [2, 3]) printSeasons(years);
printTrends();
print("\n| experiments | figure | measured | wanted |");
print("|---|---|---|---|");
printExperiments(printRow);

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function printRow(orders: string, figure: string, measured: string | number, wanted: string): void {
  print(`| ${orders} | ${figure} | ${measured} | ${wanted} |`);
}

async function printFile(file: string): Promise<void> {
  const name = basename(file).replace(/\.csv(\.gz)?$/, "");
  const { table } = await readBaskets(file, () => {});
  const real = gradesOf(table);
  printRow(name, "strong and fair pairs", `${real.strong} and ${real.fair} of ${real.tested}`, "-");
  const baskets = Array.from({ length: table.start.length - 1 }, (_, order) => [
    ...table.items.subarray(table.start[order]!, table.start[order + 1]!),
  ]);
  const shuffled = gradesOf(tableOf(shuffledItems(seededRandom(name.length), baskets)));
  const perTested = (pairs: number) => ((pairs * 100_000) / Math.max(1, shuffled.tested)).toFixed(1);
  printRow(`${name}, shuffled`, "strong pairs in 100,000 tested", perTested(shuffled.strong), "at most 1");
  printRow(`${name}, shuffled`, "fair pairs in 100,000 tested", perTested(shuffled.fair), "at most 5");
}

function tableOf(baskets: readonly Basket[], dayMs = 3_600_000): BasketTable {
  const builder = new BasketTableBuilder();
  baskets.forEach((basket, n) => {
    for (const item of basket) builder.add(`${n}`, null, Date.UTC(2026, 0, 1) + n * dayMs, nameOf(item));
  });
  return builder.build();
}

function nameOf(item: number): string {
  return `p${String(item).padStart(5, "0")}`;
}

/** Grades of all pairs with five orders or more; `found` are the ids of those that are not thin. */
function gradesOf(table: BasketTable) {
  const pairs = countPairs(table, LEAST_TOGETHER);
  const standard = evidenceLimits(pairs);
  const counts = { tested: pairs.partner.length, strong: 0, fair: 0, thin: 0 };
  const found = new Set<string>();
  for (let a = 0; a < pairs.itemOrders.length; a++) {
    for (let at = pairs.start[a]!; at < pairs.start[a + 1]!; at++) {
      const b = pairs.partner[at]!;
      const given = { together: pairs.together[at]!, ordersA: pairs.itemOrders[a]!, ordersB: pairs.itemOrders[b]! };
      const { grade } = associate({ ...given, orders: pairs.orders, firstAt: null, lastAt: null }, standard);
      counts[grade]++;
      if (grade !== "thin") found.add(`${table.itemIds[a]}/${table.itemIds[b]}`);
    }
  }
  return { ...counts, found };
}

type Kind = (typeof SHOP_KINDS)[number];

/** Shops that show a shopper anything, through ranking, lists and grades. */
async function printShopsWithoutAffinity(kind: Kind): Promise<void> {
  const random = seededRandom(kind.orders + kind.products);
  let shops = 0;
  for (let shop = 0; shop < SHOPS; shop++) {
    const table = tableOf(independentBaskets(random, kind));
    if (await showsAny(table)) shops++;
  }
  const name = `made up, ${kind.name}: nothing goes together`;
  printRow(name, "shops with any companion shown", percent(shops / SHOPS), "at most 5 %");
}

async function showsAny(table: BasketTable): Promise<boolean> {
  const model = await buildModel(table);
  const standard = evidenceLimits(countPairs(table, LEAST_TOGETHER));
  const listed = new ListedCompanions(table, model, standard, 90);
  const catalogue = table.itemIds.map((id) => ({
    ...{ id, title: id, kind: "Goods", vendor: null, tags: [], collections: [], priceMinor: 1000 },
    ...{ attributes: [], refundedShare: null, marginShare: null },
  }));
  const lists = [...learntLists(table, model, catalogue, { standard })];
  const isBorrowed = lists.some(({ companions }) => companions.some(({ placedBy }) => placedBy === "similar"));
  return isBorrowed || table.itemIds.some((_, item) => listed.hasEvidence(item));
}

function printPlanted(kind: Kind): void {
  PLANTED_STRENGTHS.forEach((strength, at) => {
    const random = seededRandom(17 * kind.products + at);
    let [planted, found, falseShare] = [0, 0, 0];
    for (let shop = 0; shop < SHOPS; shop++) {
      const { baskets, pairs } = plantedBaskets(random, { ...kind, orders: 2000 }, strength);
      const graded = gradesOf(tableOf(baskets)).found;
      const right = pairs.filter(([a, b]) => graded.has(`${nameOf(a)}/${nameOf(b)}`)).length;
      planted += pairs.length;
      found += right;
      falseShare += (graded.size - right) / Math.max(1, graded.size);
    }
    const wanted = FOUND_BEFORE[kind.name]?.[at];
    const name = `made up, ${kind.name}: ten pairs planted, strength ${strength}`;
    printRow(
      name,
      "planted pairs found",
      percent(found / planted),
      wanted === undefined ? "-" : `at least ${wanted} %`,
    );
    printRow(name, "others among the pairs found, mean of the shops", percent(falseShare / SHOPS), "at most 5 %");
  });
}

/** A shop of twenty pairs that each sell at their own rate per month; `rate` is of a month from 0. */
function pairsByMonth(random: Random, months: number, rate: (pair: number, month: number) => number): BasketTable {
  const builder = new BasketTableBuilder();
  let order = 0;
  for (let month = 0; month < months; month++) {
    for (let pair = 0; pair < PAIRS; pair++) {
      for (let n = poisson(random, rate(pair, month)); n > 0; n--) {
        const at = Date.UTC(2023, month, 1 + (n % 28));
        for (const item of [2 * pair, 2 * pair + 1]) builder.add(`${order}`, null, at, nameOf(item));
        order++;
      }
    }
  }
  return builder.build();
}

/** Seasons found among the first `among` pairs. */
function seasonsFound(table: BasketTable, among = PAIRS): number {
  const index = new Map(table.itemIds.map((id, item) => [id, item]));
  const pairs = Array.from({ length: PAIRS }, (_, n) =>
    [2 * n, 2 * n + 1].map((item) => index.get(nameOf(item)) ?? -1),
  );
  return seasonalAssociations(table, pairs as [number, number][]).filter(({ a }) => a < nameOf(2 * among)).length;
}

/** Half of the pairs rise steadily and half fall: by 3, 6 or 10 % a month. */
function printDrift(months: number): void {
  const random = seededRandom(months);
  let seasons = 0;
  for (let shop = 0; shop < 24; shop++) {
    const factor = [1.03, 1.06, 1.1][shop % 3]!;
    const rate = (pair: number, month: number) => 8 * (pair % 2 === 0 ? factor : 1 / factor) ** (month - months / 2);
    seasons += seasonsFound(pairsByMonth(random, months, rate));
  }
  printRow(`made up, ${months} months: ${PAIRS} pairs that drift`, "seasons in 24 shops", seasons, "0");
}

/** Two of the pairs sell five times as much in July and August. */
function printSeasons(years: number): void {
  const random = seededRandom(100 + years);
  let found = 0;
  for (let shop = 0; shop < 24; shop++) {
    const rate = (pair: number, month: number) => (pair < SEASONAL && [6, 7].includes(month % 12) ? 10 : 2);
    found += seasonsFound(pairsByMonth(random, 12 * years, rate), SEASONAL);
  }
  const share = found / (24 * SEASONAL);
  printRow(
    `made up, ${years} years: ${SEASONAL} of ${PAIRS} pairs with a season`,
    "seasons found",
    percent(share),
    "at least 80 %",
  );
}

function printTrends(): void {
  const random = seededRandom(7);
  const hits = (orders: number, share: number) =>
    Array.from({ length: orders }, () => random()).filter((u) => u < share).length;
  const changesReported = (earlier: number, recent: number, before: number, now: number) => {
    let reported = 0;
    for (let pair = 0; pair < 2000; pair++) {
      const together = hits(recent, now);
      const trend = trendOf({
        ...{ together: together + hits(earlier, before), ordersA: earlier + recent, ordersB: 100, orders: 5000 },
        ...{ firstAt: null, lastAt: null, recent: { together, ordersA: recent } },
      });
      if (trend === "rising" || trend === "falling") reported++;
    }
    return reported / 2000;
  };
  let worst = 0;
  for (const earlier of [1, 5, 20, 50, 200]) {
    for (const recent of [20, 50, 200]) {
      for (const share of [0.05, 0.1, 0.3]) worst = Math.max(worst, changesReported(earlier, recent, share, share));
    }
  }
  printRow(
    "made up: shares that do not change",
    "changes reported, at the worst of 45 cases",
    percent(worst),
    "at most 5 %",
  );
  const found = changesReported(200, 100, 0.1, 0.3);
  printRow("made up: a share that rises from 10 % to 30 %", "changes reported", percent(found), "at least 80 %");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
