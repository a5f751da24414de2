/**
 * Copies shoppers' events, of all shops, between PostgreSQL and ClickHouse: `npm run copy-events -- clickhouse`, or
 * `postgresql` for the way back. The environment is that of the programs; docs/operations.md says when to run it.
 */
import { COPY_TARGETS, copyEvents } from "../flows/measurement/copy-events.ts";
import { openEventPlaces } from "../server/composition.ts";
import { processConfig } from "../server/config.ts";
import { runCommand, UserError } from "./user-error.ts";

await runCommand(async () => {
  const to = COPY_TARGETS.find((target) => target === process.argv[2]);
  if (to === undefined || process.argv.length > 3) {
    throw new UserError(`Where to? npm run copy-events -- ${COPY_TARGETS.join(" | ")}`);
  }
  const now = new Date();
  const places = await openEventPlaces(processConfig(), now);
  if (places === null) throw new UserError("EVENTS_CLICKHOUSE_URL is not set: there is only one place for events.");
  const copied = new Map<string, number>();
  try {
    await copyEvents(to, places, now, (table, rows) => copied.set(table, rows));
  } finally {
    for (const [table, rows] of copied) process.stdout.write(`${table}: ${rows} rows\n`);
    await places.close();
  }
});
