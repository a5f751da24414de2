import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PACKAGE = "@duckdb/node-api";
const VERSION = "1.5.6-r.1";

/** Where the peer lives: outside the project, which has no use for it but this comparison. */
export function duckDbFolder(): string {
  return join(tmpdir(), `tsuide-duckdb-${VERSION}`);
}

/** Installs DuckDB where it is not yet; false where that fails, as without a network. */
export function installDuckDb(): boolean {
  const folder = duckDbFolder();
  if (existsSync(join(folder, "node_modules", PACKAGE))) return true;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const install = ["install", "--no-audit", "--no-fund", "--save-exact", `${PACKAGE}@${VERSION}`];
  return spawnSync("npm", install, { cwd: folder, stdio: "ignore" }).status === 0;
}
