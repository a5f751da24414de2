import { readFileSync } from "node:fs";
import { EXTENSIONS_DIR } from "../functions/discount-cart.ts";
import type { StoreContext } from "../shop/state.ts";
import { file } from "../storefront/responses.ts";
import type { Visitor } from "../storefront/visitor.ts";
import { safeJson } from "../theme/engine/filters.ts";
import { bundlePixel, findPixel } from "./pixel-extension.ts";

/** One of Shopify's own events of a page, in the shape that pixels are given. */
export interface StandardEvent {
  readonly name: string;
  readonly data: object;
}

/** The part of a page's head that runs the app's web pixel, with the events that the page itself stands for. */
export function pixelsOnPage(context: StoreContext, visitor: Visitor, events: readonly StandardEvent[]): string {
  const { webPixel, installation } = context.shop;
  const isActive = webPixel !== null && webPixel !== undefined && installation.installed;
  const pixel = isActive ? { script: "/__shopify/pixel.js", settings: webPixel.settings } : null;
  const given = { pixel, events: [{ name: "page_viewed", data: {} }, ...events], consent: visitor.consent };
  return `<script>window.__pixels = ${safeJson(given)};</script><script src="/__shopify/pixel-host.js"></script>`;
}

const asset = (name: string) => readFileSync(new URL(`assets/${name}`, import.meta.url), "utf8");

/** The host's script, and the sandbox with the pixel's own script in it; null for other paths. */
export async function handlePixels(context: StoreContext, path: string): Promise<Response | null> {
  const type = "text/javascript; charset=utf-8";
  if (path === "/__shopify/pixel-host.js") return file(asset("pixel-host.client.js"), type);
  if (path !== "/__shopify/pixel.js") return null;
  const pixel = findPixel(context.extensionsDir ?? EXTENSIONS_DIR);
  if (pixel === null) return null;
  return file(`${asset("pixel-sandbox.client.js")}\n${await bundlePixel(pixel)}`, type);
}
