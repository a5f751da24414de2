// What the demo, the tests and a deployment need before they start: schemas, the database client, the theme extension's
// assets, the built app.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf, ROOT } from "./install.mjs";
import { PlainError } from "./plain-error.mjs";
import { ensureSchemas } from "./schemas.mjs";
import { buildThemeAssets } from "./theme-assets.mjs";

const STAMPS = join(ROOT, ".data", "made");
/** Folders that the server's bundle is made from: the preview in the admin renders the theme extension's own blocks. */
const BUILT_INTO_APP = ["app", "public", "extension-kit/theme/styles"].concat(
  ["blocks", "snippets", "locales"].map((folder) => `extensions/theme-offers/${folder}`),
);

/** Every file below some folders, sorted, tests left out. */
function filesBelow(folders) {
  return folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
    )
    .sort();
}

/** Runs a program of the project's own packages quietly; throws with its last words where it fails. */
export function run(node, script, args, { env = {}, what }) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [join(ROOT, "node_modules", script), ...args], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, CHECKPOINT_DISABLE: "1", ...env },
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => (said = (said + chunk).slice(-4000)));
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new PlainError(`${what} failed:\n${said.trim()}`));
    });
  });
}

/**
 * Makes something again only when what it is made from has changed since it was made, or when the product is another than
 * was made here: an install of the packages, say, puts back an empty database client.
 */
async function unlessFresh(name, sources, product, make) {
  const stamp = join(STAMPS, name);
  const stampNow = () => `${hashOf(sources)} ${hashOf([product])}`;
  if (existsSync(product) && existsSync(stamp) && readFileSync(stamp, "utf8") === stampNow()) return;
  await make();
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stamp, stampNow());
}

/**
 * Brings everything that is made from sources up to date.
 *
 * @param {{ node: string, progress?: (text: string) => void }} options
 */
export async function prepare({ node, progress = console.log }) {
  ensureSchemas(join(ROOT, ".cache", "schemas"));
  await buildThemeAssets();
  await unlessFresh(
    "prisma-client",
    [join(ROOT, "prisma", "schema.prisma"), join(ROOT, "package-lock.json")],
    join(ROOT, "node_modules", ".prisma", "client", "index.js"),
    () => {
      progress("Generating the database client ...");
      // Generating reads no database, but the configuration wants an address.
      const env = { DATABASE_URL: process.env.DATABASE_URL ?? "postgresql://unused.invalid/unused" };
      return run(node, "prisma/build/index.js", ["generate"], { env, what: "Generating the database client" });
    },
  );
  await unlessFresh(
    "function",
    [
      ...filesBelow(["extensions/offer-discount/assembly", "app/domain/pricing/kernel"]),
      join(ROOT, "app", "domain", "money", "currency-exponents.ts"),
      join(ROOT, "scripts", "functions", "build-function.mjs"),
      join(ROOT, "package-lock.json"),
    ],
    join(ROOT, "extensions", "offer-discount", "dist", "function.wasm"),
    async () => {
      progress("Building the discount Function ...");
      // Loaded only here: the packages may just have been installed.
      const { buildFunction } = await import("../functions/build-function.mjs");
      await buildFunction();
    },
  );
  await unlessFresh(
    "app",
    [...filesBelow(BUILT_INTO_APP), join(ROOT, "vite.config.ts"), join(ROOT, "package-lock.json")],
    join(ROOT, "build", "server", "index.js"),
    () => {
      progress("Building the app ...");
      return run(node, "@remix-run/dev/dist/cli.js", ["vite:build"], {
        env: { NODE_ENV: "production" },
        what: "Building the app",
      });
    },
  );
}
