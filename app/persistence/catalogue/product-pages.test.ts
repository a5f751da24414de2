import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { bareNumber, gid, shopDomain } from "../../domain/ids.ts";
import { openDatabase, type Database } from "../database/database.ts";
import { inShop } from "../database/in-shop.ts";
import { pageOf } from "../../views/list-page.ts";
import { BOUGHT_TOGETHER } from "../publishing/published.ts";
import { countWaiting } from "../offers/review-queue.ts";
import { readProductPage, type ProductFilter } from "./product-pages.ts";

const SHOP = shopDomain("pages.myshopify.com");
const FILTERS = ["all", "live", "review", "pinned", "blocked", "excluded", "no-evidence"] as const;
const SKUS = ["A-1", "ａｂ２", "b2", "X 9"] as const;

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase(server.url, { connections: 2 });
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

interface Made {
  readonly title: string;
  readonly vendor: string;
  readonly sku: string | null;
  /** Orders with it; null for a product without counts. */
  readonly baskets: number | null;
  /** Places of companions in the list of products. */
  readonly suggested: readonly number[];
  readonly pinned: number | null;
  readonly blocked: readonly number[];
  readonly excluded: "no" | "as-trigger" | "as-companion";
  readonly state: "listed" | "deleted" | "gift-card";
  readonly isLive: boolean;
}

const place = fc.integer({ min: 0, max: 11 });
const products = fc.array(
  fc.record<Made>({
    title: fc.constantFrom("Tea", "Teapot", "ティーカップ", "Cup"),
    vendor: fc.constantFrom("", "Oak", "Elm"),
    sku: fc.option(fc.constantFrom(...SKUS)),
    baskets: fc.option(fc.integer({ min: 1, max: 4 })),
    suggested: fc.uniqueArray(place, { maxLength: 3 }),
    pinned: fc.option(place, { freq: 4 }),
    blocked: fc.uniqueArray(place, { maxLength: 3 }),
    excluded: fc.constantFrom("no", "no", "no", "as-trigger", "as-companion"),
    state: fc.constantFrom("listed", "listed", "listed", "listed", "deleted", "gift-card"),
    isLive: fc.boolean(),
  }),
  { maxLength: 12 },
);

const numbers = (ids: readonly number[]) => `{${ids.join(",")}}`;

async function store(made: readonly Made[]): Promise<void> {
  await database.pool.query(
    "TRUNCATE products, variants, associations, suggested_companions, choices, excluded_products, published",
  );
  const run = (sql: string, ...values: unknown[]) => database.pool.query(sql, [SHOP, ...values]);
  for (const [n, one] of made.entries()) {
    await run(
      `INSERT INTO products (shop, product_id, title, handle, vendor, product_type, tags, status, is_gift_card, updated_at,
         deleted_at) VALUES ($1, $2, $3, '', $4, '', '{}', 'active', $5, now(), $6)`,
      ...[n, one.title, one.vendor, one.state === "gift-card", one.state === "deleted" ? new Date() : null],
    );
    await run(
      `INSERT INTO variants (shop, variant_id, product_id, title, sku, price_minor, available, version)
       VALUES ($1, $2, $2, '', $3, 1, true, now())`,
      ...[n, one.sku],
    );
    if (one.baskets !== null) {
      await run(
        `INSERT INTO associations (shop, product_id, baskets, first_at, last_at, companions, together, first_together,
           last_together) VALUES ($1, $2, $3, now(), now(), '{}', '{}', '{}', '{}')`,
        ...[n, one.baskets],
      );
    }
    if (one.suggested.length > 0) {
      await run("INSERT INTO suggested_companions VALUES ($1, $2, $3, 'fair', $3)", n, numbers(one.suggested));
    }
    const choices = [...one.blocked.map((companion) => [companion, "block"] as const)];
    if (one.pinned !== null && !one.blocked.includes(one.pinned)) choices.push([one.pinned, "pin"] as never);
    for (const [companion, kind] of choices) {
      await run("INSERT INTO choices VALUES ($1, $2, $3, $4, now())", n, companion, kind);
    }
    if (one.excluded !== "no") {
      const [asTrigger, asCompanion] = [one.excluded === "as-trigger", one.excluded === "as-companion"];
      await run("INSERT INTO excluded_products VALUES ($1, $2, $3, $4, now())", n, asTrigger, asCompanion);
    }
    if (one.isLive) {
      const owner = `gid://shopify/Product/${n}`;
      await run(
        "INSERT INTO published (shop, owner_id, namespace, key, digest, value, at) VALUES ($1, $2, '$app', 'offers', 'd', $3, now())",
        owner,
        `{"version":2,"offers":[{${BOUGHT_TOGETHER}}]}`,
      );
    }
  }
}

