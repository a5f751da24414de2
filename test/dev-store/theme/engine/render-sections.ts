import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { renderAppBlock } from "./app-blocks.ts";
import { engineFor, type FolderEngine, renderFile } from "./liquid-engines.ts";
import type { PageScope } from "./page-scope.ts";
import { type SettingReader, settingValues } from "./setting-values.ts";
import type { ContentForKind, PartRenderer } from "./tags.ts";
import {
  APP_BLOCK,
  type JsonTemplate,
  type LiquidSchema,
  type Placed,
  readSchema,
  readText,
  readThemeJson,
  type SchemaSetting,
  settingsData,
  ThemeError,
} from "./theme-files.ts";
import { themeDirOf } from "./theme-of.ts";
import { translateSchemaText } from "./translations.ts";

type Globals = Record<string, unknown>;

/** Where a section stands on the page. */
interface Standing {
  /** From 1 within its template or group; null for a section that Liquid names. */
  index: number | null;
  location: string;
}

/** What `content_for` needs to know of the section or block that it stands in; themes cannot read it. */
interface Holder {
  placed: Placed;
  /** Makes ids of the blocks inside unique. */
  path: string;
}
const holders = new WeakMap<object, Holder>();

const parts: PartRenderer = {
  section: (scope, globals, name) => renderStaticSection(scope, globals, name),
  group: (scope, globals, name) => renderGroup(scope, globals, name),
  contentFor: (scope, globals, kind, named) => contentFor(scope, globals, kind, named),
};

/** The engine of the shop's theme, in the visitor's language. */
export function themeEngine(scope: PageScope): FolderEngine {
  return engineFor(themeDirOf(scope.context), scope.visitor.locale, (name) => `/cdn/assets/${name}`, parts);
}

/** What settings of the theme's files are read with. */
export function settingReader(scope: PageScope, globals: Globals): SettingReader {
  const { engine, file } = themeEngine(scope);
  const schemaText = (text: string) => translateSchemaText(file, scope.visitor.locale, text);
  return { scope, globals, engine, schemaText };
}

/** A file of the theme with its schema. Throws {@link ThemeError} where the theme has no such file. */
function readPart(
  scope: PageScope,
  folder: "sections" | "blocks",
  type: string,
): { file: string; schema: LiquidSchema } {
  const name = `${folder}/${type}.liquid`;
  const file = join(themeDirOf(scope.context), name);
  const text = /^[\w.-]+$/.test(type) ? readText(file) : null;
  if (text === null) throw new ThemeError(`The theme has no ${name}.`);
  return { file, schema: readSchema(text, name) };
}

/** Block ids are unique on a page, and stable. */
function blockId(path: string, key: string): string {
  const mark = createHash("md5").update(`${path}/${key}`).digest("base64url").replace(/[-_]/g, "");
  return `A${mark.slice(0, 16)}__${key}`;
}

/** The settings of a block: declared in the section where it has a block of that type, else in the block's own file. */
function blockSchema(scope: PageScope, schema: LiquidSchema, placed: Placed): SchemaSetting[] {
  const own = schema.blocks?.find((each) => each.type === placed.type);
  const text = readText(join(themeDirOf(scope.context), "blocks", `${placed.type}.liquid`));
  if (own?.settings || text === null) return own?.settings ?? [];
  return readSchema(text, `blocks/${placed.type}.liquid`).settings ?? [];
}

/** One of `section.blocks` or `block.blocks`. An app block has its HTML with it, for `{% render block %}`. */
async function blockObject(
  scope: PageScope,
  globals: Globals,
  path: string,
  key: string,
  placed: Placed,
  schema: LiquidSchema,
) {
  const id = blockId(path, key);
  if (APP_BLOCK.test(placed.type)) {
    const __html = await renderAppBlock(scope, globals, id, placed);
    return { id, type: "@app", settings: {}, shopify_attributes: "", __html };
  }
  const settings = settingValues(blockSchema(scope, schema, placed), placed.settings, settingReader(scope, globals));
  return { id, type: placed.type, settings, shopify_attributes: "" };
}

/** The blocks that are placed in order: those that Liquid places by name are not among them. */
function inOrder(placed: Placed): [string, Placed][] {
  const order = placed.block_order ?? Object.keys(placed.blocks ?? {});
  return order.flatMap((key) => {
    const block = placed.blocks?.[key];
    return block && !block.disabled && !block.static ? [[key, block] as [string, Placed]] : [];
  });
}

function wrapped(kind: "section" | "block", id: string, schema: LiquidSchema, html: string): string {
  if (schema.tag === null) return html;
  const tag = schema.tag ?? "div";
  const classes = `shopify-${kind}${schema.class ? ` ${schema.class}` : ""}`;
  return `<${tag} id="shopify-${kind}-${id}" class="${classes}">${html}</${tag}>`;
}

/** CSS that a merchant wrote for one section in the theme editor. */
function customCss(id: string, placed: Placed & { custom_css?: string[] }): string {
  if (!placed.custom_css?.length) return "";
  return `<style data-shopify>#shopify-section-${id} { ${placed.custom_css.join("\n")} }</style>`;
}

