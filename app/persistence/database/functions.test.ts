import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";

const PERSISTENCE = join(import.meta.dirname, "..");
const FILES = globSync("**/*.sql", { cwd: PERSISTENCE });

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

async function definitions(): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; definition: string }>(`
    SELECT p.proname AS name, pg_get_functiondef(p.oid) AS definition FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') ORDER BY p.proname`);
  return new Map(rows.map(({ name, definition }) => [name, definition]));
}

test("each function of the database stands in a file beside its callers", async () => {
  const named = FILES.map((file) => file.replace(/^.*\//, "").replace(".sql", "").replaceAll("-", "_"));
  expect(named.sort()).toEqual([...(await definitions()).keys()]);
});

test.each(FILES)("%s is what the migrations made", async (file) => {
  const made = await definitions();
  await client.query("BEGIN");
  await client.query(readFileSync(join(PERSISTENCE, file), "utf8"));
  const inFile = await definitions();
  await client.query("ROLLBACK");
  expect(inFile).toEqual(made);
});
