import type { PixelStorage } from "./shopify-pixel.ts";

/** Where the browser of a visitor who allows analytics keeps the text of its unit: the script in the page's head reads it. */
const KEPT = "tsuide";

/** What of the page the unit is kept in, and what it is made of. */
export interface UnitOptions {
  readonly storage: PixelStorage;
  readonly cookie: { get(name: string): Promise<string> };
  /** From 0 to below 1. */
  readonly random: () => number;
}

/**
 * Keeps a unit, by which shoppers are split, while the visitor allows analytics: that of their cart, by which the page has
 * split them so far, and else a new one. Forgets it when they do not.
 */
export async function keepUnit(isAllowed: boolean, { storage, cookie, random }: UnitOptions): Promise<void> {
  try {
    if (!isAllowed) return void (await storage.removeItem(KEPT));
    if ((await storage.getItem(KEPT)) !== null) return;
    // Behind the token stands its secret.
    const token = /^[\w.-]+/.exec(await cookie.get("cart"))?.[0];
    const name = () => random().toString(36).slice(2);
    await storage.setItem(KEPT, token ? `c:${token}` : `v:${name()}${name()}`);
  } catch {
    // The browser keeps nothing for this page.
  }
}
