import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const THEME_DIR = fileURLToPath(new URL("../", import.meta.url));

/** A setting of a section's or block's schema. */
interface SchemaSetting {
  type: string;
  id?: string;
  default?: unknown;
  autofill?: boolean;
}

export interface LiquidSchema {
  name?: string;
  tag?: string;
  class?: string;
  target?: string;
  stylesheet?: string;
  javascript?: string;
  available_if?: string;
  settings?: SchemaSetting[];
  blocks?: { type: string; name?: string; settings?: SchemaSetting[] }[];
  enabled_on?: { templates?: string[] };
  disabled_on?: { templates?: string[] };
  default?: { settings?: Record<string, unknown> };
}

/** A block placed in a section, or the section itself, as the JSON files of a theme hold them. */
export interface Placed {
  type: string;
  disabled?: boolean;
  settings?: Record<string, unknown>;
  blocks?: Record<string, Placed>;
  block_order?: string[];
}

export interface JsonTemplate {
  layout?: string | false;
  sections: Record<string, Placed>;
  order: string[];
}

/** `config/settings_data.json`: the theme's settings, and the app embeds that are switched on. */
export interface SettingsData {
  current: { blocks?: Record<string, Placed>; [setting: string]: unknown };
}

/** The type of an app block, with the block's name. */
export const APP_BLOCK = /^shopify:\/\/apps\/[\w-]+\/blocks\/([\w-]+)\/[\w-]+$/;

const SCHEMA = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/;

/** The schema of a section or block file; empty where it has none. Throws where it is not JSON. */
export function readSchema(source: string): LiquidSchema {
  const match = SCHEMA.exec(source);
  return match ? (JSON.parse(match[1]!) as LiquidSchema) : {};
}

/** Settings by id: what was set, else the schema's default. */
export function settingsOf(schema: SchemaSetting[], set: Record<string, unknown> = {}): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const { id, default: fallback } of schema) {
    if (id) settings[id] = set[id] ?? fallback ?? null;
  }
  return settings;
}

interface CachedFile {
  changed: number;
  text: string;
}
const files = new Map<string, CachedFile>();

/** A text file, read again when it has changed; null where there is none. */
export function readText(file: string): string | null {
  if (!existsSync(file)) return null;
  const changed = statSync(file).mtimeMs;
  const known = files.get(file);
  if (known?.changed === changed) return known.text;
  const text = readFileSync(file, "utf8");
  files.set(file, { changed, text });
  return text;
}

/** A JSON file of the theme, such as `templates/product.json`; null where there is none. */
export function readThemeJson<T>(path: string): T | null {
  const text = readText(join(THEME_DIR, path));
  return text === null ? null : (JSON.parse(text) as T);
}

/** The theme app extensions below a folder: each folder whose manifest says so, or that has `blocks`. */
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
