import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import {
  APP_BLOCK,
  type JsonTemplate,
  type Placed,
  readSchema,
  readText,
  readThemeJson,
  type SettingsData,
  THEME_DIR,
  themeExtensions,
} from "./theme-files.ts";

interface BlockActivation {
  handle: string;
  name: string;
  target: string;
  status: "active" | "available";
  activations: { target: string; themeId: string }[];
}

/** Every template file in which an app block is placed and not switched off. */
function placesOf(block: string): string[] {
  const isIt = (placed: Placed) => APP_BLOCK.exec(placed.type)?.[1] === block && !placed.disabled;
  const templates = readdirSync(join(THEME_DIR, "templates")).filter((file) => {
    const template = readThemeJson<JsonTemplate>(`templates/${file}`);
    const sections = Object.values(template?.sections ?? {}).filter((section) => !section.disabled);
    return sections.some((section) => Object.values(section.blocks ?? {}).some(isIt));
  });
  const { current } = readThemeJson<SettingsData>("config/settings_data.json") ?? { current: {} };
  const embedded = Object.values(current.blocks ?? {}).some(isIt);
  return [...templates.map((file) => `template--${basename(file, ".json")}`), ...(embedded ? ["body"] : [])];
}

/** The app's theme blocks as App Bridge's `app.extensions()` lists them, with their state in the published theme. */
export function blockActivations(extensionsDir: string) {
  return themeExtensions(extensionsDir).map((extension) => {
    const folder = join(extensionsDir, extension, "blocks");
    const activations = readdirSync(folder).map((file): BlockActivation => {
      const handle = basename(file, ".liquid");
      const schema = readSchema(readText(join(folder, file))!);
      const places = placesOf(handle);
      return {
        handle,
        name: schema.name && !schema.name.startsWith("t:") ? schema.name : handle,
        target: schema.target ?? "section",
        status: places.length > 0 ? "active" : "available",
        activations: places.map((target) => ({ target, themeId: "gid://shopify/OnlineStoreTheme/1" })),
      };
    });
    return { handle: extension, type: "theme_app_extension", activations };
  });
}
