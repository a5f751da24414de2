import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { withAppBlocks } from "./app-placements.ts";
import {
  APP_BLOCK,
  type JsonTemplate,
  type Placed,
  readSchema,
  readText,
  readThemeJson,
  settingsData,
  themeExtensions,
} from "./theme-files.ts";

interface BlockActivation {
  handle: string;
  name: string;
  target: string;
  status: "active" | "available";
  activations: { target: string; themeId: string }[];
}

/** Where blocks can be: the theme, the app's extensions, and embeds that are switched on by name. */
interface Placements {
  readonly themeDir: string;
  readonly extensionsDir: string;
  readonly embeds: readonly string[];
}

/** Every template file in which an app block is placed and not switched off. */
function placesOf({ themeDir, extensionsDir, embeds }: Placements, block: string, target: string): string[] {
  const isIt = (placed: Placed) => APP_BLOCK.exec(placed.type)?.[1] === block && !placed.disabled;
  const holds = (placed: Placed): boolean =>
    !placed.disabled && Object.values(placed.blocks ?? {}).some((inner) => isIt(inner) || holds(inner));
  const names = readdirSync(join(themeDir, "templates")).filter((file) => file.endsWith(".json"));
  const templates = names.filter((file) => {
    const template = readThemeJson<JsonTemplate>(themeDir, `templates/${file}`);
    if (!template) return false;
    const filled = withAppBlocks(themeDir, extensionsDir, basename(file, ".json"), template);
    return Object.values(filled.sections).some(holds);
  });
  const embedded = embeds.includes(block) || Object.values(settingsData(themeDir).blocks ?? {}).some(isIt);
  return [...templates.map((file) => `template--${basename(file, ".json")}`), ...(embedded ? [target] : [])];
}

/** The app's theme blocks as App Bridge's `app.extensions()` lists them, with their state in the published theme. */
export function blockActivations(placements: Placements) {
  const { extensionsDir } = placements;
  return themeExtensions(extensionsDir).map((extension) => {
    const folder = join(extensionsDir, extension, "blocks");
    const activations = readdirSync(folder).map((file): BlockActivation => {
      const handle = basename(file, ".liquid");
      const schema = readSchema(readText(join(folder, file))!);
      const places = placesOf(placements, handle, schema.target ?? "section");
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
