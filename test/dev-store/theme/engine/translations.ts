import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { FileScope } from "./page-scope.ts";
import { parseThemeJson, readText } from "./theme-files.ts";
import { lookUp, type Tree, type Translations } from "./translate.ts";

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The texts of one language, or of the folder's default language; empty where there are none. */
function readTree(folder: string, locale: string | null, kind: "" | ".schema"): Tree {
  const wanted =
    locale === null
      ? (name: string) => name.endsWith(`.default${kind}.json`)
      : (name: string) => name === `${locale}${kind}.json` || name === `${locale}.default${kind}.json`;
  const name = listed(folder).find(wanted);
  return name ? parseThemeJson<Tree>(readText(join(folder, name))!, `locales/${name}`) : {};
}

/** Reads `<locale>.json` or `<locale>.default.json`, and the folder's default language behind it. */
export function readTranslations(folder: string, locale: string): Translations {
  return { locale, texts: readTree(folder, locale, ""), fallback: readTree(folder, null, "") };
}

/** A default in a schema such as `t:settings.title`, in the language of the page; any other text as it stands. */
export function translateSchemaText(file: FileScope, locale: string, text: string): string {
  if (!text.startsWith("t:")) return text;
  const key = text.slice(2);
  const folder = join(file.folder, "locales");
  const schema = (file.schemaTexts ??= {
    own: readTree(folder, locale, ".schema"),
    fallback: readTree(folder, null, ".schema"),
  });
  const found = lookUp(schema.own, key) ?? lookUp(schema.fallback, key);
  return typeof found === "string" ? found : text;
}
