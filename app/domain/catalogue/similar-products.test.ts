import fc from "fast-check";
import { expect, test } from "vitest";
import type { CatalogueItem } from "./catalogue-item.ts";
import { newProductCompanions, SimilarProducts, type WeightedItem } from "./similar-products.ts";

function buildItem(item: Partial<CatalogueItem> & { id: string }): CatalogueItem {
  return {
    title: item.id,
    kind: null,
    vendor: null,
    tags: [],
    collections: [],
    priceMinor: null,
    attributes: [],
    refundedShare: null,
    marginShare: null,
    ...item,
  };
}

function evenNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

const CUPS = [
  buildItem({ id: "1", title: "Blue tea cup", kind: "Cups", priceMinor: 1200 }),
  buildItem({ id: "2", title: "Red tea cup", kind: "Cups", priceMinor: 1300 }),
  buildItem({ id: "3", title: "Wool scarf", kind: "Scarves", priceMinor: 4000 }),
  buildItem({ id: "4", title: "Linen scarf", kind: "Scarves", priceMinor: 4500 }),
];

test("finds similar products by title and type, most similar first", () => {
  const similar = new SimilarProducts(CUPS).like(0);
  expect(similar.map(({ item }) => item)).toEqual([1]);
});

test("finds similar products by a Japanese title alone", () => {
  const titles = ["深煎りコーヒー豆 200g", "浅煎りコーヒー豆 500g", "木綿のふきん", "麻のふきん"];
  const products = new SimilarProducts(titles.map((title, n) => buildItem({ id: `${n}`, title })));
  expect(products.like(0)[0]!.item).toBe(1);
  expect(products.like(3)[0]!.item).toBe(2);
});

test("finds products with a distant price less similar", () => {
  const [near, far] = [1300, 9000].map(
    (priceMinor) => new SimilarProducts([CUPS[0]!, { ...CUPS[1]!, priceMinor }, CUPS[2]!]).like(0)[0]!.similarity,
  );
  expect(far!).toBeLessThan(near! / 2);
});

test("ignores missing and impossible prices", () => {
  for (const priceMinor of [null, NaN, -5, 0]) {
    const [first] = new SimilarProducts([CUPS[0]!, { ...CUPS[1]!, priceMinor }, CUPS[2]!]).like(0);
    expect(first!.item).toBe(1);
    expect(Number.isFinite(first!.similarity)).toBe(true);
  }
});

test("gives a new product the mean of what similar products are bought with, marked as such", () => {
  const lists: Record<string, WeightedItem[]> = {
    "2": [
      { id: "tea", weight: 0.4 },
      { id: "1", weight: 0.3 },
    ],
  };
  const similar = new SimilarProducts(CUPS).like(0);
  const companions = newProductCompanions(CUPS, similar, (id) => lists[id] ?? [], "1");
  expect(companions).toMatchObject([{ id: "tea", source: "similar-products", from: [{ id: "2" }] }]);
  expect(companions[0]!.weight).toBeCloseTo(0.4, 12);
});

test("gives no companions where no product is similar, or no similar one has companions", () => {
  expect(new SimilarProducts([]).like(0)).toEqual([]);
  expect(new SimilarProducts([buildItem({ id: "1", title: "" })]).like(0)).toEqual([]);
  expect(newProductCompanions(CUPS, [], () => [{ id: "x", weight: 1 }], "1")).toEqual([]);
  expect(newProductCompanions(CUPS, new SimilarProducts(CUPS).like(0), () => [], "1")).toEqual([]);
  expect(newProductCompanions(CUPS, new SimilarProducts(CUPS).like(0), () => [{ id: "x", weight: NaN }], "1")).toEqual(
    [],
  );
});

/** Forty families of six products; what is bought with a product is of its family's partner family. */
function hiddenHistories() {
  const next = evenNumbers(11);
  const words = ["tea", "cup", "bag", "lamp", "soap", "pen"];
  const 品 = ["茶碗", "湯呑み", "花瓶", "手拭い", "風呂敷", "箸置き"];
  const items: CatalogueItem[] = [];
  for (let family = 0; family < 40; family++) {
    for (let n = 0; n < 6; n++) {
      const japanese = `${"春夏秋冬"[family % 4]}の${"桜梅松竹菊藤萩葵桐椿"[family >> 2]}柄${品[n]}`;
      const title = family % 2 === 0 ? `${words[n]} of the series${family}` : japanese;
      items.push(
        buildItem({ id: `${family}-${n}`, title, kind: n !== 5 ? `kind ${family % 10}` : null, vendor: "one" }),
      );
    }
  }
  const lists = new Map(
    items.map(({ id }) => {
      const partner = (Number(id.split("-")[0]) * 7 + 3) % 40;
      const companions = Array.from({ length: 6 }, (_, n) => ({ id: `${partner}-${n}`, weight: next() }));
      return [id, [...companions, { id: "0-0", weight: 0.5 }].sort((a, b) => b.weight - a.weight).slice(0, 5)] as const;
    }),
  );
  return { items, lists };
}

test("finds most of a product's companions while its history is hidden, far above the best sellers", () => {
  const { items, lists } = hiddenHistories();
  const products = new SimilarProducts(items);
  const bestSellers = items.map(({ id }) => id).slice(0, 5);
  let found = 0;
  let byBestSellers = 0;
  items.forEach(({ id }, hidden) => {
    const truth = lists.get(id)!.map((companion) => companion.id);
    const known = (other: string) => (other === id ? [] : lists.get(other)!);
    const guess = newProductCompanions(items, products.like(hidden), known, id, 5).map((companion) => companion.id);
    found += guess.filter((companion) => truth.includes(companion)).length / truth.length;
    byBestSellers += bestSellers.filter((companion) => truth.includes(companion)).length / truth.length;
  });
  expect(found / items.length).toBeGreaterThan(0.5);
  expect(byBestSellers / items.length).toBeLessThan(0.25);
});

const anyItem = fc.record({
  title: fc.constantFrom("", "tea cup", "red cup", "赤い茶碗", "青い茶碗", "cup"),
  kind: fc.constantFrom(null, "", "Cups", "cups"),
  vendor: fc.constantFrom(null, "a", "b"),
  tags: fc.subarray(["gift", "Gift", "new"]),
  collections: fc.subarray(["c1", "c2"]),
  priceMinor: fc.constantFrom(null, NaN, 0, 100, 1e12),
});

test("similarities are sorted, bounded, never of the product itself, and free of the catalogue's order", () => {
  fc.assert(
    fc.property(fc.array(anyItem, { minLength: 1, maxLength: 25 }), (fields) => {
      const items = fields.map((field, n) => buildItem({ id: `${n}`.padStart(2, "0"), ...field }));
      const named = (list: readonly CatalogueItem[], asked: string) =>
        new SimilarProducts(list)
          .like(list.findIndex(({ id }) => id === asked))
          .map(({ item, similarity }) => [list[item]!.id, similarity] as const);
      const similar = named(items, "00");
      expect(similar.length).toBeLessThanOrEqual(20);
      expect(similar.map(([id]) => id)).not.toContain("00");
      similar.forEach(([, s], n) => expect(s >= 0 && s <= 1 && (n === 0 || s <= similar[n - 1]![1])).toBe(true));
      expect(named([...items].reverse(), "00")).toEqual(similar);
    }),
  );
});
