import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";

const SCHEMA = readFileSync(join(import.meta.dirname, "../../../prisma/schema.prisma"), "utf8");

/** PostgreSQL's name of each type that the schema uses. */
const TYPES: Readonly<Record<string, string>> = {
  ...{ String: "text", Boolean: "bool", Int: "int4", BigInt: "int8", Float: "float8", Json: "jsonb" },
};

interface DescribedTable {
  readonly name: string;
  /** "name type null" or "name type not null", in alphabetical order. */
  readonly columns: readonly string[];
  /** Names of the key's columns. */
  readonly key: readonly string[];
  /** Names of each index's columns. */
  readonly indexes: readonly string[];
}

/** Reads the part of Prisma's language that the schema is written in. Throws for a type that it does not know. */
function readTable(body: string): DescribedTable {
  const lines = body.split("\n").map((line) => line.replace(/\/\/.*$/, "").trim());
  const columnOf = new Map<string, string>();
  const columns: string[] = [];
  const keys: string[] = [];
  for (const line of lines) {
    const field = /^(\w+)\s+(\w+)(\[\]|\?)?/.exec(line);
    if (field === null) continue;
    const [, name = "", type = "", suffix] = field;
    const column = /@map\("(\w+)"\)/.exec(line)?.[1] ?? name;
    const stored = /@db\.Timestamptz\(3\)/.test(line) ? "timestamptz(3)" : TYPES[type];
    if (stored === undefined) throw new Error(`The schema has a type that this test does not know: ${line}`);
    columnOf.set(name, column);
    // Prisma makes a list's column nullable and never writes a null there.
    columns.push(`${column} ${suffix === "[]" ? `_${stored}` : `${stored} ${suffix === "?" ? "null" : "not null"}`}`);
    if (/\s@id\b/.test(line)) keys.push(column);
  }
  const columnsOf = (list: string) =>
    list.split(",").map((name) => columnOf.get(name.replace(/\(.*\)/, "").trim()) ?? "");
  return {
    name: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? "",
    columns: columns.sort(),
    key: [...keys, ...columnsOf(/@@id\(\[([^\]]+)\]\)/.exec(body)?.[1] ?? "").filter((name) => name !== "")],
    indexes: [...body.matchAll(/@@index\(\[([^\]]+)\]\)/g)].map(([, list = ""]) => columnsOf(list).join(", ")).sort(),
  };
}

const DESCRIBED = [...SCHEMA.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)].map(([, body = ""]) => readTable(body));

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

async function lines(query: string, ...parameters: string[]): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(query, parameters);
  return rows.map(({ line }) => line).sort();
}

test("the migrations make the tables that Prisma's schema describes, and no others", async () => {
  const names = DESCRIBED.map(({ name }) => name).sort();
  expect(names.length).toBe(SCHEMA.match(/^model /gm)?.length);
  expect(await lines("SELECT tablename AS line FROM pg_tables WHERE schemaname = 'public'")).toEqual(names);
});

test.each(DESCRIBED)("$name has the columns that the schema describes, null where it says so", async (table) => {
  const made = await lines(
    `SELECT column_name || ' ' || udt_name || CASE WHEN data_type LIKE 'timestamp%' THEN '(' || datetime_precision || ')'
       ELSE '' END || CASE WHEN data_type = 'ARRAY' THEN '' WHEN is_nullable = 'YES' THEN ' null' ELSE ' not null' END AS line
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1`,
    table.name,
  );
  expect(made).toEqual(table.columns);
});

test.each(DESCRIBED)("$name has the key and the indexes that the schema describes", async (table) => {
  const columns = `(SELECT string_agg(a.attname, ', ' ORDER BY k.place) FROM unnest(i.indkey) WITH ORDINALITY AS k(num, place)
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num WHERE k.place <= i.indnkeyatts)`;
  const of = `FROM pg_index i WHERE i.indrelid = ('public.' || $1)::regclass`;
  expect(await lines(`SELECT ${columns} AS line ${of} AND i.indisprimary`, table.name)).toEqual([table.key.join(", ")]);
  // Prisma's language has no words for an index of some rows, nor for columns that an index only carries.
  const others = await lines(
    `SELECT ${columns} AS line ${of} AND NOT i.indisprimary AND i.indpred IS NULL`,
    table.name,
  );
  expect(others).toEqual(table.indexes);
});
