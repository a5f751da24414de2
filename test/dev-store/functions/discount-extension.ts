import { buildSync } from "esbuild";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse as parseToml } from "smol-toml";

export type DiscountTarget = "cart.lines.discounts.generate.run" | "cart.delivery-options.discounts.generate.run";

/** A Function extension as its manifest and sources describe it, ready to run. */
export interface DiscountExtension {
  handle: string;
  /** For each target: the input query, and the name of the function the module exports for it. */
  targets: Map<string, { query: string; exportName: string }>;
  /** The extension's own input variables, where its manifest names a metafield for them. */
  variables: { namespace: string; key: string } | null;
  /** One script that leaves `globalThis.__run(exportName, inputJson) => outputJson`. */
  script: string;
}

interface FunctionManifest {
  extensions?: {
    type?: string;
    handle?: string;
    name?: string;
    targeting?: { target?: string; input_query?: string; export?: string }[];
    input?: { variables?: { namespace?: string; key?: string } };
  }[];
}

const camelCase = (kebab: string) => kebab.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

function bundle(folder: string): string {
  const entry = ["src/index.ts", "src/index.js"].find((file) => existsSync(join(folder, file)));
  if (!entry) throw new Error(`No src/index.ts in ${folder}: a Function's exports are looked for there.`);
  const result = buildSync({
    stdin: {
      contents:
        `import * as exported from "./${entry}";\n` +
        "globalThis.__run = (name, input) => JSON.stringify(exported[name](JSON.parse(input)));",
      resolveDir: folder,
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    platform: "neutral",
    mainFields: ["module", "main"],
    logLevel: "silent",
  });
  return result.outputFiles[0]!.text;
}

function readExtension(folder: string, manifest: FunctionManifest): DiscountExtension | null {
  const extension = manifest.extensions?.find((each) => each.type === "function");
  const targeting = extension?.targeting?.filter((each) => each.target?.includes(".discounts.generate.run")) ?? [];
  if (!extension || targeting.length === 0) return null;
  const targets = new Map<string, { query: string; exportName: string }>();
  for (const { target, input_query, export: exported } of targeting) {
    if (!target || !input_query) continue;
    const query = readFileSync(join(folder, input_query), "utf8");
    targets.set(target, { query, exportName: camelCase(exported ?? "run") });
  }
  const variables = extension.input?.variables;
  return {
    handle: extension.handle ?? extension.name ?? "",
    targets,
    variables: variables?.namespace && variables.key ? { namespace: variables.namespace, key: variables.key } : null,
    script: bundle(folder),
  };
}

/** The newest change among a folder's own sources, so that an edit is seen without a restart. */
function newestChange(folder: string): number {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.parentPath.includes("node_modules")) continue;
    newest = Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return newest;
}

const cache = new Map<string, { changed: number; checkedAt: number; extension: DiscountExtension | null }>();
const RECHECK_MS = 2000;

/** Every discount Function below a folder of extensions, bundled. Unchanged sources are bundled once. */
export function loadDiscountExtensions(extensionsDir: string): DiscountExtension[] {
  const found: DiscountExtension[] = [];
  if (!existsSync(extensionsDir)) return found;
  for (const name of readdirSync(extensionsDir)) {
    const file = join(extensionsDir, name, "shopify.extension.toml");
    if (!existsSync(file)) continue;
    const folder = dirname(file);
    let known = cache.get(folder);
    if (!known || performance.now() - known.checkedAt > RECHECK_MS) {
      const changed = newestChange(folder);
      const extension =
        known?.changed === changed ? known.extension : readExtension(folder, parseToml(readFileSync(file, "utf8")));
      known = { changed, checkedAt: performance.now(), extension };
      cache.set(folder, known);
    }
    if (known.extension) found.push(known.extension);
  }
  return found;
}
