import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse as parseToml } from "smol-toml";

export type DiscountTarget = "cart.lines.discounts.generate.run" | "cart.delivery-options.discounts.generate.run";

/** A Function extension as its manifest describes it, with its compiled module. */
export interface DiscountExtension {
  handle: string;
  /** For each target: the input query, and the name of the function the module exports for it. */
  targets: Map<string, { query: string; exportName: string }>;
  /** The extension's own input variables, where its manifest names a metafield for them. */
  variables: { namespace: string; key: string } | null;
  /** The compiled module. */
  wasm: Uint8Array;
}

interface FunctionManifest {
  extensions?: {
    type?: string;
    handle?: string;
    name?: string;
    targeting?: { target?: string; input_query?: string; export?: string }[];
    build?: { command?: string; path?: string };
    input?: { variables?: { namespace?: string; key?: string } };
  }[];
}

/** The module that the extension's build command makes. Throws, naming the command, where it has not been run. */
function readModule(folder: string, build: { command?: string; path?: string } | undefined): Uint8Array {
  const file = join(folder, build?.path ?? "dist/function.wasm");
  if (!existsSync(file)) throw new Error(`There is no ${file}: run \`${build?.command}\` in ${folder}.`);
  return readFileSync(file);
}

function readExtension(folder: string, manifest: FunctionManifest): DiscountExtension | null {
  const extension = manifest.extensions?.find((each) => each.type === "function");
  const targeting = extension?.targeting?.filter((each) => each.target?.includes(".discounts.generate.run")) ?? [];
  if (!extension || targeting.length === 0) return null;
  const targets = new Map<string, { query: string; exportName: string }>();
  for (const { target, input_query, export: exported } of targeting) {
    if (!target || !input_query) continue;
    const query = readFileSync(join(folder, input_query), "utf8");
    targets.set(target, { query, exportName: exported ?? "run" });
  }
  const variables = extension.input?.variables;
  return {
    handle: extension.handle ?? extension.name ?? "",
    targets,
    variables: variables?.namespace && variables.key ? { namespace: variables.namespace, key: variables.key } : null,
    wasm: readModule(folder, extension.build),
  };
}

/** The newest change among a folder's files, so that a new build is seen without a restart. */
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

/** Every discount Function below a folder of extensions. An unchanged one is read once. */
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
