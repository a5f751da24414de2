import { join } from "node:path";
import { createHash } from "node:crypto";
import type { StoreContext } from "../../state.ts";
import { EXTENSIONS_DIR } from "../../functions/discount-cart.ts";
import type { PricedCart } from "../../storefront/price-cart.ts";
import type { Visitor } from "../../storefront/visitor.ts";
import { safeJson } from "./filters.ts";
import { globalObjects } from "./globals.ts";
import { engineFor, type FolderEngine, renderFile } from "./liquid-engines.ts";
import type { PageScope } from "./page-scope.ts";
import type { PartRenderer } from "./tags.ts";
import {
  APP_BLOCK,
  findBlock,
  type JsonTemplate,
  type LiquidSchema,
  type Placed,
  readSchema,
  readText,
  readThemeJson,
  type SettingsData,
  settingsOf,
  THEME_DIR,
} from "./theme-files.ts";

type Globals = Record<string, unknown>;

const HEADER_MARK = "<!--content_for_header-->";

/** A scope for one page view. */
export function pageScope(context: StoreContext, visitor: Visitor, priced: PricedCart, url: URL): PageScope {
  return {
    context,
    visitor,
    priced,
    url,
    stylesheets: new Set(),
    scripts: new Set(),
    inlineStyles: new Set(),
    inlineScripts: new Set(),
    page: null,
    productObjects: new Map(),
    metafields: new Map(),
  };
}

const parts: PartRenderer = {
  section: (scope, globals, name) => renderStaticSection(scope, globals, name),
  group: (scope, globals, name) => renderGroup(scope, globals, name),
};

function themeEngine(scope: PageScope): FolderEngine {
  return engineFor(THEME_DIR, scope.visitor.locale, (name) => `/cdn/assets/${name}`, parts);
}

function extensionsDir(scope: PageScope): string {
  return scope.context.extensionsDir ?? EXTENSIONS_DIR;
}

function extensionEngine(scope: PageScope, extension: string): FolderEngine {
  const folder = join(extensionsDir(scope), extension);
  return engineFor(folder, scope.visitor.locale, (name) => `/cdn/extensions/${extension}/assets/${name}`, parts);
}

