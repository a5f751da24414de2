import { Context, type Liquid, toValueSync, Value } from "liquidjs";
import { Color, ColorPalette, ColorScheme } from "./color.ts";
import { Font } from "./font.ts";
import { Lookup } from "./lookup.ts";
import type { PageScope } from "./page-scope.ts";
import { type SchemaSetting, settingsData, settingsSchema } from "./theme-files.ts";
import { themeDirOf } from "./theme-of.ts";

type Globals = Record<string, unknown>;

/** What the settings of one section, block or theme are read with. */
export interface SettingReader {
  engine: Liquid;
  globals: Globals;
  scope: PageScope;
  /** What a text such as `t:settings.title` means; as it stands where the theme has no such text. */
  schemaText(text: string): string;
}

const DYNAMIC = /\{\{|\{%/;
const SINGLE_OUTPUT = /^\s*\{\{-?\s*([\s\S]*?)\s*-?\}\}\s*$/;

/** The object that `{{ closest.product }}` and the like name, or the text that a longer piece of Liquid writes. */
function evaluate(text: string, { engine, globals }: SettingReader): unknown {
  const single = SINGLE_OUTPUT.exec(text)?.[1];
  if (single === undefined || single.includes("{{")) return engine.parseAndRenderSync(text, {}, { globals });
  return toValueSync(new Value(single, engine).value(new Context({}, engine.options, { globals, sync: true }), true));
}

const byHandle = (list: unknown, handle: unknown): unknown => {
  if (typeof handle !== "string" || handle === "") return null;
  return list instanceof Lookup ? list.liquidMethodMissing(handle) : ((list as Globals | null)?.[handle] ?? null);
};

const listOf = (value: unknown, one: (each: unknown) => unknown) =>
  (Array.isArray(value) ? value : []).map(one).filter((each) => each !== null);

/** `shopify://collections/all` as a path of the shop. */
function urlOf(value: unknown, { scope }: SettingReader): unknown {
  const inner = typeof value === "string" ? /^shopify:\/\/(.*)$/.exec(value)?.[1] : undefined;
  return inner === undefined ? (value ?? null) : `${scope.visitor.prefix}/${inner}`;
}

function videoOf(value: unknown): unknown {
  const text = String(value ?? "");
  const youtube = /(?:youtu\.be\/|v=|embed\/)([\w-]{6,})/.exec(text)?.[1];
  const vimeo = /vimeo\.com\/(?:video\/)?(\d+)/.exec(text)?.[1];
  return youtube ? { id: youtube, type: "youtube" } : vimeo ? { id: vimeo, type: "vimeo" } : null;
}

function schemesOf(themeDir: string, setting: SchemaSetting): ColorScheme[] {
  const schemes = settingsData(themeDir).color_schemes ?? (setting.default as never) ?? {};
  return Object.entries(schemes as Record<string, { settings: Globals }>).map(
    ([id, { settings }]) =>
      new ColorScheme(
        id,
        Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, Color.from(value) ?? value])),
      ),
  );
}

function schemeOf(value: unknown, { scope }: SettingReader): ColorScheme | null {
  const themeDir = themeDirOf(scope.context);
  const group = settingsSchema(themeDir).find(({ type }) => type === "color_scheme_group");
  const schemes = group ? schemesOf(themeDir, group) : [];
  return schemes.find(({ id }) => id === value) ?? schemes[0] ?? null;
}

function paletteOf(value: unknown): ColorPalette {
  const entries = Object.entries((value as Globals | null) ?? {});
  return new ColorPalette(new Map(entries.map(([name, text]) => [name, Color.from(text) ?? new Color([0, 0, 0, 1])])));
}

const asIs = (value: unknown) => value ?? null;
const asText = (value: unknown) => (value === null || value === undefined ? "" : value);
/** The shop has none of these, so a setting that names one is empty, as it is at Shopify once the thing is deleted. */
const absent = () => null;

/** How a value of each type of setting becomes what Liquid sees. */
const TYPES: Record<string, (value: unknown, reader: SettingReader, setting: SchemaSetting) => unknown> = {
  ...{ text: asText, textarea: asText, richtext: asText, inline_richtext: asText, html: asText, liquid: asText },
  ...{ number: asIs, range: asIs, radio: asIs, select: asIs, text_alignment: asIs, color_background: asText },
  checkbox: (value) => value === true || value === "true",
  color: (value) => Color.from(value),
  color_scheme: schemeOf,
  color_scheme_group: (_value, { scope }, setting) => schemesOf(themeDirOf(scope.context), setting),
  color_palette: paletteOf,
  font_picker: (value) => Font.from(value),
  url: urlOf,
  video_url: videoOf,
  link_list: (value, { globals }) => byHandle(globals.linklists, value),
  product: (value, { globals }) => (typeof value === "object" ? value : byHandle(globals.all_products, value)),
  product_list: (value, { globals }) => listOf(value, (each) => byHandle(globals.all_products, each)),
  collection: (value, { globals }) => (typeof value === "object" ? value : byHandle(globals.collections, value)),
  collection_list: (value, { globals }) => listOf(value, (each) => byHandle(globals.collections, each)),
  ...{ image_picker: absent, video: absent, page: absent, blog: absent, article: absent },
  ...{ metaobject: absent, metaobject_list: () => [] },
};

/** Settings by id: what was set, else the schema's default, each as its type has it. Throws for an unknown type. */
export function settingValues(
  schema: SchemaSetting[],
  set: Record<string, unknown> = {},
  reader: SettingReader,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const setting of schema) {
    const { id, type, default: fallback } = setting;
    if (!id) continue;
    const convert = TYPES[type];
    if (!convert) throw new Error(`the dev store does not know the setting type ${type}`);
    let value = set[id] ?? (typeof fallback === "string" ? reader.schemaText(fallback) : fallback);
    if (typeof value === "string" && DYNAMIC.test(value)) value = evaluate(value, reader);
    values[id] = convert(value, reader, setting);
  }
  return values;
}

/** The global `settings`: all that the theme declares, and whatever else its data holds. */
export function themeSettings(reader: SettingReader): Record<string, unknown> {
  const themeDir = themeDirOf(reader.scope.context);
  const { blocks: _blocks, sections: _sections, color_schemes: _schemes, ...stored } = settingsData(themeDir);
  const set = { ...stored, ...reader.scope.context.themeSettings };
  const schema = settingsSchema(themeDir);
  const palette = schema.find(({ type }) => type === "color_palette");
  const found = palette ? settingValues([palette], set, reader) : {};
  // Other settings may name a colour of the palette, so it is read first.
  const globals = { ...reader.globals, settings: found };
  return { ...set, ...settingValues(schema, set, { ...reader, globals }) };
}
