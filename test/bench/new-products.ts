/**
 * How well products without orders are served by what products like them are bought with:
 *
 *   npm run bench -- new-products FILE...     order files with titles, categories or prices
 *
 * Every fifth product loses its whole history: it is taken out of the earlier 80 % of the orders and offered by what the
 * catalogue says of it. Each later order that holds it asks, as its page would: is any of its other products among the
 * first four? Beside it: the four best sellers, the four most similar products, and what its own history would have
 * said. `Shown` is the share of asked pages that had anything to show, `Hit of shown` the share of those that were right.
 */
import { readBaskets } from "../../app/cli/read-baskets.ts";
import { BasketTableBuilder, type BasketTable } from "../../app/domain/baskets/basket-table.ts";
import type { CatalogueItem } from "../../app/domain/catalogue/catalogue-item.ts";
import { learntLists, type LearntCompanion } from "../../app/domain/mining/lists/learnt-lists.ts";
import { buildModel } from "../../app/domain/mining/model/model.ts";
import { SimilarProducts } from "../../app/domain/catalogue/similar-products.ts";
import { readCatalogue } from "./file-catalogue.ts";

const EARLIER = 0.8;
const FIRST = 4;
const MOST_ASKED = 20;
const FOLDS = 5;

const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write("Which order files? npm run bench -- new-products FILE...\n");
  process.exitCode = 1;
}
for (const file of files) {
  const { table } = await readBaskets(file, () => {});
  const catalogue = await readCatalogue(file);
  const split = Math.floor(table.at.length * EARLIER);
  const isHidden = (item: number) => (Math.imul(item + 1, 2654435761) >>> 0) % FOLDS === 0;
  const hidden = earlierTable(table, split, isHidden);
  const model = await buildModel(hidden);
  const full = earlierTable(table, split, () => false);
  const own = await listsOf(full, catalogue, await buildModel(full, { selection: model.report }));
  const taken = await listsOf(hidden, catalogue, model);
  const similar = new SimilarProducts(catalogue);
  const places = new Map(catalogue.map(({ id }, place) => [id, place]));
  const sellers = bestSellers(hidden);
  const ways: Record<string, (id: string) => readonly string[]> = {
    "best sellers": () => sellers,
    "the most similar products": (id) => similar.like(places.get(id) ?? -1).map(({ item }) => catalogue[item]!.id),
    "companions of similar products": (id) => shownOf(taken.get(id), "similar"),
    "its own history": (id) => shownOf(own.get(id), "page"),
  };
  const asked = questions(table, split, isHidden);
  const products = new Set(asked.map(({ id }) => id)).size;
  process.stdout.write(`${file}: ${products} products hidden, ${asked.length} pages asked\n`);
  process.stdout.write(`  ${"".padEnd(32)}  Any hit@4    Shown  Hit of shown\n`);
  for (const [name, first] of Object.entries(ways)) {
    const answers = asked.map(({ id, others }) => ({ others, list: first(id).slice(0, FIRST) }));
    const hits = answers.filter(({ others, list }) => list.some((companion) => others.has(companion))).length;
    const shown = answers.filter(({ list }) => list.length > 0).length;
    const shares = [hits / asked.length, shown / asked.length, hits / shown];
    const figures = shares.map((share) => (Number.isNaN(share) ? 0 : share).toFixed(4).padStart(9));
    process.stdout.write(`  ${name.padEnd(32)}  ${figures.join("  ")}\n`);
  }
}

async function listsOf(
  table: BasketTable,
  catalogue: readonly CatalogueItem[],
  model: Awaited<ReturnType<typeof buildModel>>,
) {
  return new Map([...learntLists(table, model, catalogue)].map(({ item, companions }) => [item, companions]));
}

function shownOf(companions: readonly LearntCompanion[] = [], placedBy: LearntCompanion["placedBy"]): string[] {
  return companions.filter((companion) => companion.placedBy === placedBy).map(({ item }) => item);
}

function bestSellers(table: BasketTable): string[] {
  const orders = new Uint32Array(table.itemIds.length);
  for (const item of table.items) orders[item]!++;
  const items = [...orders.keys()].sort((a, b) => orders[b]! - orders[a]! || a - b);
  return items.slice(0, FIRST).map((item) => table.itemIds[item]!);
}

/** The orders before `split`, without the hidden items. */
function earlierTable(table: BasketTable, split: number, isHidden: (item: number) => boolean): BasketTable {
  const builder = new BasketTableBuilder();
  for (let order = 0; order < split; order++) {
    const customer = table.customer[order]! < 0 ? null : table.customerIds[table.customer[order]!]!;
    for (let line = table.start[order]!; line < table.start[order + 1]!; line++) {
      const item = table.items[line]!;
      // The number keeps orders of one time in the order in which the file's own ids have them.
      const id = String(order).padStart(9, "0");
      if (!isHidden(item)) builder.add(id, customer, table.at[order]!, table.itemIds[item]!);
    }
  }
  return builder.build();
}

/** Of each hidden product at most 20 later orders, evenly spaced, with what else was in them. */
function questions(table: BasketTable, split: number, isHidden: (item: number) => boolean) {
  const ordersOf = new Map<number, number[]>();
  for (let order = split; order < table.at.length; order++) {
    const items = table.items.subarray(table.start[order]!, table.start[order + 1]!);
    if (items.length < 2) continue;
    for (const item of items) if (isHidden(item)) ordersOf.set(item, [...(ordersOf.get(item) ?? []), order]);
  }
  return [...ordersOf].flatMap(([item, orders]) => {
    const count = Math.min(orders.length, MOST_ASKED);
    return Array.from({ length: count }, (_, n) => {
      const order = orders[Math.floor((n * orders.length) / count)]!;
      const others = table.items
        .subarray(table.start[order]!, table.start[order + 1]!)
        .filter((other) => other !== item);
      return { id: table.itemIds[item]!, others: new Set(Array.from(others, (other) => table.itemIds[other]!)) };
    });
  });
}