function isAvailable(schema: LiquidSchema, globals: Globals): boolean {
  const path = /\{\{\s*([\w.$"[\]-]+)\s*\}\}/.exec(schema.available_if ?? "")?.[1];
  if (!path) return true;
  const value = path.split(".").reduce<unknown>((at, key) => (at as Globals | null)?.[key], globals);
  return ((value as { value?: unknown } | null)?.value ?? value) === true;
}

function allows(schema: LiquidSchema, template: string): boolean {
  const on = schema.enabled_on?.templates;
  const off = schema.disabled_on?.templates;
  if (on && !on.includes(template) && !on.includes("*")) return false;
  return !off?.includes(template);
}

/** The blocks of the app that run in this page: what is placed by the theme, or switched on as an embed. */
async function renderAppBlock(scope: PageScope, globals: Globals, id: string, placed: Placed): Promise<string> {
  const name = APP_BLOCK.exec(placed.type)?.[1];
  const found = name ? findBlock(extensionsDir(scope), name) : null;
  if (!name || !found || placed.disabled || !scope.context.shop.installation.installed) return "";
  const schema = readSchema(readText(found.file)!);
  if (!isAvailable(schema, globals) || !allows(schema, String(globals.template))) return "";
  const asset = (file: string) => `/cdn/extensions/${found.extension}/assets/${file}`;
  if (schema.stylesheet) scope.stylesheets.add(asset(schema.stylesheet));
  if (schema.javascript) scope.scripts.add(asset(schema.javascript));
  const settings = settingsOf(schema.settings ?? [], placed.settings);
  for (const setting of schema.settings ?? []) {
    if (setting.autofill && setting.id && settings[setting.id] === null)
      settings[setting.id] = globals[setting.type] ?? null;
  }
  const block = { id, type: name, name: schema.name, settings, shopify_attributes: "" };
  const html = await renderFile(extensionEngine(scope, found.extension), found.file, { ...globals, block });
  const isEmbed = schema.target !== undefined && schema.target !== "section";
  return isEmbed ? html : `<div id="shopify-block-${id}" class="shopify-block shopify-app-block">${html}</div>`;
}

/** A theme's own block, or an app block in the section that holds it. */
async function blockObject(scope: PageScope, globals: Globals, id: string, placed: Placed, schema: LiquidSchema) {
  if (APP_BLOCK.test(placed.type)) {
    const __html = await renderAppBlock(scope, globals, id, placed);
    return { id, type: "@app", settings: {}, shopify_attributes: "", __html };
  }
  const own = schema.blocks?.find((each) => each.type === placed.type);
  return { id, type: placed.type, settings: settingsOf(own?.settings ?? [], placed.settings), shopify_attributes: "" };
}

async function renderSection(scope: PageScope, globals: Globals, id: string, placed: Placed): Promise<string> {
  const path = join(THEME_DIR, "sections", `${placed.type}.liquid`);
  const text = readText(path);
  if (text === null) throw new Error(`The theme has no section ${placed.type}`);
  const schema = readSchema(text);
  const bare = { id, settings: settingsOf(schema.settings ?? [], placed.settings), index: 1, location: "template" };
  const withSection = { ...globals, section: bare };
  const order = placed.block_order ?? Object.keys(placed.blocks ?? {});
  const blocks: object[] = [];
  for (const key of order) {
    const block = placed.blocks?.[key];
    if (block && !block.disabled) blocks.push(await blockObject(scope, withSection, blockId(id, key), block, schema));
  }
  const html = await renderFile(themeEngine(scope), path, { ...globals, section: { ...bare, blocks } });
  const tag = schema.tag ?? "div";
  return `<${tag} id="shopify-section-${id}" class="shopify-section${schema.class ? ` ${schema.class}` : ""}">${html}</${tag}>`;
}

/** Block ids are unique on a page, and stable. */
function blockId(sectionId: string, key: string): string {
  const mark = createHash("md5").update(`${sectionId}/${key}`).digest("base64url").replace(/[-_]/g, "");
  return `A${mark.slice(0, 16)}__${key}`;
}

function renderStaticSection(scope: PageScope, globals: Globals, name: string): Promise<string> {
  return renderSection(scope, globals, name, { type: name });
}

async function renderGroup(scope: PageScope, globals: Globals, name: string): Promise<string> {
  const group = readThemeJson<JsonTemplate>(`sections/${name}.json`);
  if (!group) return "";
  const rendered: string[] = [];
  for (const key of group.order) {
    const placed = group.sections[key];
    if (placed) rendered.push(await renderSection(scope, globals, `sections--1__${key}`, placed));
  }
  return rendered.join("\n");
}

/** The number in a template's section ids, as in `template--18923__main`. */
function templateNumber(template: string): number {
  return 10_000 + (Number.parseInt(createHash("md5").update(template).digest("hex").slice(0, 6), 16) % 90_000);
}

function readTemplate(template: string): JsonTemplate {
  const json = readThemeJson<JsonTemplate>(`templates/${template}.json`);
  if (!json) throw new Error(`The theme has no template ${template}`);
  return json;
}

async function renderEmbeds(scope: PageScope, globals: Globals): Promise<{ head: string; body: string }> {
  const { current } = readThemeJson<SettingsData>("config/settings_data.json") ?? { current: {} };
  const rendered = { head: "", body: "" };
  for (const [id, placed] of Object.entries(current.blocks ?? {})) {
    const name = APP_BLOCK.exec(placed.type)?.[1];
    const found = name ? findBlock(extensionsDir(scope), name) : null;
    if (!found) continue;
    const { target } = readSchema(readText(found.file)!);
    rendered[target === "head" ? "head" : "body"] += await renderAppBlock(scope, globals, id, placed);
  }
  return rendered;
}

/** Shopify's own part of the head: `window.Shopify`, extension assets, standard actions. */
function contentForHeader(scope: PageScope, head: string): string {
  const { context, visitor } = scope;
  const { shop } = context;
  const root = `${visitor.prefix}/`;
  const shopify = {
    shop: shop.domain,
    locale: visitor.locale,
    country: visitor.country,
    currency: { active: visitor.currency, rate: String(visitor.market.rate) },
    theme: { name: "Noren", id: 1, schema_name: "Noren", schema_version: "1.0.0", role: "main" },
    routes: { root },
    designMode: false,
  };
  const links = [...scope.stylesheets].map((url) => `<link rel="stylesheet" href="${url}" media="all">`);
  const scripts = [...scope.scripts].map((url) => `<script src="${url}" defer></script>`);
  const consent = { consent: visitor.consent, region: visitor.country };
  return [
    `<script>window.Shopify = Object.assign(window.Shopify || {}, ${safeJson(shopify)}); window.Shopify.__consent = ${safeJson(consent)};</script>`,
    `<script src="/__shopify/storefront.js" defer></script>`,
    ...links,
    ...scripts,
    scope.inlineStyles.size > 0 ? `<style data-shopify>${[...scope.inlineStyles].join("\n")}</style>` : "",
    scope.inlineScripts.size > 0 ? `<script defer>${[...scope.inlineScripts].join("\n")}</script>` : "",
    head,
  ].join("\n");
}

function globalsFor(scope: PageScope, template: string, extra: Globals): Globals {
  const { current } = readThemeJson<SettingsData>("config/settings_data.json") ?? { current: {} };
  const { blocks: _blocks, ...settings } = current;
  return { ...globalObjects(scope, template), settings, ...extra };
}

/** A whole page: the template's sections inside the layout, with the app's blocks and embeds. */
export async function renderPage(scope: PageScope, template: string, extra: Globals): Promise<string> {
  const globals = globalsFor(scope, template, extra);
  const json = readTemplate(template);
  const sections: string[] = [];
  for (const key of json.order) {
    const placed = json.sections[key];
    const id = `template--${templateNumber(template)}__${key}`;
    if (placed && !placed.disabled) sections.push(await renderSection(scope, globals, id, placed));
  }
  const embeds = await renderEmbeds(scope, globals);
  const layout = await renderFile(themeEngine(scope), join(THEME_DIR, "layout", "theme.liquid"), {
    ...globals,
    content_for_layout: sections.join("\n"),
    content_for_header: HEADER_MARK,
  });
  const head = contentForHeader(scope, embeds.head);
  return layout.replace(HEADER_MARK, () => head).replace("</body>", () => `${embeds.body}</body>`);
}

/**
 * Shopify's Section Rendering: the HTML of sections of one template by id; null for an id that is neither in the
 * template nor a file of the theme.
 */
export async function renderSectionsById(
  scope: PageScope,
  template: string,
  extra: Globals,
  ids: string[],
): Promise<Record<string, string | null>> {
  const globals = globalsFor(scope, template, extra);
  const json = readTemplate(template);
  const rendered: Record<string, string | null> = {};
  for (const id of ids) {
    const key = new RegExp(`^template--${templateNumber(template)}__(.+)$`).exec(id)?.[1] ?? id;
    const placed = json.sections[key];
    const isFile = /^[\w-]+$/.test(id) && readText(join(THEME_DIR, "sections", `${id}.liquid`)) !== null;
    if (placed) rendered[id] = await renderSection(scope, globals, id, placed);
    else rendered[id] = isFile ? await renderStaticSection(scope, globals, id) : null;
  }
  return rendered;
}
