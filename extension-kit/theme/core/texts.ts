import type english from "../../../extensions/theme-offers/locales/en.default.json";
import { ask } from "./ajax-cart.ts";

/** Where a text stands in the file of its language, which the build makes of the extension's locale file. */
export type TextPlace = number & { readonly text: unique symbol };

declare global {
  /** The texts that scripts write, by their keys in the locale files. The bundler puts a number in place of each. */
  const TEXTS: {
    readonly [Part in keyof typeof english]: { readonly [Name in keyof (typeof english)[Part]]: TextPlace };
  };
}

let texts: readonly string[] = [];

/** The text at a place, with "%" where a value goes and "#" where an amount goes. */
export const textAt = (place: TextPlace) => texts[place]!;

/**
 * Loads the texts of the page's language, once for all widgets: `script` is the script's address, behind whose "#" Liquid
 * writes the language. Resolves to whether they arrived.
 */
export async function loadTexts(script: string): Promise<boolean> {
  const { answer } = await ask<string[]>(script.replace(/\.js.*#/, "-") + ".json");
  texts = answer ?? [];
  return !!answer;
}
