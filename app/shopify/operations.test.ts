import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, type GraphQLSchema, Kind, type OperationDefinitionNode, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { requestedCost } from "../../test/dev-store/admin-api/cost.ts";
import {
  CHARGED_ORDERS,
  CHARGED_ORDERS_AT_ONCE,
  PAID_ORDERS,
  PAID_ORDERS_AT_ONCE,
} from "./operations/charged-orders.ts";
import { ORDER_CUSTOMERS, ORDERS_AT_ONCE } from "./operations/order-customers.ts";
import { ORDERS, ORDERS_PER_QUERY } from "./operations/order.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const GRAPHQL = /`(#graphql[^`]*)`/g;

/** Texts of queries in the source, and the texts that modules export where these are put together from parts. */
async function operationsBelow(folder: string): Promise<{ where: string; document: string }[]> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name),
  );
  const documents = files.map(async (entry) => {
    const file = join(entry.parentPath, entry.name);
    const texts = [...readFileSync(file, "utf8").matchAll(GRAPHQL)].map((match) => match[1]!);
    const whole = texts.filter((text) => !text.includes("${"));
    if (whole.length === texts.length) return whole.map((document) => ({ where: entry.name, document }));
    const exported = Object.values((await import(file)) as Record<string, unknown>).filter(isOperation);
    // Those put together by functions are checked by the tests of these.
    return [...whole, ...exported.map(({ document }) => document)].map((document) => ({ where: entry.name, document }));
  });
  return (await Promise.all(documents)).flat();
}

const isOperation = (value: unknown): value is { document: string } =>
  typeof value === "object" && value !== null && "document" in value;

const file = join(ROOT, ".cache", "schemas", "admin_2026-07.json.gz");
const schema: GraphQLSchema = buildClientSchema(JSON.parse(gunzipSync(readFileSync(file)).toString()).data);
/** What Shopify refuses to answer costs more, in points. */
const MOST_POINTS = 1_000;
/** How many things the queries that name them ask for at once; one where it is not here. */
const AT_ONCE = new Map<string, number>([
  [CHARGED_ORDERS.document, CHARGED_ORDERS_AT_ONCE],
  [PAID_ORDERS.document, PAID_ORDERS_AT_ONCE],
  [ORDERS.document, ORDERS_PER_QUERY],
  [ORDER_CUSTOMERS.document, ORDERS_AT_ONCE],
]);

test("every GraphQL operation of the app validates against the Admin API's own schema", async () => {
  const operations = await operationsBelow(join(ROOT, "app"));
  expect(operations.length).toBeGreaterThan(10);
  const refused = operations.flatMap(({ where, document }) =>
    validate(schema, parse(document)).map((error) => `${where}: ${error.message}`),
  );
  expect(refused).toEqual([]);
});

test("no GraphQL operation of the app costs more than Shopify answers, whatever its pages hold", async () => {
  const costs = (await operationsBelow(join(ROOT, "app"))).map(({ where, document }) => {
    const parsed = parse(document);
    const operation = parsed.definitions.find(
      (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
    )!;
    const ids = Array.from({ length: AT_ONCE.get(document) ?? 1 }, (_, place) => `gid://shopify/Order/${place}`);
    return { where, cost: requestedCost(schema, parsed, operation, { ids }) };
  });
  expect(costs.filter(({ cost }) => cost > MOST_POINTS)).toEqual([]);
  expect(Math.max(...costs.map(({ cost }) => cost))).toBeGreaterThan(500);
});
