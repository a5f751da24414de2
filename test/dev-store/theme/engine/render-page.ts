import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { StoreContext } from "../../shop/state.ts";
import type { StandardEvent } from "../../pixel/pixels-on-page.ts";
import type { PricedCart } from "../../storefront/priced-cart.ts";
import type { Visitor } from "../../storefront/visitor.ts";
import { extensionsDirOf, renderEmbeds } from "./app-blocks.ts";
import { withAppBlocks } from "./app-placements.ts";
import { contentForHeader, playCdn } from "./content-for-header.ts";
import { globalObjects } from "./globals.ts";
import { renderFile } from "./liquid-engines.ts";
import type { PageScope } from "./page-scope.ts";
import {
  renderGroupSection,
  renderSection,
  renderStaticSection,
  settingReader,
  themeEngine,
} from "./render-sections.ts";
import { themeSettings } from "./setting-values.ts";
import { type JsonTemplate, readText, readThemeJson, ThemeError } from "./theme-files.ts";
import { themeDirOf } from "./theme-of.ts";

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
    page: null,
    productObjects: new Map(),
    metafields: new Map(),
  };
}

/** The number in a template's section ids, as in `template--18923__main`. */
function templateNumber(template: string): number {
  return 10_000 + (Number.parseInt(createHash("md5").update(template).digest("hex").slice(0, 6), 16) % 90_000);
}

const sectionId = (template: string, key: string) => `template--${templateNumber(template)}__${key}`;

/** A template with the app's blocks in it; null for one that the theme has as Liquid. Throws where it has neither. */
function readTemplate(scope: PageScope, template: string): JsonTemplate | null {
  const themeDir = themeDirOf(scope.context);
  const json = readThemeJson<JsonTemplate>(themeDir, `templates/${template}.json`);
  if (json) return withAppBlocks(themeDir, extensionsDirOf(scope), template, json);
  if (existsSync(join(themeDir, "templates", `${template}.liquid`))) return null;
  throw new ThemeError(`The theme has no templates/${template}.json or .liquid.`);
}

/** `?view=x` asks for the template `product.x`; one that the theme does not have is not asked for. */
function viewOf(scope: PageScope, template: string): string {
  const view = scope.url.searchParams.get("view") ?? "";
  const named = `${template}.${view}`;
  const exists = /^[\w-]+$/.test(view) && readText(join(themeDirOf(scope.context), "templates", `${named}.json`));
  return exists ? named : template;
}

/** What `closest` means where no section or block says otherwise: what the page itself is about. */
const RESOURCES = ["product", "collection", "article", "blog", "page"];

function globalsFor(scope: PageScope, template: string, extra: Globals): Globals {
  const closest = Object.fromEntries(RESOURCES.map((name) => [name, extra[name] ?? null]));
  const globals: Globals = { ...globalObjects(scope, template), ...extra, closest };
  globals.settings = themeSettings(settingReader(scope, globals));
  return globals;
}

async function renderContent(scope: PageScope, globals: Globals, template: string, json: JsonTemplate | null) {
  if (json === null) {
    const file = join(themeDirOf(scope.context), "templates", `${template}.liquid`);
    return renderFile(themeEngine(scope), file, globals);
  }
  const sections: string[] = [];
  for (const [at, key] of json.order.entries()) {
    const placed = json.sections[key];
    if (!placed || placed.disabled) continue;
    const standing = { index: at + 1, location: "template" };
    sections.push(await renderSection(scope, globals, sectionId(template, key), placed, standing));
  }
  return sections.join("\n");
}

/** Shopify's own events that stand for opening a page, beside that of the page itself. */
function standardEvents(name: string, { product }: Globals): StandardEvent[] {
  if (name === "cart") return [{ name: "cart_viewed", data: { cart: null } }];
  if (name !== "product" || typeof product !== "object" || product === null) return [];
  const { id, title } = product as { id: number; title: string };
  return [{ name: "product_viewed", data: { productVariant: { product: { id: String(id), title } } } }];
}

/** A whole page: the template's sections inside the layout, with the app's blocks and embeds. */
export async function renderPage(scope: PageScope, name: string, extra: Globals): Promise<string> {
  const template = viewOf(scope, name);
  const globals = globalsFor(scope, name, extra);
  const json = readTemplate(scope, template);
  const content_for_layout = await renderContent(scope, globals, template, json);
  const embeds = await renderEmbeds(scope, globals);
  const frame = scope.layout === undefined ? (json?.layout ?? "theme") : scope.layout;
  if (frame === false || frame === null) return content_for_layout;
  const layoutFile = join(themeDirOf(scope.context), "layout", `${frame}.liquid`);
  const layout = await renderFile(themeEngine(scope), layoutFile, {
    ...globals,
    content_for_layout,
    content_for_header: HEADER_MARK,
  });
  const head = contentForHeader(scope, embeds.head, standardEvents(name, extra));
  return playCdn(layout.replace(HEADER_MARK, () => head).replace("</body>", () => `${embeds.body}</body>`));
}

/**
 * Shopify's Section Rendering: the HTML of sections by id, as they are on a page of one template; null for an id that
 * is neither in the template or a group nor a file of the theme.
 */
export async function renderSectionsById(
  scope: PageScope,
  name: string,
  extra: Globals,
  ids: string[],
): Promise<Record<string, string | null>> {
  const template = viewOf(scope, name);
  const globals = globalsFor(scope, name, extra);
  const json = readTemplate(scope, template) ?? { sections: {}, order: [] };
  const rendered: Record<string, string | null> = {};
  for (const id of ids) {
    const at = json.order.findIndex((key) => sectionId(template, key) === id || key === id);
    const placed = json.sections[json.order[at] ?? ""];
    if (placed) {
      rendered[id] = await renderSection(scope, globals, id, placed, { index: at + 1, location: "template" });
    } else if (/^[\w-]+$/.test(id) && readText(join(themeDirOf(scope.context), "sections", `${id}.liquid`)) !== null) {
      rendered[id] = await renderStaticSection(scope, globals, id);
    } else rendered[id] = await renderGroupSection(scope, globals, id);
  }
  return rendered;
}
