import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type FS, Liquid, type Template } from "liquidjs";
import { registerFilters } from "./filters.ts";
import type { FileScope } from "./page-scope.ts";
import { prepareSource } from "./prepare-source.ts";
import { type PartRenderer, registerTags } from "./tags.ts";
import { readText } from "./theme-files.ts";
import { readTranslations } from "./translations.ts";

/** An engine for the files of one folder (the theme or an extension) in one language. */
export interface FolderEngine {
  engine: Liquid;
  file: FileScope;
  parsed: Map<string, { text: string; templates: Template[] }>;
}

const engines = new Map<string, { stamp: number; folderEngine: FolderEngine }>();
const stamps = new Map<string, { stamp: number; at: number }>();
const RECHECK_MS = 1000;

/** The newest change of the snippets and texts of a folder; looked at once a second. */
function stampOf(folder: string): number {
  const known = stamps.get(folder);
  if (known && performance.now() - known.at < RECHECK_MS) return known.stamp;
  let stamp = 0;
  for (const part of ["snippets", "locales"]) {
    try {
      for (const name of readdirSync(join(folder, part))) {
        stamp = Math.max(stamp, statSync(join(folder, part, name)).mtimeMs);
      }
    } catch {
      // A theme or extension need not have every folder.
    }
  }
  stamps.set(folder, { stamp, at: performance.now() });
  return stamp;
}

/** Snippets of a folder, read as Shopify reads them. A name may only be that of a file directly in `snippets`. */
const snippetFiles: FS = {
  exists: async (path) => existsSync(path),
  existsSync: (path) => existsSync(path),
  readFile: async (path) => prepareSource(await readFile(path, "utf8")),
  readFileSync: (path) => prepareSource(readFileSync(path, "utf8")),
  resolve: (folder, name, ext) => join(folder, /^[\w.-]+$/.test(name) ? name + ext : "no-such-snippet"),
  contains: async () => true,
  containsSync: () => true,
  sep: "/",
  dirname: (path) => path.slice(0, path.lastIndexOf("/")),
};

/** The engine for a folder and language; rebuilt when a snippet or text has changed. */
export function engineFor(
  folder: string,
  locale: string,
  assetUrl: (name: string) => string,
  parts: PartRenderer,
): FolderEngine {
  const key = `${folder}|${locale}`;
  const stamp = stampOf(folder);
  const known = engines.get(key);
  if (known?.stamp === stamp) return known.folderEngine;
  const file: FileScope = { folder, translations: readTranslations(join(folder, "locales"), locale), assetUrl };
  const engine = new Liquid({
    root: [join(folder, "snippets")],
    fs: snippetFiles,
    extname: ".liquid",
    strictFilters: true,
    strictVariables: false,
    ownPropertyOnly: true,
    jsTruthy: false,
    relativeReference: false,
    cache: true,
  });
  registerFilters(engine, () => file);
  registerTags(engine, parts);
  const folderEngine = { engine, file, parsed: new Map() };
  engines.set(key, { stamp, folderEngine });
  return folderEngine;
}

/**
 * Renders a file with an engine; parsed once for each version of the file. Snippets see the globals and not the
 * variables. Throws where the Liquid is wrong.
 */
export async function renderFile(
  folderEngine: FolderEngine,
  path: string,
  globals: Record<string, unknown>,
  variables: Record<string, unknown> = {},
): Promise<string> {
  const text = readText(path);
  if (text === null) throw new Error(`No Liquid file at ${path}`);
  let known = folderEngine.parsed.get(path);
  if (known?.text !== text) {
    known = { text, templates: folderEngine.engine.parse(prepareSource(text), path) };
    folderEngine.parsed.set(path, known);
  }
  return (await folderEngine.engine.render(known.templates, variables, { globals })) as string;
}
