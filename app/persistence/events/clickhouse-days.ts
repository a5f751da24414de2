import { KEPT_TOTALS_DAYS } from "../../domain/measurement/shop-event.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import type { ClickHouse } from "./clickhouse.ts";
import { MILLISECONDS, TIME } from "./clickhouse-reports.ts";
import { SHOP_TABLES } from "./clickhouse-tables.ts";
import { dayOf, keptDays } from "./event-days.ts";

/**
 * Deletes single events and totals that are kept no longer. A clock of this machine that is ahead of ClickHouse's deletes
 * nothing early.
 */
export async function dropOldDays(clickhouse: ClickHouse, now: Date): Promise<void> {
  const [server] = await clickhouse.query<{ at: number }>(`SELECT ${MILLISECONDS("now64(3)")} AS at`);
  const safe = Math.min(now.getTime(), server!.at);
  const days = await clickhouse.query<{ day: string }>(
    "SELECT DISTINCT toString(toDate(at)) AS day FROM events WHERE toDate(at) < {first:Date}",
    { first: keptDays(new Date(safe)).first },
  );
  for (const { day } of days) await clickhouse.command("ALTER TABLE events DROP PARTITION {day:String}", { day });
  const oldest = safe - KEPT_TOTALS_DAYS * DAY_MS;
  for (const table of ["hourly", "visits_hourly"]) {
    await clickhouse.command(`DELETE FROM ${table} WHERE hour < ${TIME("oldest")}`, { oldest });
  }
  await clickhouse.command("DELETE FROM refused WHERE day < {oldest:Date}", { oldest: dayOf(oldest) });
  for (const table of ["exposures", "checkouts", "order_visitors"]) {
    await clickhouse.command(`DELETE FROM ${table} WHERE at < ${TIME("oldest")}`, { oldest });
  }
  await eraseDeleted(clickhouse);
}

/** A deletion only hides rows: what was deleted by now leaves the disk. */
async function eraseDeleted(clickhouse: ClickHouse): Promise<void> {
  for (const table of SHOP_TABLES) await clickhouse.command(`ALTER TABLE ${table} APPLY DELETED MASK`);
}
