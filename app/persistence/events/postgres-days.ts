import type pg from "pg";
import { KEPT_DAYS, KEPT_TOTALS_DAYS } from "../../domain/measurement/shop-event.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { DAYS_AHEAD, dayOf, keptDays } from "./event-days.ts";

/** Dropping a day waits for readers no longer than this: the next night tries again. */
const DROP_PATIENCE = "5s";

/** Makes the partitions of all kept days that lack one, those ahead of today as well. */
export async function makeDays(client: pg.ClientBase, now: Date): Promise<void> {
  const known = new Set(await daysThatExist(client));
  for (let days = -KEPT_DAYS; days <= DAYS_AHEAD; days++) {
    const day = dayOf(now.getTime() + days * DAY_MS);
    if (known.has(day)) continue;
    const end = dayOf(now.getTime() + (days + 1) * DAY_MS);
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${partitionOf(day)} PARTITION OF events.events FOR VALUES FROM ('${day}') TO ('${end}')`,
    );
  }
}

/**
 * Deletes single events and totals that are kept no longer. A clock of this machine that is ahead of the database's
 * deletes nothing early.
 */
export async function dropDays(client: pg.ClientBase, now: Date): Promise<void> {
  const { rows } = await client.query<{ now: Date }>("SELECT now()");
  const safe = new Date(Math.min(now.getTime(), rows[0]!.now.getTime()));
  const { first } = keptDays(safe);
  await client.query(`SET LOCAL lock_timeout = '${DROP_PATIENCE}'`);
  for (const day of await daysThatExist(client)) {
    if (day < first) await client.query(`DROP TABLE ${partitionOf(day)}`);
  }
  await client.query("SET LOCAL ROLE tsuide_event_mover");
  const oldest = new Date(safe.getTime() - KEPT_TOTALS_DAYS * DAY_MS);
  for (const table of ["hourly", "visits_hourly"]) {
    await client.query(`DELETE FROM events.${table} WHERE hour < $1`, [oldest]);
  }
  await client.query("DELETE FROM events.refused WHERE day < $1", [dayOf(oldest.getTime())]);
  for (const table of ["exposures", "checkouts", "order_visitors"]) {
    await client.query(`DELETE FROM events.${table} WHERE at < $1`, [oldest]);
  }
  await client.query("RESET ROLE");
}

async function daysThatExist(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'events.events'::regclass`,
  );
  return rows.map(({ name }) => name.replace(/^day_(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3")).sort();
}

function partitionOf(day: string): string {
  return `events.day_${day.replaceAll("-", "")}`;
}
