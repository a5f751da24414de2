import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, printParseErrorCode, type ParseError } from "jsonc-parser";

/** Where the themes that the dev store ships lie, one folder each. */
export const THEMES_DIR = fileURLToPath(new URL("../../themes/", import.meta.url));

/** The theme of a shop that names none. */
export const DEFAULT_THEME = join(THEMES_DIR, "plain");

/** The names of the shipped themes. */
export function shippedThemes(): string[] {
  return readdirSync(THEMES_DIR).filter((name) => existsSync(join(THEMES_DIR, name, "layout", "theme.liquid")));
}

/** A theme that cannot be used; the message says why in one sentence. */
export class ThemeError extends Error {}

/** The folder of a theme given by a shipped name or by a path. Throws {@link ThemeError} where there is none. */
export function findTheme(nameOrFolder: string): string {
  const shipped = shippedThemes();
  if (shipped.includes(nameOrFolder)) return join(THEMES_DIR, nameOrFolder);
  const folder = resolve(nameOrFolder);
  if (existsSync(join(folder, "layout", "theme.liquid"))) return folder;
  if (existsSync(folder)) throw new ThemeError(`${nameOrFolder} is not a theme: it has no layout/theme.liquid.`);
  throw new ThemeError(`There is no theme ${nameOrFolder}: name a folder, or one of ${shipped.join(", ")}.`);
}

/** A setting of a schema: of the theme, a section or a block. */
export interface SchemaSetting {
  type: string;
  id?: string;
  default?: unknown;
  autofill?: boolean;
}

export interface LiquidSchema {
  name?: string;
  /** The element around a section or theme block; null for none. */
  tag?: string | null;
  class?: string;
  target?: string;
  stylesheet?: string;
  javascript?: string;
  available_if?: string;
  settings?: SchemaSetting[];
  blocks?: { type: string; name?: string; settings?: SchemaSetting[] }[];
  enabled_on?: { templates?: string[] };
  disabled_on?: { templates?: string[] };
  /** What a section holds where no JSON file says so. */
  default?: { settings?: Record<string, unknown>; blocks?: Placed[] };
}

/** A block placed in a section or block, or the section itself, as the JSON files of a theme hold them. */
export interface Placed {
  type: string;
  disabled?: boolean;
  /** True for a block that Liquid places by name with `content_for 'block'`. */
  static?: boolean;
  settings?: Record<string, unknown>;
  blocks?: Record<string, Placed>;
  block_order?: string[];
}

export interface JsonTemplate {
  layout?: string | false;
  sections: Record<string, Placed>;
  order: string[];
}

/** `config/settings_data.json`: the theme's settings, the app embeds that are on, and sections that Liquid places. */
export interface ThemeSettingsData {
  blocks?: Record<string, Placed>;
  sections?: Record<string, Placed>;
  color_schemes?: Record<string, { settings: Record<string, unknown> }>;
  [setting: string]: unknown;
}

/** The type of an app block, with the block's name. */
export const APP_BLOCK = /^shopify:\/\/apps\/[\w-]+\/blocks\/([\w-]+)\/[\w-]+$/;

/** Reads JSON as Shopify does: comments and trailing commas are allowed. Throws with the place of any other fault. */
export function parseThemeJson<T>(text: string, file: string): T {
  const errors: ParseError[] = [];
  const value = parse(text, errors, { allowTrailingComma: true }) as T;
  const first = errors[0];
  if (!first) return value;
  const line = text.slice(0, first.offset).split("\n").length;
  throw new ThemeError(`${file}:${line} is not JSON: ${printParseErrorCode(first.error)}.`);
}

const SCHEMA = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/;
const schemas = new Map<string, LiquidSchema>();

/** The schema of a section or block file; empty where it has none. Throws where it is not JSON. */
export function readSchema(source: string, file = "The schema"): LiquidSchema {
  const known = schemas.get(source);
  if (known) return known;
  const match = SCHEMA.exec(source);
  const schema = match ? parseThemeJson<LiquidSchema>(match[1]!, `${file} (schema)`) : {};
  schemas.set(source, schema);
  return schema;
}

interface CachedFile {
  changed: number;
  text: string;
  json?: unknown;
}
const files = new Map<string, CachedFile>();

function readCached(file: string): CachedFile | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) return null;
  const known = files.get(file);
  if (known?.changed === stat.mtimeMs) return known;
  const fresh: CachedFile = { changed: stat.mtimeMs, text: readFileSync(file, "utf8") };
  files.set(file, fresh);
  return fresh;
}

/** A text file, read again when it has changed; null where there is none. */
export function readText(file: string): string | null {
  return readCached(file)?.text ?? null;
}

/** A JSON file of a theme, such as `templates/product.json`; null where there is none. Not to be changed by callers. */
export function readThemeJson<T>(themeDir: string, path: string): T | null {
  const file = readCached(join(themeDir, path));
  if (file === null) return null;
  return (file.json ??= parseThemeJson(file.text, path)) as T;
}

/** What `config/settings_data.json` says now: the settings in use, or the preset whose name stands there. */
export function settingsData(themeDir: string): ThemeSettingsData {
  const data = readThemeJson<{
    current?: string | ThemeSettingsData;
    presets?: Record<string, ThemeSettingsData>;
  }>(themeDir, "config/settings_data.json");
  const current = data?.current ?? {};
  if (typeof current !== "string") return current;
  const preset = data?.presets?.[current];
  if (!preset) throw new ThemeError(`config/settings_data.json has no preset "${current}".`);
  return preset;
}

/** The settings that `config/settings_schema.json` declares, its groups joined. */
export function settingsSchema(themeDir: string): SchemaSetting[] {
  const groups = readThemeJson<{ settings?: SchemaSetting[] }[]>(themeDir, "config/settings_schema.json") ?? [];
  return groups.flatMap((group) => group.settings ?? []);
}

/** The theme's own name and version; the folder's name where the theme does not say. */
export function themeInfo(themeDir: string): { name: string; version: string } {
  const groups =
    readThemeJson<{ name: string; theme_name?: string; theme_version?: string }[]>(
      themeDir,
      "config/settings_schema.json",
    ) ?? [];
  const info = groups.find((group) => group.name === "theme_info");
  return { name: info?.theme_name ?? basename(themeDir), version: info?.theme_version ?? "1.0.0" };
}

/** The theme app extensions below a folder: each folder that has `blocks`. */
export function themeExtensions(extensionsDir: string): string[] {
  if (!existsSync(extensionsDir)) return [];
  return readdirSync(extensionsDir).filter((name) => existsSync(join(extensionsDir, name, "blocks")));
}

/** The folder of the extension that has a block, and the block's file; null where no extension has it. */
export function findBlock(extensionsDir: string, block: string): { extension: string; file: string } | null {
  if (!/^[\w-]+$/.test(block)) return null;
  for (const extension of themeExtensions(extensionsDir)) {
    const file = join(extensionsDir, extension, "blocks", `${block}.liquid`);
    if (existsSync(file)) return { extension, file };
  }
  return null;
}
