import { type Context, Liquid, Tag, type TagToken, type Template, type TopLevelToken } from "liquidjs";
import { formatMoney } from "../domain/money/format.ts";
import { fromHundredths } from "../domain/money/hundredths.ts";

/** The files of a theme extension, by name without folder and ending. */
export interface BlockFiles {
  readonly templates: Readonly<Record<string, string>>;
  readonly css: string;
  /** Texts of the storefront, by language. */
  readonly locales: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface BlockContext {
  readonly language: string;
  readonly currency: string;
  /** Liquid's global objects. */
  readonly objects: Readonly<Record<string, unknown>>;
}

/**
 * Renders one block of the theme extension as Shopify's theme engine would at load. Objects and filters that a block
 * uses beyond those given render as nothing, so that a new block shows less instead of failing.
 */
export function renderBlock(files: BlockFiles, name: string, context: BlockContext): string {
  const template = files.templates[name];
  if (template === undefined) throw new Error(`No such block: ${name}`);
  return blockEngine(files, context).parseAndRenderSync(template, context.objects, { globals: { ...context.objects } });
}

function blockEngine(files: BlockFiles, { language, currency }: BlockContext): Liquid {
  const engine = new Liquid({ templates: { ...files.templates }, ownPropertyOnly: true, relativeReference: false });
  for (const name of ["schema", "doc", "stylesheet", "javascript"]) engine.registerTag(name, silentTag(name));
  engine.registerFilter("money", (hundredths: unknown) =>
    formatMoney(fromHundredths(Number(hundredths) || 0, currency), language),
  );
  // Styles are in the document's head, and scripts are left out.
  engine.registerFilter("asset_url", (asset: unknown) => `#${String(asset)}`);
  engine.registerFilter("image_url", (image: unknown) => imageUrl(image));
  engine.registerFilter("t", (key: unknown, ...values: unknown[]) => {
    const words = files.locales[language] ?? files.locales.en ?? {};
    return translate(words, String(key), Object.fromEntries(values as [string, unknown][]), language);
  });
  return engine;
}

/** A tag whose content is for Shopify, not for the page. */
function silentTag(name: string) {
  return class extends Tag {
    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
      super(token, remaining, liquid);
      while (remaining.length > 0) {
        const next = remaining.shift() as TopLevelToken & { name?: string };
        if (next.name === `end${name}`) return;
      }
      throw new Error(`tag {% ${name} %} not closed`);
    }
    override *render(_context: Context): Generator<Template, void, unknown> {}
  };
}

function imageUrl(image: unknown): string {
  return typeof image === "string" && /^(https?:)?\//.test(image) ? image : "";
}

const PLACEHOLDER = /{{\s*(\w+)\s*}}/g;

/** Shopify's `t`: plurals by `count`, values put in and escaped, but for keys that end in `_html`. */
function translate(
  words: Readonly<Record<string, unknown>>,
  key: string,
  values: Readonly<Record<string, unknown>>,
  language: string,
): string {
  const found = key
    .split(".")
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], words);
  const forms = typeof found === "object" && found !== null ? (found as Record<string, unknown>) : null;
  const category = new Intl.PluralRules(language).select(Number(values.count ?? 0));
  const text = forms === null ? found : (forms[category] ?? forms.other);
  if (typeof text !== "string") return "";
  const put = key.endsWith("_html") ? String : (value: unknown) => escapeHtml(String(value));
  return text.replace(PLACEHOLDER, (_, name: string) => put(values[name] ?? ""));
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
