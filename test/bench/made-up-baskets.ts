/** Baskets of made-up shops in which it is known what goes together: nothing, or what was planted. */

export type Random = () => number;
/** A basket's products, by number. */
export type Basket = number[];

export interface ShopKind {
  readonly name: string;
  readonly orders: number;
  readonly products: number;
  /** How many different products the next basket has. */
  readonly size: (random: Random) => number;
}

const between = (random: Random, least: number, most: number) => least + Math.floor(random() * (most - least + 1));

/** Sizes that shops have, from alike to very different. */
export const SHOP_KINDS: readonly ShopKind[] = [
  { name: "one to five items", orders: 2000, products: 100, size: (random) => between(random, 1, 5) },
  {
    name: "one order in five large",
    orders: 2000,
    products: 100,
    size: (random) => (random() < 0.8 ? 1 : between(random, 2, 12)),
  },
  {
    name: "3 % wholesale orders of 40",
    orders: 300,
    products: 80,
    size: (random) => (random() < 0.03 ? 40 : between(random, 1, 3)),
  },
];

/** Baskets filled by independent draws, popular products more often: nothing goes together. */
export function independentBaskets(random: Random, { orders, products, size }: ShopKind): Basket[] {
  const weights = Array.from({ length: products }, (_, n) => 1 / (n + 1) ** 0.7);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const draw = () => {
    let left = random() * total;
    const drawn = weights.findIndex((weight) => (left -= weight) < 0);
    return drawn < 0 ? products - 1 : drawn;
  };
  return Array.from({ length: orders }, () => {
    const wanted = Math.min(products, size(random));
    const basket = new Set<number>();
    while (basket.size < wanted) basket.add(draw());
    return [...basket];
  });
}

export interface Planted {
  readonly baskets: Basket[];
  readonly pairs: readonly (readonly [number, number])[];
}

/**
 * Pairs planted among baskets without affinity: of two neighbouring products, whoever takes the first and not the
 * second exchanges another item for the second with probability `strength`. The sizes of the baskets stay as they were.
 */
export function plantedBaskets(random: Random, kind: ShopKind, strength: number): Planted {
  const baskets = independentBaskets(random, kind);
  const pairs = Array.from({ length: 10 }, (_, n) => [10 + 4 * n, 12 + 4 * n] as const);
  for (const basket of baskets) {
    for (const [one, other] of pairs) {
      if (!basket.includes(one) || basket.includes(other) || random() >= strength) continue;
      const exchanged = basket.findIndex((item) => item !== one && !pairs.flat().includes(item));
      if (exchanged >= 0) basket[exchanged] = other;
    }
  }
  return { baskets, pairs };
}

/** Shuffles the items between baskets: every basket keeps its size, every product its number of orders. */
export function shuffledItems(random: Random, baskets: readonly Basket[]): Basket[] {
  const items = baskets.flat();
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  let from = 0;
  const shuffled = baskets.map(({ length }) => items.slice(from, (from += length)));
  const holders = shuffled.flatMap((basket, order) => basket.map(() => order));
  const counts = shuffled.map((basket) => {
    const count = new Map<number, number>();
    for (const item of basket) count.set(item, (count.get(item) ?? 0) + 1);
    return count;
  });
  // What a basket holds twice is exchanged with any other item of the shop, until none does.
  for (let left = 1; left > 0;) {
    left = 0;
    shuffled.forEach((basket, order) => {
      basket.forEach((item, at) => {
        if (counts[order]!.get(item)! < 2) return;
        left++;
        const other = holders[Math.floor(random() * holders.length)]!;
        const to = Math.floor(random() * shuffled[other]!.length);
        const taken = shuffled[other]![to]!;
        if ((counts[order]!.get(taken) ?? 0) > 0 || (counts[other]!.get(item) ?? 0) > 0) return;
        counts[order]!.set(item, counts[order]!.get(item)! - 1).set(taken, 1);
        counts[other]!.set(taken, counts[other]!.get(taken)! - 1).set(item, 1);
        [basket[at], shuffled[other]![to]] = [taken, item];
      });
    });
  }
  return shuffled;
}

/** Poisson counts by multiplication (Knuth). */
export function poisson(random: Random, mean: number): number {
  let count = -1;
  for (let left = Math.exp(mean); left >= 1; left *= random()) count++;
  return count;
}
