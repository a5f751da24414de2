export type Tree = { [key: string]: string | Tree };

/** The texts of a theme or an extension in one language, with its default language behind it. */
export interface Translations {
  locale: string;
  texts: Tree;
  fallback: Tree;
}

/** The text or texts below a dotted key. */
export function lookUp(tree: Tree, key: string): string | Tree | undefined {
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
 * key ends with `_html`, or the caller shows it as text. A missing key shows as Shopify shows it.
 */
export function translate(
  from: Translations,
  key: string,
  values: Record<string, unknown>,
  escapes: boolean = !key.endsWith("_html"),
): string {
  let found = lookUp(from.texts, key);
  let locale = from.locale;
  if (found === undefined) {
    found = lookUp(from.fallback, key);
    locale = "en";
  }
  if (typeof found === "object") found = pluralForm(found, locale, Number(values.count ?? 1));
  if (typeof found !== "string") return `Translation missing: ${from.locale}.${key}`;
  return found.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (whole, name: string) => {
    if (!(name in values)) return whole;
    const text = String(values[name] ?? "");
    return escapes ? escapeHtml(text) : text;
  });
}
