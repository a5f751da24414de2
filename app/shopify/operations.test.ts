import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
const GRAPHQL = /`(#graphql[^`]*)`/g;

function operationsBelow(folder: string): { where: string; document: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .flatMap((entry) => {
      const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
      return [...text.matchAll(GRAPHQL)].map((match) => ({ where: entry.name, document: match[1]! }));
    });
}

test("every GraphQL operation of the app validates against the Admin API's own schema", () => {
  const file = join(ROOT, ".cache", "schemas", "admin_2026-07.json.gz");
  const schema = buildClientSchema(JSON.parse(gunzipSync(readFileSync(file)).toString()).data);
  const operations = operationsBelow(join(ROOT, "app"));
  expect(operations.length).toBeGreaterThan(10);
  const refused = operations.flatMap(({ where, document }) =>
    validate(schema, parse(document)).map((error) => `${where}: ${error.message}`),
  );
  expect(refused).toEqual([]);
});
