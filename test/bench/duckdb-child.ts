/** The peer process of DuckDB: a self-join of the order lines, with the same measures. */
import { createRequire } from "node:module";
import { duckDbFolder } from "./duckdb-install.ts";

interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>;
}
interface DuckDb {
  readonly DuckDBInstance: { create(): Promise<{ connect(): Promise<Connection> }> };
}

const { DuckDBInstance } = createRequire(`${duckDbFolder()}/package.json`)("@duckdb/node-api") as DuckDb;
const [path, minTogether] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create()).connect();
const file = path!.replaceAll("'", "''");
await connection.run(`
  CREATE TABLE lines AS SELECT DISTINCT order_id, item_id
    FROM read_csv('${file}', header = true, types = {'order_id': 'VARCHAR', 'item_id': 'VARCHAR'});
  CREATE TABLE sold AS SELECT item_id, count(*) AS orders FROM lines GROUP BY item_id;
  CREATE TABLE pairs AS SELECT p.*, p.together / t.orders AS support, p.together / a.orders AS confidence_ab,
      p.together / b.orders AS confidence_ba, p.together * t.orders / (a.orders * b.orders) AS lift
    FROM (SELECT x.item_id AS item_a, y.item_id AS item_b, count(*) AS together
          FROM lines x JOIN lines y ON x.order_id = y.order_id AND x.item_id < y.item_id
          GROUP BY ALL HAVING count(*) >= ${Number(minTogether)}) p
      JOIN sold a ON a.item_id = p.item_a JOIN sold b ON b.item_id = p.item_b
      CROSS JOIN (SELECT count(DISTINCT order_id)::DOUBLE AS orders FROM lines) t`);
const reader = await connection.runAndReadAll("SELECT count(*)::DOUBLE, sum(together)::DOUBLE FROM pairs");
const [pairs, sum] = reader.getRows()[0] as [number, number];
process.stdout.write(`${JSON.stringify({ pairs, sum, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`);
