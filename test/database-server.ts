import { readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import type { TestProject } from "vitest/node";
// @ts-expect-error The set-up scripts are plain JavaScript: they run before anything is installed.
import { ensureDatabase, startPostgres } from "../scripts/setup/postgres.mjs";
import { makeScratchFolder } from "./fixtures/scratch-folder.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the server that test databases are made on. */
    databaseServer: string;
    /** The same server, for dropping them. */
    databaseOwner: string;
  }
}

const MIGRATIONS = join(import.meta.dirname, "..", "prisma", "migrations");

/** The database that every test's own is a copy of. */
export const TEMPLATE = "tsuide_template";

/**
 * Starts PostgreSQL once for a test run and prepares the template with every migration. The migrations' SQL is run
 * as it stands, which takes a fraction of the time that Prisma's own command does; the demo uses that command.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await makeScratchFolder("test");
  const server = process.env.DATABASE_URL
    ? { url: process.env.DATABASE_URL, ownerUrl: process.env.DATABASE_URL, stop: async () => {} }
    : ((await startPostgres({ folder, throwaway: true, seesEveryShop: true })) as {
        url: string;
        ownerUrl: string;
        stop: () => Promise<void>;
      });
  await dropDatabase(server.ownerUrl, TEMPLATE);
  const template = (await ensureDatabase(server.url, TEMPLATE)) as string;
  await runMigrations({ connectionString: template });
  const client = new pg.Client({ connectionString: template });
  await client.connect();
  for (const entry of readdirSync(MIGRATIONS, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) await client.query(readFileSync(join(MIGRATIONS, entry.name, "migration.sql"), "utf8"));
  }
  await client.end();
  provide("databaseServer", server.url);
  provide("databaseOwner", server.ownerUrl);
  return async () => {
    await dropDatabase(server.ownerUrl, TEMPLATE);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** Drops a database, ending the connections to it. */
export async function dropDatabase(server: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`drop database if exists "${name}" with (force)`);
  await client.end();
}
