import { join } from "node:path";
import { embedsOf } from "./app-placements.ts";
import { EXTENSIONS_DIR } from "../../functions/discount-cart.ts";
import { engineFor, type FolderEngine, renderFile } from "./liquid-engines.ts";
import type { PageScope } from "./page-scope.ts";
import type { PartRenderer } from "./tags.ts";
import { settingValues } from "./setting-values.ts";
import { APP_BLOCK, findBlock, type LiquidSchema, type Placed, readSchema, readText } from "./theme-files.ts";
import { themeDirOf } from "./theme-of.ts";
import { translateSchemaText } from "./translations.ts";

type Globals = Record<string, unknown>;

/** Extensions may not draw sections or theme blocks. */
const NO_PARTS: PartRenderer = {
  section: () => Promise.reject(new Error("an app block cannot draw a section")),
  group: () => Promise.reject(new Error("an app block cannot draw sections")),
  contentFor: () => Promise.reject(new Error("an app block cannot draw theme blocks")),
};

export function extensionsDirOf(scope: PageScope): string {
  return scope.context.extensionsDir ?? EXTENSIONS_DIR;
}

function extensionEngine(scope: PageScope, extension: string): FolderEngine {
  const folder = join(extensionsDirOf(scope), extension);
  return engineFor(folder, scope.visitor.locale, (name) => `/cdn/extensions/${extension}/assets/${name}`, NO_PARTS);
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

function blockSettings(scope: PageScope, globals: Globals, engine: FolderEngine, schema: LiquidSchema, placed: Placed) {
  const reader = {
    ...{ scope, globals, engine: engine.engine },
    schemaText: (text: string) => translateSchemaText(engine.file, scope.visitor.locale, text),
  };
  const settings = settingValues(schema.settings ?? [], placed.settings, reader);
  const closest = (globals.closest ?? {}) as Globals;
  for (const { autofill, id, type } of schema.settings ?? []) {
    if (autofill && id) settings[id] ??= closest[type] ?? globals[type] ?? null;
  }
  return settings;
}

/** One block of the app: empty where it is switched off, not for this page, or the app is not installed. */
export async function renderAppBlock(scope: PageScope, globals: Globals, id: string, placed: Placed): Promise<string> {
  const name = APP_BLOCK.exec(placed.type)?.[1];
  const found = name ? findBlock(extensionsDirOf(scope), name) : null;
  if (!name || !found || placed.disabled || !scope.context.shop.installation.installed) return "";
  const schema = readSchema(readText(found.file)!, found.file);
  if (!isAvailable(schema, globals) || !allows(schema, String(globals.template))) return "";
  const asset = (file: string) => `/cdn/extensions/${found.extension}/assets/${file}`;
  if (schema.stylesheet) scope.stylesheets.add(asset(schema.stylesheet));
  if (schema.javascript) scope.scripts.add(asset(schema.javascript));
  const engine = extensionEngine(scope, found.extension);
  const settings = blockSettings(scope, globals, engine, schema, placed);
  const block = { id, type: name, name: schema.name, settings, shopify_attributes: "" };
  const html = await renderFile(engine, found.file, { ...globals, block });
  const isEmbed = schema.target !== undefined && schema.target !== "section";
  return isEmbed ? html : `<div id="shopify-block-${id}" class="shopify-block shopify-app-block">${html}</div>`;
}

/** The app embeds that the theme has switched on, by where on the page they go. */
export async function renderEmbeds(scope: PageScope, globals: Globals): Promise<{ head: string; body: string }> {
  const blocks = embedsOf(themeDirOf(scope.context), extensionsDirOf(scope), scope.context.embeds);
  const rendered = { head: "", body: "" };
  for (const [id, placed] of Object.entries(blocks)) {
    const name = APP_BLOCK.exec(placed.type)?.[1];
    const found = name ? findBlock(extensionsDirOf(scope), name) : null;
    if (!found) continue;
    const { target } = readSchema(readText(found.file)!, found.file);
    rendered[target === "head" ? "head" : "body"] += await renderAppBlock(scope, globals, id, placed);
  }
  return rendered;
}
