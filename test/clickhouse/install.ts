import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const LOCKED = join(import.meta.dirname, "engine");
const DATA = join(import.meta.dirname, "..", "..", ".data");
/** An install takes 20 seconds, and half a gigabyte. */
const PATIENCE_MS = 120_000;

/** A folder with the engine in it, or why there is none. */
export type Engine = { readonly folder: string } | { readonly missing: string };

/**
 * Installs ClickHouse as a library where it is not yet, in the versions of `engine/package-lock.json`, whose hashes npm
 * checks. It is no package of the project, since nothing but these tests needs it. Several callers at once are safe.
 */
export function installEngine(): Engine {
  const lock = readFileSync(join(LOCKED, "package-lock.json"));
  const folder = join(DATA, `clickhouse-${createHash("sha256").update(lock).digest("hex").slice(0, 12)}`);
  if (existsSync(folder)) return { folder };
  if (process.env.WITHOUT_CLICKHOUSE === "1") return { missing: "WITHOUT_CLICKHOUSE is 1" };
  mkdirSync(DATA, { recursive: true });
  // Made elsewhere and renamed: what has that name is whole.
  const made = mkdtempSync(join(DATA, "clickhouse-"));
  try {
    cpSync(LOCKED, made, { recursive: true });
    const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0", "--loglevel=error"];
    const run = spawnSync("npm", args, { cwd: made, encoding: "utf8", timeout: PATIENCE_MS });
    if (run.status !== 0) return { missing: `npm could not install it: ${reasonOf(run)}` };
    if (!existsSync(join(made, "node_modules", "@chdb"))) return { missing: "chdb has no library for this system" };
    if (!existsSync(folder)) renameSync(made, folder);
    return { folder };
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function reasonOf({ error, stderr }: { error?: Error | undefined; stderr: string | null }): string {
  return error?.message ?? stderr?.trim().split("\n")[0] ?? "it says nothing";
}
