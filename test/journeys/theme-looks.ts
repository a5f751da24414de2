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

/**
 * Every theme, the looks taking turns. A file names the place of the look that its first theme gets, so that each theme is
 * seen in every look by one block or another.
 */
export const inEveryTheme = <Look>(looks: readonly Look[], first: number) =>
  THEME_CASES.map((theme, place) => ({ theme, ...looks[(first + place) % looks.length]! }));

/** Looks again until it is so, as long as a busy machine may need. */
export const seen = <T>(look: () => Promise<T> | T) => expect.poll(look, PATIENT);

/** The cart as the Ajax API gives it. */
export async function cartOf<Cart>(page: Page, origin: string): Promise<Cart> {
  return (await (await page.request.get(`${origin}/cart.js`)).json()) as Cart;
}

/** Makes the text of a widget twice as large. Gives what makes it as large as before. */
export async function doubleText(widget: Locator): Promise<() => Promise<void>> {
  await widget.evaluate((element) => {
    element.style.fontSize = `${2 * parseFloat(getComputedStyle(element).fontSize)}px`;
  });
  return () => widget.evaluate((element) => element.style.removeProperty("font-size")).then(() => undefined);
}

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

/** Nothing of a widget is cut off or makes the page wider than the window, on a phone and on a large screen. */
export async function expectFits(page: Page, widget: Locator) {
  const before = page.viewportSize()!;
  for (const { width } of LOOKS) {
    await page.setViewportSize({ ...before, width });
    expect(await clippedParts(widget), `at ${width} px`).toEqual([]);
    expect(await overflowOf(page), `at ${width} px`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(before);
}

/**
 * A widget passes axe-core, its parts at `pressed` are large enough to be tapped, and it fits every width, also with text
 * twice as large. Leaves the page as it was.
 */
export async function expectUsable(page: Page, widget: Locator, pressed: string) {
  expect(await violationsIn(page, await widget.evaluate(({ localName }) => localName))).toEqual([]);
  expect(await lowest(widget.locator(pressed))).toBeGreaterThanOrEqual(44);
  const restore = await doubleText(widget);
  await expectFits(page, widget);
  await restore();
}

/** By how many px the page is wider than the window; 0 or less where it fits. */
export const overflowOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
