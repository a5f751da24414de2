import type { BasketTable } from "../../baskets/basket-table.ts";
import { comparable, knownPrice, type CatalogueItem } from "../../catalogue/catalogue-item.ts";
import { ordersWith } from "../../baskets/item-orders.ts";
import { kindOfCategory, kindsOf, type Kinds } from "../../catalogue/kinds.ts";
import { basketMargins, chanceOfTogether, NullModel } from "../evidence/null-model.ts";
import { PurchaseSequences } from "../../baskets/purchase-sequence.ts";
import { benjaminiHochberg, binomialUpperTail, poissonUpperTail } from "../../statistics/significance.ts";
import { DEFAULT_PRICE_CAP, upgradeCandidates, type UpgradeCandidate } from "./upgrades.ts";
import { variantUpgrades, type VariantChoice, type VariantUpgrade } from "./variant-upgrades.ts";

/** What could be offered in place of one product: other products, and larger or better variants of its own. */
export interface FoundUpgrades {
  readonly id: string;
  /** Best first. */
  readonly candidates: readonly FoundUpgrade[];
  readonly variants: readonly FoundVariant[];
}

export interface FoundUpgrade extends UpgradeCandidate {
  /**
   * The evidence: customers replaced the product by it; else its title names the same kind of
   * thing; else only the product type or category, which then holds few products.
   */
  readonly basis: "moved" | "alike" | "type";
}

/** A variant of the same product in place of `of`, another one. */
export interface FoundVariant extends VariantUpgrade {
  readonly of: string;
}

export interface FindOptions {
  /** Above 1. */
  readonly priceCap?: number;
  /** Candidates that somebody does not want to see any more, by product: they take no other's place. */
  readonly hidden?: ReadonlyMap<string, number>;
}

const LISTED = 10;
const LISTED_VARIANTS = 60;
/** Variants of one product that are set side by side. */
const MOST_VARIANTS = 200;
/** A product type, or a category within it, of so few products says by itself what kind of thing they are. */
const NARROW_TYPE = 12;
/** What costs hardly more is no upgrade, whatever the evidence. */
export const LEAST_PRICE_RATIO = 1.1;
const LEAST_MOVED = 5;
/** Chance of so many moves up and so few back, if neither came before the other. */
const CHANCE_OF_DIRECTION = 0.05;
const FALSE_DISCOVERY_RATE = 0.01;
const LEAST_TOGETHER = 5;

/**
 * Finds the upgrades of every product, in ascending order of ids; products without any are left out. Deterministic:
 * neither the order of the catalogue nor that of the orders matters.
 *
 * A product type alone is often too wide ("Tableware" holds cups and teapots). So a product of the same type within
 * [1.1, cap] times the price is a candidate if its title is alike as well, if the type or Shopify's category within it
 * holds twelve products at most, or if customers moved on to it ({@link findMoves}). One of another type has to have
 * both. Of a type that more than half of the catalogue has, titles or moves decide; without types, titles do.
 *
 * What is bought in one order with the product more often than chance gives goes with it and does not replace it.
 * Ranked by {@link upgradeCandidates}.
 */
export function* foundUpgrades(
  table: BasketTable,
  catalogue: readonly CatalogueItem[],
  variantsOf: ReadonlyMap<string, readonly VariantChoice[]>,
  { priceCap = DEFAULT_PRICE_CAP, hidden = new Map() }: FindOptions = {},
): Generator<FoundUpgrades> {
  if (!(priceCap > 1)) throw new Error(`Not a price cap: ${priceCap}`);
  const items = [...catalogue].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const indexOf = new Map(table.itemIds.map((id, index) => [id, index]));
  const itemOf = (position: number) => indexOf.get(items[position]?.id ?? "") ?? -1;
  const sequences = new PurchaseSequences(table);
  const likeness = new Likeness(items);
  const chance = new NullModel(basketMargins(table));
  const moves = findMoves({ items, likeness, sequences, itemOf, priceCap, chance });
  const kinds: Kinds = {
    others: (item) => [...new Set([...likeness.others(item), ...(moves[item] ?? [])])].sort((a, b) => a - b),
    sameKind: (item, other) => likeness.isAlike(item, other) || moves[item]?.has(other) === true,
  };
  const positionOf = new Map(items.map(({ id }, position) => [id, position]));
  for (let product = 0; product < items.length; product++) {
    const { id } = items[product]!;
    const count = LISTED + (hidden.get(id) ?? 0);
    const ranked = upgradeCandidates(items, product, kinds, sequences, itemOf, {
      ...{ priceCap, leastPriceRatio: LEAST_PRICE_RATIO, count: 2 * count },
    });
    const orders = ordersWith(sequences.index, itemOf(product)).length;
    const candidates = ranked
      .map((candidate): FoundUpgrade => {
        const other = positionOf.get(candidate.id)!;
        const moved = moves[product]?.has(other) === true;
        return { ...candidate, basis: moved ? "moved" : likeness.isAlike(product, other) ? "alike" : "type" };
      })
      .filter(({ evidence }) => {
        const byChance = chance.expected(orders, evidence.orders);
        const together = chanceOfTogether(evidence.togetherOrders, orders, evidence.orders, byChance);
        const isTogether =
          evidence.togetherOrders >= LEAST_TOGETHER && together * ranked.length <= FALSE_DISCOVERY_RATE;
        return !isTogether;
      })
      .slice(0, count);
    const variants = betterVariants(variantsOf.get(id) ?? [], priceCap);
    if (candidates.length > 0 || variants.length > 0) yield { id, candidates, variants };
  }
}

