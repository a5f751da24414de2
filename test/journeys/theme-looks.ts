import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { violationsIn } from "../fixtures/accessibility.ts";
import { THEME_CASES } from "./theme-cases.ts";
import { PATIENT } from "../patience.ts";

/** How the app's blocks are looked at in themes: languages and widths, and whether everything fits. */

/** A large screen in English and a phone in Japanese. */
export const LOOKS = [
  { locale: "en", width: 1280 },
  { locale: "ja", width: 360 },
] as const;

/** Every theme in each of these looks. */
export const inEveryTheme = <Look>(looks: readonly Look[]) =>
  THEME_CASES.flatMap((theme) => looks.map((look) => ({ theme, ...look })));

/** Looks again until it is so, as long as a busy machine may need. */
export const seen = <T>(look: () => Promise<T> | T) => expect.poll(look, PATIENT);

/** The cart as the Ajax API gives it. */
export async function cartOf<Cart>(page: Page, origin: string): Promise<Cart> {
  return (await (await page.request.get(`${origin}/cart.js`)).json()) as Cart;
}

/** Makes the text of a widget twice as large. */
export const doubleText = (widget: Locator) =>
  widget.evaluate((element) => {
    element.style.fontSize = `${2 * parseFloat(getComputedStyle(element).fontSize)}px`;
  });

/** Class names of the parts of a widget whose text is wider than they are. */
export const clippedParts = (widget: Locator) =>
  widget.evaluate((element) =>
    [...element.querySelectorAll<HTMLElement>("p, a, span, legend, label, button, select")]
      .filter((part) => part.clientWidth > 1 && part.scrollWidth > part.clientWidth + 1)
      .map((part) => part.className),
  );

/** The height of the lowest of these elements, in px. */
export const lowest = async (elements: Locator) =>
  Math.min(...(await elements.evaluateAll((all) => all.map((element) => element.getBoundingClientRect().height))));

/**
 * A widget passes axe-core, its parts at `pressed` are large enough to be tapped, and nothing of it is cut off or makes the
 * page wider than the window, also with text twice as large.
 */
export async function expectUsable(page: Page, widget: Locator, pressed: string) {
  expect(await violationsIn(page, await widget.evaluate(({ localName }) => localName))).toEqual([]);
  expect(await lowest(widget.locator(pressed))).toBeGreaterThanOrEqual(44);
  await doubleText(widget);
  expect(await clippedParts(widget)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
}

/** By how many px the page is wider than the window; 0 or less where it fits. */
export const overflowOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
