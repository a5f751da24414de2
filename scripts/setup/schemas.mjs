// Brings Shopify's GraphQL schemas (Admin, Storefront, Functions; API 2026-07) into `.cache/schemas`.
//
// They ship inside the npm package `@shopify/dev-mcp`, which weighs 366 MB installed; only its archive is taken,
// its integrity is checked against the hash below, and four files are kept. Run again it does nothing.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";

const PACKAGE = "@shopify/dev-mcp@1.16.0";
const INTEGRITY = "sha512-tqgRnK7sQhjew+htxtleTH23nXB5fZcsrhWgEkomsorGXvLOB2mh2upwZm8uzuTDNTZnqtLMe64yIwh6s2awtw==";
export const SCHEMA_FILES = [
  "admin_2026-07.json.gz",
  "storefront-graphql_2026-07.json.gz",
  "functions_discount_2026-07.json.gz",
  "functions_cart_transform_2026-07.json.gz",
];

/** Makes sure that `folder` holds every schema; throws a plain sentence where it cannot. */
export function ensureSchemas(folder) {
  if (SCHEMA_FILES.every((file) => existsSync(join(folder, file)))) return;
  const work = mkdtempSync(join(tmpdir(), "tsuide-schemas-"));
  try {
    let archive;
    try {
      execFileSync("npm", ["pack", PACKAGE, "--silent", "--pack-destination", work], { stdio: "pipe", cwd: work });
      archive = join(
        work,
        readdirSync(work).find((file) => file.endsWith(".tgz")),
      );
    } catch {
      throw new Error(`Shopify's GraphQL schemas could not be fetched: npm could not download ${PACKAGE}.`);
    }
    const hash = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
    if (hash !== INTEGRITY) throw new Error(`${PACKAGE} is not the archive that is expected: its hash is ${hash}.`);
    execFileSync("tar", ["-xzf", archive, "-C", work, ...SCHEMA_FILES.map((file) => `package/dist/data/${file}`)]);
    mkdirSync(folder, { recursive: true });
    // Copied, not moved: the temporary folder may be on another disk.
    for (const file of SCHEMA_FILES) copyFileSync(join(work, "package/dist/data", file), join(folder, file));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureSchemas(join(import.meta.dirname, "..", "..", ".cache", "schemas"));
}
