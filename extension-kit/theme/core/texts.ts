import { ask } from "./ajax-cart.ts";

/** Where a text stands in the file of its language, which the build makes of the extension's locale file. */
export type TextPlace = number & { readonly text: unique symbol };

/** The texts that scripts write, by their keys in the extension's locale files. */
interface Named {
  adding: "added" | "adding" | "partly" | "price_changed" | "refused" | "slow" | "unsure" | "view_cart";
  bought_together: "add" | "add_all" | "all_in_cart" | "all_together" | "in_cart" | "total";
  mix_and_match: "more";
  price: "saving";
  quantity_breaks: "each" | "in_cart" | "next" | "saving_each" | "total";
  subscription: "changed" | "later" | "refused" | "save";
  upgrade: "more" | "refused" | "replaced" | "undone" | "unsure";
}

declare global {
  /** The languages that there are texts in, the extension's default one first. The bundler puts the list in its place. */
  const LANGUAGES: readonly string[];
  /** The place of each text. The bundler puts the number in place of the name. */
  const TEXTS: { readonly [Part in keyof Named]: { readonly [Name in Named[Part]]: TextPlace } };
}

let texts: readonly string[] = [];

/** The text at a place, with "%" where a value goes and "#" where an amount goes. */
export const textAt = (place: TextPlace) => texts[place]!;

/**
 * Loads the texts of the page's language, once for all widgets, from beside the script: `script` is its address. Resolves
 * to whether they arrived. As in Liquid, the default language stands in for one that there are no texts in.
 */
export async function loadTexts(script: string): Promise<boolean> {
  const own = window.Shopify?.locale;
  const language = LANGUAGES.includes(own!) ? own : LANGUAGES[0];
  const { answer } = await ask<string[]>(script.replace("tsuide.js", `tsuide-${language}.json`));
  texts = answer!;
  return !!answer;
}
