import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { bundledParts } from "./prepare-source.ts";
import { readText } from "./theme-files.ts";

/** What Shopify joins into one file for the whole theme: the `stylesheet` and `javascript` tags of its files. */
export interface BundledAssets {
  styles: string;
  scripts: string;
  /** Changes with the content, for the address. */
  version: string;
}

function liquidFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".liquid"))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

const RECHECK_MS = 1000;
const bundles = new Map<string, { at: number; bundle: BundledAssets }>();

/** One file's script cannot break another's. */
const isolated = (script: string, file: string) =>
  `try {(() => {\n${script}\n})();} catch (error) { console.error(${JSON.stringify(basename(file))}, error); }`;

/** The bundles of a theme; looked at again once a second. */
export function bundledAssets(themeDir: string): BundledAssets {
  const known = bundles.get(themeDir);
  if (known && performance.now() - known.at < RECHECK_MS) return known.bundle;
  const styles: string[] = [];
  const scripts: string[] = [];
  for (const file of ["sections", "blocks", "snippets"].flatMap((folder) => liquidFiles(join(themeDir, folder)))) {
    const source = readText(file)!;
    styles.push(...bundledParts(source, "stylesheet"));
    scripts.push(...bundledParts(source, "javascript").map((script) => isolated(script, file)));
  }
  const bundle = { styles: styles.join("\n"), scripts: scripts.join("\n"), version: "" };
  bundle.version = createHash("md5").update(bundle.styles).update(bundle.scripts).digest("hex").slice(0, 8);
  bundles.set(themeDir, { at: performance.now(), bundle });
  return bundle;
}