/** A section with its blocks, in the element that Shopify puts around it. */
export async function renderSection(
  scope: PageScope,
  globals: Globals,
  id: string,
  placed: Placed,
  { index, location }: Standing,
): Promise<string> {
  const { file, schema } = readPart(scope, "sections", placed.type);
  const settings = settingValues(schema.settings ?? [], placed.settings, settingReader(scope, globals));
  const bare = { id, settings, blocks: [] as object[], index, index0: index === null ? null : index - 1, location };
  holders.set(bare, { placed, path: id });
  const inside = { ...globals, section: bare, block: undefined };
  for (const [key, block] of inOrder(placed)) {
    bare.blocks.push(await blockObject(scope, inside, id, key, block, schema));
  }
  const html = await renderFile(themeEngine(scope), file, inside);
  return wrapped("section", id, schema, html + customCss(id, placed));
}

/** A theme block: its file rendered with the arguments of `content_for` as variables. */
async function renderThemeBlock(
  scope: PageScope,
  globals: Globals,
  path: string,
  key: string,
  placed: Placed,
  named: Record<string, unknown>,
): Promise<string> {
  const id = blockId(path, key);
  const closest = { ...(globals.closest as Globals) };
  const variables: Globals = {};
  for (const [name, value] of Object.entries(named)) {
    if (name.startsWith("closest.")) closest[name.slice("closest.".length)] = value;
    else if (name !== "id" && name !== "type") variables[name] = value;
  }
  const around = { ...globals, closest };
  if (APP_BLOCK.test(placed.type)) return renderAppBlock(scope, around, id, placed);
  const { file, schema } = readPart(scope, "blocks", placed.type);
  const settings = settingValues(schema.settings ?? [], placed.settings, settingReader(scope, around));
  const block = { id, type: placed.type, settings, blocks: [] as object[], shopify_attributes: "" };
  holders.set(block, { placed, path: `${path}/${key}` });
  const inside = { ...around, block };
  for (const [inner, each] of inOrder(placed)) {
    // Only what a loop over `block.blocks` can read: `content_for 'blocks'` draws them, app blocks too.
    block.blocks.push({ id: blockId(`${path}/${key}`, inner), type: each.type, settings: each.settings ?? {} });
  }
  return wrapped("block", id, schema, await renderFile(themeEngine(scope), file, inside, variables));
}

/** `{% content_for 'blocks' %}`, and `{% content_for 'block', type: ..., id: ... %}`. */
async function contentFor(
  scope: PageScope,
  globals: Globals,
  kind: ContentForKind,
  named: Record<string, unknown>,
): Promise<string> {
  const holder = holders.get((globals.block ?? globals.section) as object);
  if (!holder) throw new Error("content_for stands outside of any section");
  const { placed, path } = holder;
  if (kind === "block") {
    const key = String(named.id);
    const known = placed.blocks?.[key];
    if (known?.disabled) return "";
    return renderThemeBlock(scope, globals, path, key, { ...known, type: String(named.type) }, named);
  }
  const rendered: string[] = [];
  for (const [key, block] of inOrder(placed)) {
    rendered.push(await renderThemeBlock(scope, globals, path, key, block, named));
  }
  return rendered.join("\n");
}

/** What a section holds that only Liquid places: the theme's data, else the section's own default. */
function staticSection(scope: PageScope, name: string): Placed {
  const known = settingsData(themeDirOf(scope.context)).sections?.[name];
  if (known) return known;
  const { default: given } = readPart(scope, "sections", name).schema;
  const blocks = Object.fromEntries((given?.blocks ?? []).map((block, index) => [`block-${index}`, block]));
  return { type: name, blocks, ...(given?.settings ? { settings: given.settings } : {}) };
}

/** A section that Liquid or a request names by its file. */
export function renderStaticSection(scope: PageScope, globals: Globals, name: string): Promise<string> {
  return renderSection(scope, globals, name, staticSection(scope, name), { index: null, location: "static" });
}

interface SectionGroup extends JsonTemplate {
  type: string;
}

/** Ids of a group's sections carry a number, like those of templates. */
const GROUP_NUMBER = 1;
const groupSectionId = (key: string) => `sections--${GROUP_NUMBER}__${key}`;

/** `{% sections 'header-group' %}`. */
async function renderGroup(scope: PageScope, globals: Globals, name: string): Promise<string> {
  const group = readThemeJson<SectionGroup>(themeDirOf(scope.context), `sections/${name}.json`);
  if (!group) throw new ThemeError(`The theme has no sections/${name}.json.`);
  const rendered: string[] = [];
  for (const [at, key] of group.order.entries()) {
    const placed = group.sections[key];
    if (!placed || placed.disabled) continue;
    const standing = { index: at + 1, location: group.type };
    const html = await renderSection(scope, globals, groupSectionId(key), placed, standing);
    rendered.push(html.replace('class="shopify-section', `class="shopify-section shopify-section-group-${name}`));
  }
  return rendered.join("\n");
}

/** A section of any group by its id on the page; null where no group has it. */
export async function renderGroupSection(scope: PageScope, globals: Globals, id: string): Promise<string | null> {
  const themeDir = themeDirOf(scope.context);
  for (const file of readdirSync(join(themeDir, "sections")).filter((name) => name.endsWith(".json"))) {
    const group = readThemeJson<SectionGroup>(themeDir, `sections/${basename(file)}`);
    const key = group?.order.find((each) => groupSectionId(each) === id);
    const placed = key === undefined ? undefined : group?.sections[key];
    if (!group || !placed) continue;
    const standing = { index: group.order.indexOf(key!) + 1, location: group.type };
    return renderSection(scope, globals, id, placed, standing);
  }
  return null;
}
