import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Liquid, type Template } from "liquidjs";
import { registerFilters } from "./filters.ts";
import type { FileScope } from "./page-scope.ts";
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
  const file: FileScope = { translations: readTranslations(join(folder, "locales"), locale), assetUrl };
  const engine = new Liquid({
    root: [join(folder, "snippets")],
    extname: ".liquid",
    strictFilters: true,
    strictVariables: false,
    ownPropertyOnly: true,
    jsTruthy: false,
    cache: true,
  });
  registerFilters(engine, () => file);
  registerTags(engine, parts);
  const folderEngine = { engine, file, parsed: new Map() };
  engines.set(key, { stamp, folderEngine });
  return folderEngine;
}

/** `{% render block %}` draws an app block; liquidjs would look for a snippet of that name. */
const RENDER_BLOCK = /\{%-?\s*render\s+block\s*-?%\}/g;

/** Renders a file with an engine; parsed once for each version of the file. Throws where the Liquid is wrong. */
export async function renderFile(
  folderEngine: FolderEngine,
  path: string,
  globals: Record<string, unknown>,
): Promise<string> {
  const text = readText(path);
  if (text === null) throw new Error(`No Liquid file at ${path}`);
  let known = folderEngine.parsed.get(path);
  if (known?.text !== text) {
    const source = text.replace(RENDER_BLOCK, "{{ block.__html }}");
    known = { text, templates: folderEngine.engine.parse(source, path) };
    folderEngine.parsed.set(path, known);
  }
  return (await folderEngine.engine.render(known.templates, {}, { globals })) as string;
}
