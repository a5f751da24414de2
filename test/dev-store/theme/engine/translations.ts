import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Tree = { [key: string]: string | Tree };

/** The texts of a theme or an extension in one language, with its default language behind it. */
export interface Translations {
  locale: string;
  texts: Tree;
  fallback: Tree;
}

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

function lookUp(tree: Tree, key: string): string | Tree | undefined {
  let at: string | Tree | undefined = tree;
  for (const part of key.split(".")) {
    if (typeof at !== "object") return undefined;
    at = at[part];
  }
  return at;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function pluralForm(found: Tree, locale: string, count: number): string | undefined {
  const exact = count === 0 ? found.zero : undefined;
  const form = exact ?? found[new Intl.PluralRules(locale).select(count)] ?? found.other;
  return typeof form === "string" ? form : undefined;
}

/**
 * Liquid's `t`: the text of a key, plural by `count`, placeholders filled. What is filled in is escaped unless the
 * key ends with `_html`. A missing key shows as Shopify shows it.
 */
export function translate(from: Translations, key: string, values: Record<string, unknown>): string {
  let found = lookUp(from.texts, key);
  let locale = from.locale;
  if (found === undefined) {
    found = lookUp(from.fallback, key);
    locale = "en";
  }
  if (typeof found === "object") found = pluralForm(found, locale, Number(values.count ?? 1));
  if (typeof found !== "string") return `Translation missing: ${from.locale}.${key}`;
  const isHtml = key.endsWith("_html");
  return found.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (whole, name: string) => {
    if (!(name in values)) return whole;
    const text = String(values[name] ?? "");
    return isHtml ? text : escapeHtml(text);
  });
}
