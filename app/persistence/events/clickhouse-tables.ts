import type { ClickHouse } from "./clickhouse.ts";

/** All tables that hold rows of shops. */
export const SHOP_TABLES = [
  "staged",
  "events",
  "hourly",
  "refused",
  "exposures",
  "checkouts",
  "order_visitors",
  "visits_hourly",
] as const;

const AT = "DateTime64(3, 'UTC')";
/** The visit that an event began or was part of; null for events without one. */
const VISIT = `device LowCardinality(Nullable(String)), source LowCardinality(Nullable(String)),
         medium LowCardinality(Nullable(String)), campaign LowCardinality(Nullable(String))`;

/**
 * The tables of events, made in their order. ClickHouse has no transactions: each statement can run again after one that
 * was cut off, and several programs may run it at once. One that was released is never edited.
 *
 * The engines put rows of one key together some time after they were written. Whatever reads them asks for `FINAL`, which
 * gives what is there once they are together.
 */
const MIGRATIONS: readonly { readonly name: string; readonly sql: readonly string[] }[] = [
  {
    name: "001_events",
    sql: [
      // What came and was not moved yet. A piece is what one call stored, or a part of that. Where no worker runs for a month,
      // it goes, since nothing would be kept of it.
      `CREATE TABLE IF NOT EXISTS staged (
         shop LowCardinality(String), id String, kind LowCardinality(String), at ${AT}, visitor String, offer Int32,
         surface LowCardinality(String), product Int64, experiment Nullable(Int32), arm Nullable(Int32),
         order_id Nullable(Int64), ${VISIT}, piece String, staged_at DateTime64(3, 'UTC') DEFAULT now64(3)
       ) ENGINE = MergeTree ORDER BY piece TTL toDateTime(staged_at, 'UTC') + INTERVAL 31 DAY`,
      // Single events. The day is that of the event itself, so that one sent twice meets itself. Partitions are dropped by
      // the worker; where none runs, they go after the longest time that an event can be kept.
      `CREATE TABLE IF NOT EXISTS events (
         shop LowCardinality(String), id String, kind LowCardinality(String), at ${AT}, visitor String, offer Int32,
         surface LowCardinality(String), product Int64, ${VISIT}, piece String, moved_at DateTime('UTC') DEFAULT now()
       ) ENGINE = ReplacingMergeTree PARTITION BY toDate(at) ORDER BY (shop, toStartOfHour(at), id)
       TTL moved_at + INTERVAL 34 DAY SETTINGS ttl_only_drop_parts = 1`,
      // Each row is a count of the single events of its key, made when one of them came. Counts only grow, so the largest one
      // holds, in whatever order they were written and however often.
      `CREATE TABLE IF NOT EXISTS hourly (
         shop LowCardinality(String), hour DateTime('UTC'), offer Int32, surface LowCardinality(String), product Int64,
         kind LowCardinality(String), events SimpleAggregateFunction(max, UInt64)
       ) ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(hour) ORDER BY (shop, hour, offer, surface, product, kind)`,
      // Of events that have a visit, by what is known of it; in the same way.
      `CREATE TABLE IF NOT EXISTS visits_hourly (
         shop LowCardinality(String), hour DateTime('UTC'), device LowCardinality(String), source LowCardinality(String),
         medium LowCardinality(String), campaign LowCardinality(String), kind LowCardinality(String),
         events SimpleAggregateFunction(max, UInt64)
       ) ENGINE = AggregatingMergeTree PARTITION BY toYYYYMM(hour)
       ORDER BY (shop, hour, device, source, medium, campaign, kind)`,
      // By piece, so that one that is moved again after a crash counts once.
      `CREATE TABLE IF NOT EXISTS refused (
         shop LowCardinality(String), reason LowCardinality(String), piece String, day SimpleAggregateFunction(min, Date),
         events SimpleAggregateFunction(max, UInt64)
       ) ENGINE = AggregatingMergeTree ORDER BY (shop, reason, piece)`,
      `CREATE TABLE IF NOT EXISTS exposures (
         shop LowCardinality(String), experiment Int32, visitor String, arm Int32, at SimpleAggregateFunction(min, ${AT})
       ) ENGINE = AggregatingMergeTree ORDER BY (shop, experiment, visitor, arm)`,
      `CREATE TABLE IF NOT EXISTS checkouts (shop LowCardinality(String), visitor String, at ${AT})
       ENGINE = ReplacingMergeTree ORDER BY (shop, visitor, at)`,
      // The first browser that said it made an order: later ones are not written.
      `CREATE TABLE IF NOT EXISTS order_visitors (shop LowCardinality(String), order_id Int64, visitor String, at ${AT})
       ENGINE = ReplacingMergeTree ORDER BY (shop, order_id)`,
    ],
  },
];

/** Brings the tables up to date. Several programs may call it at once. */
export async function migrateClickHouse(clickhouse: ClickHouse): Promise<void> {
  await clickhouse.command(
    `CREATE TABLE IF NOT EXISTS migrations (name String, ran_at DateTime('UTC') DEFAULT now())
     ENGINE = ReplacingMergeTree ORDER BY name`,
  );
  const rows = await clickhouse.query<{ name: string }>("SELECT name FROM migrations FINAL");
  const done = new Set(rows.map(({ name }) => name));
  for (const { name, sql } of MIGRATIONS.filter((migration) => !done.has(migration.name))) {
    for (const statement of sql) await clickhouse.command(statement);
    await clickhouse.insert("migrations", [{ name }]);
  }
}