interface MoveSearch {
  readonly items: readonly CatalogueItem[];
  readonly likeness: Likeness;
  readonly sequences: PurchaseSequences;
  readonly itemOf: (position: number) => number;
  readonly priceCap: number;
  readonly chance: NullModel;
}

/**
 * For each product, those within reach that its customers replaced it by. That something is bought later is not enough:
 *
 * - at least five customers ordered the product and later the other, and never both in one order: more than by chance
 *   (exact Poisson test against {@link PurchaseSequences.expectedThen}, corrected over all such pairs, Benjamini &
 *   Hochberg, 1995, at 1 %),
 * - the two are not ordered together more often than chance gives,
 * - and more customers went up than back (sign test at 5 %).
 */
function findMoves(search: MoveSearch): (ReadonlySet<number> | undefined)[] {
  const pairs = search.items.flatMap((_, product) => switchesFrom(search, product));
  const q = benjaminiHochberg(pairs.map(({ p }) => p));
  const moves: Set<number>[] = [];
  pairs.forEach(({ product, other, switched }, n) => {
    if (q[n]! > FALSE_DISCOVERY_RATE) return;
    const [back] = search.sequences.from(search.itemOf(other), [search.itemOf(product)]);
    const all = switched + back!.switchedCustomers;
    if (binomialUpperTail(switched, all, 0.5) <= CHANCE_OF_DIRECTION) (moves[product] ??= new Set()).add(other);
  });
  return moves;
}

/** Those that customers of a product switched to and do not order with it. */
function switchesFrom({ items, likeness, sequences, itemOf, priceCap, chance }: MoveSearch, product: number) {
  const price = knownPrice(items[product]!);
  const from = itemOf(product);
  if (price === null || from < 0) return [];
  const others = items.flatMap((item, other) => {
    const dearer = knownPrice(item);
    const isWithin = dearer !== null && dearer >= price * LEAST_PRICE_RATIO && dearer <= price * priceCap;
    return isWithin && itemOf(other) >= 0 && likeness.mayBeOneKind(product, other) ? [other] : [];
  });
  const breadth = sequences.laterBreadth(from);
  const ordersOf = (item: number) => ordersWith(sequences.index, item).length;
  return sequences.from(from, others.map(itemOf)).flatMap(({ switchedCustomers, togetherOrders }, n) => {
    const other = others[n]!;
    const to = itemOf(other);
    const isTogether = togetherOrders > chance.expected(ordersOf(from), ordersOf(to));
    if (switchedCustomers < LEAST_MOVED || isTogether) return [];
    const p = poissonUpperTail(switchedCustomers, breadth * sequences.laterShare[to]!);
    return [{ product, other, switched: switchedCustomers, p }];
  });
}

function betterVariants(variants: readonly VariantChoice[], priceCap: number): FoundVariant[] {
  const compared = variants.slice(0, MOST_VARIANTS);
  return compared
    .flatMap(({ id: of }) => variantUpgrades(compared, of, priceCap).map((upgrade) => ({ ...upgrade, of })))
    .slice(0, LISTED_VARIANTS);
}

/** Which of the names few have. */
function ofFew(names: readonly (string | null)[]): boolean[] {
  const sizes = new Map<string | null, number>();
  for (const name of names) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  return names.map((name) => name !== null && sizes.get(name)! <= NARROW_TYPE);
}

/** What type, category and title say of two products being one kind of thing, each for itself. */
class Likeness {
  readonly #types: readonly (string | null)[];
  readonly #byType: Kinds;
  readonly #byTitle: Kinds;
  readonly #categories: readonly (string | null)[];
  /** Of a type or a category that few have; those of the type that nobody has filed may be many all the same. */
  readonly #isSmall: Uint8Array;

  constructor(items: readonly CatalogueItem[]) {
    this.#types = items.map(({ kind }) => comparable(kind));
    this.#byType = kindsOf(items);
    this.#byTitle = kindsOf(items.map((item) => ({ ...item, kind: null, category: null })));
    this.#isSmall = Uint8Array.from(ofFew(this.#types), (small) => Number(small));
    this.#categories = items.map(kindOfCategory);
    ofFew(this.#categories).forEach((small, item) => {
      if (small) this.#isSmall[item] = 1;
    });
  }

  /**
   * Those that are of one kind without a look at the orders: all of a narrow type or category, and what the title says.
   */
  others(item: number): readonly number[] {
    const kind = this.#isSmall[item] === 1 ? this.#byType.others(item) : null;
    if (kind !== null && kind.length < NARROW_TYPE) return kind;
    const alike = this.#byTitle.others(item).filter((other) => this.#byType.sameKind(item, other));
    const category = this.#categories[item] ?? null;
    const filed = category === null ? [] : (kind ?? []).filter((other) => this.#categories[other] === category);
    return filed.length < NARROW_TYPE ? [...new Set([...alike, ...filed])].sort((a, b) => a - b) : alike;
  }

  isAlike(item: number, other: number): boolean {
    return this.#byTitle.sameKind(item, other);
  }

  /** Whether type or title says by itself that they may be of one kind. */
  isRelated(item: number, other: number): boolean {
    const [type, theirs] = [this.#types[item], this.#types[other]];
    return this.#byType.sameKind(item, other) || (type !== theirs && this.isAlike(item, other));
  }

  /** As {@link isRelated}, or they share a type that is too wide to say it: orders may say it then. */
  mayBeOneKind(item: number, other: number): boolean {
    const type = this.#types[item] ?? null;
    return (type !== null && type === this.#types[other]) || this.isRelated(item, other);
  }
}
