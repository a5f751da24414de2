/**
 * How well upgrades are ranked:
 *
 *   npm run bench -- upgrades FILE...     order files with customers, prices, and titles or categories
 *
 * The earlier 80 % of the orders teach. A later order in which a customer buys a product for the first time is a move
 * where the last thing of its kind that they bought before costs less, and at least half as much. Asked is which
 * dearer product of that kind, at most twice the price, it will be: all such products are ranked. Where products rank
 * alike, the mean over their orders counts.
 */
import { basename } from "node:path";
import { readBaskets } from "../../app/cli/read-baskets.ts";
import { BasketTableBuilder, type BasketTable } from "../../app/domain/baskets/basket-table.ts";
import { knownPrice, type CatalogueItem } from "../../app/domain/catalogue/catalogue-item.ts";
import { ordersWith } from "../../app/domain/baskets/item-orders.ts";
import { kindsOf, type Kinds } from "../../app/domain/catalogue/kinds.ts";
import { PurchaseSequences } from "../../app/domain/baskets/purchase-sequence.ts";
import { upgradeCandidates } from "../../app/domain/mining/upgrades/upgrades.ts";
import { readCatalogue } from "./file-catalogue.ts";

const EARLIER = 0.8;
const PRICE_CAP = 2;

/** What a customer had, and what they moved on to: positions in the catalogue. */
interface Move {
  readonly from: number;
  readonly to: number;
}

const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write("Which order files? npm run bench -- upgrades FILE...\n");
  process.exitCode = 1;
}
for (const file of files) {
  const { table } = await readBaskets(file, () => {});
  const catalogue = await readCatalogue(file);
  const kinds = kindsOf(catalogue);
  const earlier = earlierOrders(table);
  const moves = movesOf(table, earlier.at.length, catalogue, kinds);
  process.stdout.write(`${basename(file)}: ${moves.length} moves\n`);
  process.stdout.write(`  ${"".padEnd(16)}  HitRate@1  HitRate@4        MRR\n`);
  for (const [name, score] of Object.entries(rankings(earlier, catalogue, kinds))) {
    const figures = figuresOf(moves, catalogue, kinds, score).map((figure) => figure.toFixed(4).padStart(9));
    process.stdout.write(`  ${name.padEnd(16)}  ${figures.join("  ")}\n`);
  }
}

type Score = (from: number, to: number) => number;

function rankings(earlier: BasketTable, catalogue: readonly CatalogueItem[], kinds: Kinds): Record<string, Score> {
  const sequences = new PurchaseSequences(earlier);
  const indexOf = new Map(earlier.itemIds.map((id, index) => [id, index]));
  const itemOf = (position: number) => indexOf.get(catalogue[position]?.id ?? "") ?? -1;
  const found = new Map<number, Map<string, number>>();
  const scoresOf = (from: number) => {
    let scores = found.get(from);
    if (scores === undefined) {
      const options = { priceCap: PRICE_CAP, count: catalogue.length };
      const candidates = upgradeCandidates(catalogue, from, kinds, sequences, itemOf, options);
      found.set(from, (scores = new Map(candidates.map(({ id, score }) => [id, score]))));
    }
    return scores;
  };
  return {
    "at random": () => 0,
    "nearest price": (_, to) => -catalogue[to]!.priceMinor!,
    "best sellers": (_, to) => ordersWith(sequences.index, itemOf(to)).length,
    Tsuide: (from, to) => scoresOf(from).get(catalogue[to]!.id) ?? -1,
  };
}

function earlierOrders(table: BasketTable): BasketTable {
  const builder = new BasketTableBuilder();
  for (let order = 0; order < Math.floor(table.at.length * EARLIER); order++) {
    const customer = table.customer[order]! < 0 ? null : table.customerIds[table.customer[order]!]!;
    for (let line = table.start[order]!; line < table.start[order + 1]!; line++) {
      // The number keeps orders of one time in the order in which the file's own ids have them.
      builder.add(String(order).padStart(9, "0"), customer, table.at[order]!, table.itemIds[table.items[line]!]!);
    }
  }
  return builder.build();
}

function movesOf(table: BasketTable, split: number, catalogue: readonly CatalogueItem[], kinds: Kinds): Move[] {
  const places = new Map(catalogue.map(({ id }, place) => [id, place]));
  const histories = table.customerIds.map(() => [] as number[]);
  const moves: Move[] = [];
  table.customer.forEach((customer, order) => {
    if (customer < 0) return;
    const items = table.items.subarray(table.start[order]!, table.start[order + 1]!);
    const basket = Array.from(items, (item) => places.get(table.itemIds[item]!)!);
    const had = histories[customer]!;
    for (const to of order < split ? [] : basket) {
      if (had.includes(to)) continue;
      const from = had.findLast((one) => kinds.sameKind(one, to));
      if (from !== undefined && isReach(catalogue, from, to)) moves.push({ from, to });
    }
    had.push(...basket);
  });
  return moves;
}

function isReach(catalogue: readonly CatalogueItem[], from: number, to: number): boolean {
  const [price, dearer] = [knownPrice(catalogue[from]!), knownPrice(catalogue[to]!)];
  return price !== null && dearer !== null && dearer > price && dearer <= price * PRICE_CAP;
}

/** HitRate@1, HitRate@4 and mean reciprocal rank. */
function figuresOf(moves: readonly Move[], catalogue: readonly CatalogueItem[], kinds: Kinds, score: Score): number[] {
  const sums = [0, 0, 0];
  for (const { from, to } of moves) {
    const own = score(from, to);
    // What a list of likest titles leaves out is still a candidate where it is the answer.
    const others = kinds.others(from).filter((other) => other !== to && isReach(catalogue, from, other));
    const scores = others.map((other) => score(from, other));
    const above = scores.filter((one) => one > own).length;
    const alike = scores.filter((one) => one === own).length + 1;
    for (let rank = above + 1; rank <= above + alike; rank++) {
      sums[0]! += (rank <= 1 ? 1 : 0) / alike;
      sums[1]! += (rank <= 4 ? 1 : 0) / alike;
      sums[2]! += 1 / rank / alike;
    }
  }
  return sums.map((sum) => (moves.length === 0 ? 0 : sum / moves.length));
}
