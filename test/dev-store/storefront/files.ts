import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { EXTENSIONS_DIR } from "../functions/discount-cart.ts";
import type { StoreContext } from "../shop/state.ts";
import { bundledAssets } from "../theme/engine/bundled-assets.ts";
import { themeDirOf } from "../theme/engine/theme-of.ts";
import { pictureAt } from "./catalog.ts";
import { file } from "./responses.ts";

const TYPES: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".wasm": "application/wasm",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** What Shopify itself puts on every storefront, in every embedded app, and around it. */
const SHOPIFY_FILES: Record<string, string> = {
  "/__shopify/storefront.js": "assets/storefront.client.js",
  "/__shopify/standard-events.js": "assets/standard-events.client.js",
  "/__shopify/standard-actions.js": "assets/standard-actions.client.js",
  "/__app-bridge.js": "../admin/assets/app-bridge.client.js",
  "/__shopify/admin-frame.js": "../admin/assets/admin-frame.client.js",
  "/__shopify/admin-frame.css": "../admin/assets/admin-frame.css",
};

function fromDisk(path: string): Response | null {
  const type = TYPES[extname(path)];
  return type && existsSync(path) ? file(new Uint8Array(readFileSync(path)), type) : null;
}

/** Assets of the theme and of extensions, drawn pictures, and Shopify's own scripts; null for other paths. */
export function handleFiles(context: StoreContext, path: string): Response | null {
  const script = SHOPIFY_FILES[path];
  if (script) return fromDisk(fileURLToPath(new URL(script, import.meta.url)));
  if (path.startsWith("/__images/")) {
    const picture = pictureAt(context.shop, path) ?? pictureAt(context.shop, decodeURI(path));
    return picture === null ? null : file(picture, "image/svg+xml");
  }
  const bundle = /^\/cdn\/compiled\/(styles\.css|scripts\.js)$/.exec(path)?.[1];
  if (bundle) {
    const { styles, scripts } = bundledAssets(themeDirOf(context));
    return bundle === "styles.css" ? file(styles, TYPES[".css"]!) : file(scripts, TYPES[".js"]!);
  }
  const asset = /^\/cdn\/(?:extensions\/([\w-]+)\/)?assets\/([\w.-]+)$/.exec(path);
  if (!asset) return null;
  const folder = asset[1] ? join(context.extensionsDir ?? EXTENSIONS_DIR, asset[1]) : themeDirOf(context);
  return fromDisk(join(folder, "assets", asset[2]!));
}
