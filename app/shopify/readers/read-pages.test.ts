import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { shopDomain } from "../../domain/ids.ts";
import type { AdminClient } from "../client/admin-client.ts";
import { OperationRefused } from "../client/errors.ts";
import { ORDERS_BULK } from "../operations/orders-bulk.ts";
import { PAGED_KINDS, pagesOfBulk, type PagedKind } from "../operations/pages-of-bulk.ts";
import { productsBulkWith } from "../operations/products-bulk.ts";
import { readPages } from "./read-pages.ts";

const SHOP = shopDomain("pages.myshopify.com");
const METAFIELDS = [{ namespace: "custom", key: "material" }];

test.each([
  ["orders", ORDERS_BULK],
  ["products", productsBulkWith(METAFIELDS)],
] as const)("the operations that read %s by pages validate against the Admin API's schema", (kind, bulk) => {
  const file = join(import.meta.dirname, "..", "..", "..", ".cache", "schemas", "admin_2026-07.json.gz");
  const schema = buildClientSchema(JSON.parse(gunzipSync(readFileSync(file)).toString()).data);
  const { page, rest } = pagesOfBulk(bulk, PAGED_KINDS[kind]);
  for (const { document } of [page, ...Object.values(rest)]) expect(validate(schema, parse(document))).toEqual([]);
  expect(Object.keys(rest)).toEqual(Object.keys(PAGED_KINDS[kind].nested));
});

test("a bulk query without the connection is refused", () => {
  expect(() => pagesOfBulk("query { orders { edges { node { id } } } }", PAGED_KINDS.orders)).toThrow("lineItems");
});

const KIND: PagedKind = { top: "orders", one: "order", nested: { lineItems: 2 } };
const BULK = "query { orders { edges { node { id lineItems { edges { node { id } } } } } } }";
const ends = (endCursor: string | null) => ({ hasNextPage: endCursor !== null, endCursor });

/** Gives these answers in turn and keeps what was asked. */
function clientOf(answers: (object | Error)[]) {
  const asked: object[] = [];
  const query = async (_shop: string, _operation: object, variables: object) => {
    asked.push(variables);
    const answer = answers.shift()!;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { client: { query } as unknown as AdminClient, asked };
}

async function readAll(client: AdminClient, from: string | null = null) {
  const pages = [];
  for await (const page of readPages(client, SHOP, KIND, pagesOfBulk(BULK, KIND), from)) pages.push(page);
  return pages;
}

test("nodes become the lines of a bulk file, those beyond a page included", async () => {
  const { client, asked } = clientOf([
    {
      orders: {
        nodes: [{ id: "1", name: "#1", lineItems: { nodes: [{ id: "a" }, { id: "b" }], pageInfo: ends("after b") } }],
        pageInfo: ends("after 1"),
      },
    },
    { order: { lineItems: { nodes: [{ id: "c" }], pageInfo: ends(null) } } },
    { orders: { nodes: [{ id: "2", lineItems: { nodes: [], pageInfo: ends(null) } }], pageInfo: ends(null) } },
  ]);
  expect((await readAll(client)).map(({ lines, cursor }) => [lines.map((line) => JSON.parse(line)), cursor])).toEqual([
    [
      [
        { id: "1", name: "#1" },
        { id: "a", __parentId: "1" },
        { id: "b", __parentId: "1" },
        { id: "c", __parentId: "1" },
      ],
      "after 1",
    ],
    [[{ id: "2" }], null],
  ]);
  expect(asked[1]).toEqual({ id: "1", after: "after b" });
});

test("a page that Shopify finds too dear is asked for again at half its size, until one thing is too dear", async () => {
  const dear = () => new OperationRefused("too dear", ["MAX_COST_EXCEEDED"]);
  const { client, asked } = clientOf([dear(), dear(), { orders: { nodes: [], pageInfo: ends(null) } }]);
  await readAll(client, "here");
  expect(asked).toEqual([
    { first: 25, after: "here" },
    { first: 12, after: "here" },
    { first: 6, after: "here" },
  ]);
  const never = clientOf(Array.from({ length: 9 }, dear));
  await expect(readAll(never.client)).rejects.toBeInstanceOf(OperationRefused);
});