const isPinned = ({ pinned, blocked }: Made) => pinned !== null && !blocked.includes(pinned);
const fold = (text: string) => text.normalize("NFKC").toLowerCase();
const hiragana = (text: string) =>
  fold(text).replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

function passes(one: Made, filter: ProductFilter, all: readonly Made[]): boolean {
  const isOpen = (companion: number) =>
    !one.blocked.includes(companion) && one.pinned !== companion && all[companion]?.excluded !== "as-companion";
  switch (filter) {
    case "all":
      return true;
    case "live":
      return one.isLive;
    case "pinned":
      return isPinned(one);
    case "blocked":
      return one.blocked.length > 0;
    case "excluded":
      return one.excluded !== "no";
    case "no-evidence":
      return one.suggested.length === 0;
    case "review":
      return one.excluded !== "as-trigger" && one.suggested.some(isOpen);
  }
}

function expected(all: readonly Made[], filter: ProductFilter, search: string, vendor: string): number[] {
  const holds = ({ title, vendor: of, sku }: Made) =>
    hiragana(`${title} ${of} `).includes(hiragana(search)) || fold(sku ?? "").includes(fold(search));
  return [...all.entries()]
    .filter(([, one]) => one.state === "listed" && passes(one, filter, all))
    .filter(([, one]) => (search === "" || holds(one)) && (vendor === "" || one.vendor === vendor))
    .sort(([a, one], [b, other]) => (other.baskets ?? 0) - (one.baskets ?? 0) || a - b)
    .map(([n]) => n);
}

test("every page of every list is the part of the sorted list that it should be, the last where a page is beyond it", async () => {
  const query = fc.record({
    filter: fc.constantFrom(...FILTERS),
    search: fc.constantFrom("", "", "tea", "てぃー", "B2", "a-", "nowhere"),
    vendor: fc.constantFrom("", "", "Oak"),
    size: fc.integer({ min: 1, max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(products, fc.array(query, { minLength: 4, maxLength: 8 }), async (made, queries) => {
      await store(made);
      for (const { filter, search, vendor, size } of queries) {
        const all = expected(made, filter, search, vendor);
        const pageCount = Math.max(Math.ceil(all.length / size), 1);
        for (const page of [1, 2, pageCount, pageCount + 3]) {
          const read = await inShop(database, SHOP, (tx) =>
            pageOf(page, size, (part) => readProductPage(tx, { filter, search, vendor, ...part })),
          );
          const shown = Math.min(page, pageCount);
          expect(read).toMatchObject({ page: shown, pageCount, found: { total: all.length } });
          const ids = read.found.products.map((id) => Number(bareNumber(id)));
          expect(ids).toEqual(all.slice((shown - 1) * size, shown * size));
        }
      }
      // The filter knows nothing of gift cards and deleted products; the count is of suggestions, whatever they are for.
      const open = made.filter((one) => passes(one, "review", made)).length;
      expect((await inShop(database, SHOP, countWaiting)).products).toBe(open);
    }),
    { numRuns: 25 },
  );
});

test("a page far into a long list is read as one at its start", async () => {
  await store([]);
  await database.pool.query(
    `INSERT INTO products (shop, product_id, title, handle, vendor, product_type, tags, status, is_gift_card, updated_at)
     SELECT $1, n, 'Thing', '', '', '', '{}', 'active', false, now() FROM generate_series(1, 3000) AS n`,
    [SHOP],
  );
  await database.pool.query(
    `INSERT INTO associations (shop, product_id, baskets, first_at, last_at, companions, together, first_together,
       last_together) SELECT $1, n, 5, now(), now(), '{}', '{}', '{}', '{}' FROM generate_series(1, 3000, 2) AS n`,
    [SHOP],
  );
  const order = [0, 1].flatMap((rest) => Array.from({ length: 1500 }, (_, n) => gid("Product", 2 * n + 1 + rest)));
  for (const offset of [0, 980, 1000, 1490, 1500, 2980]) {
    const query = { search: "", filter: "all", offset, limit: 20 } as const;
    const page = await inShop(database, SHOP, (tx) => readProductPage(tx, query));
    expect(page).toEqual({ total: 3000, offset, products: order.slice(offset, offset + 20) });
  }
});
