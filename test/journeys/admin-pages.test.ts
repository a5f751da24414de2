import { readFile } from "node:fs/promises";
import { BlockStack, InlineStack } from "@shopify/polaris";
import { type Browser, chromium, type Page } from "playwright-core";
import { createElement } from "react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LANGUAGES } from "../../app/ui/kit/locale.ts";
// @ts-expect-error The set-up scripts are plain JavaScript: they run before anything is installed.
import { findBrowser } from "../../scripts/setup/browser.mjs";
import { violationsIn } from "../fixtures/accessibility.ts";
import { ADMIN_PAGES } from "../fixtures/admin-pages.ts";
import { renderHtml } from "../fixtures/render-page.ts";

/** Pages of the admin in the states that a journey seldom meets, as the server sends them and with their real styles. */

const STYLES = [
  "node_modules/@shopify/polaris/build/esm/styles.css",
  ...["app/ui/kit/admin.css", "app/ui/charts/charts.css"],
];

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const { executablePath, args } = await findBrowser();
  browser = await chromium.launch({ executablePath, args });
  page = await browser.newPage();
  const styles = (await Promise.all(STYLES.map((file) => readFile(file, "utf8")))).join("\n");
  await page.setContent(`<!doctype html><html><head><title>Tsuide</title><style>${styles}</style></head></html>`);
});
afterAll(() => browser.close());

test.each(LANGUAGES.flatMap((language) => Object.keys(ADMIN_PAGES).map((name) => [language, name] as const)))(
  "axe finds nothing wrong, in %s, with %s",
  async (language, name) => {
    const html = `<main>${renderHtml(language, ADMIN_PAGES[name]!())}</main>`;
    await page.evaluate(
      ([lang, body]) => {
        document.documentElement.lang = lang;
        document.body.innerHTML = body;
      },
      [language, html] as const,
    );
    expect(await violationsIn(page)).toEqual([]);
  },
);

test("a row inside a row that is spread over its width is not spread itself", async () => {
  const row = (align: "space-between" | undefined, ...parts: (string | ReturnType<typeof createElement>)[]) =>
    createElement(InlineStack, align === undefined ? {} : { align }, ...parts);
  const inner = createElement(BlockStack, null, row(undefined, "One ", "Two"));
  const html = renderHtml("en", row("space-between", inner, "Three"));
  const spread = await page.evaluate((body) => {
    document.body.innerHTML = body;
    return [...document.querySelectorAll(".Polaris-InlineStack")].map((one) => getComputedStyle(one).justifyContent);
  }, html);
  expect(spread).toEqual(["space-between", "normal"]);
});
