import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";

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

test("every GraphQL operation of the app validates against the Admin API's own schema", async () => {
  const file = join(ROOT, ".cache", "schemas", "admin_2026-07.json.gz");
  const schema = buildClientSchema(JSON.parse(gunzipSync(readFileSync(file)).toString()).data);
  const operations = await operationsBelow(join(ROOT, "app"));
  expect(operations.length).toBeGreaterThan(10);
  const refused = operations.flatMap(({ where, document }) =>
    validate(schema, parse(document)).map((error) => `${where}: ${error.message}`),
  );
  expect(refused).toEqual([]);
});
