import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tree, Translations } from "./translate.ts";

function readTree(folder: string, names: string[]): Tree {
  for (const name of names) {
    const file = join(folder, name);
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Tree;
  }
  return {};
}

/** Reads `<locale>.json` or `<locale>.default.json`, and the English default behind it. */
export function readTranslations(folder: string, locale: string): Translations {
  return {
    locale,
    texts: readTree(folder, [`${locale}.json`, `${locale}.default.json`]),
    fallback: readTree(folder, ["en.default.json", "ja.default.json"]),
  };
}
