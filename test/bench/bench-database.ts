import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runMigrations } from "graphile-worker";
import pg from "pg";
// @ts-expect-error The set-up scripts are plain JavaScript: they run before anything is installed.
import { ensureDatabase, startPostgres } from "../../scripts/setup/postgres.mjs";

const MIGRATIONS = join(import.meta.dirname, "..", "..", "prisma", "migrations");

/** Starts a PostgreSQL whose data goes into `folder`, with one migrated, empty database. */
export async function startBenchDatabase(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = (await startPostgres({ folder, throwaway: true, seesEveryShop: true })) as {
    url: string;
    stop: () => Promise<void>;
  };
  const url = (await ensureDatabase(server.url, "bench")) as string;
  await runMigrations({ connectionString: url });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const name of readdirSync(MIGRATIONS).sort()) {
    if (!name.endsWith(".toml")) await client.query(readFileSync(join(MIGRATIONS, name, "migration.sql"), "utf8"));
  }
  await client.end();
  return { url, stop: server.stop };
}
