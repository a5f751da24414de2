import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
// @ts-expect-error The deployment scripts are plain JavaScript: they run before anything is built.
import { shippedLiquid } from "../../../scripts/deploy/shipped-liquid.mjs";
import { setMetafield } from "../../dev-store/storefront/sample-shop.ts";
import { findTheme } from "../../dev-store/theme/engine/theme-files.ts";
import { publishEveryWidget } from "../../fixtures/every-widget.ts";
import { openShop, page } from "../../fixtures/open-theme-shop.ts";

const shipped = shippedLiquid as (source: string) => string;
const ON_PRODUCT_PAGES = [
  ...["tsuide-set", "tsuide-breaks", "tsuide-add-on", "tsuide-upgrade"],
  ...["tsuide-xy", "tsuide-mix", "tsuide-subscription", "tsuide-bundle"],
];

const extension = join(import.meta.dirname, "../../../extensions/theme-offers");
const SOURCES = join(import.meta.dirname, "../../../extension-kit/theme");
const files = (folder: string) => readdirSync(join(extension, folder)).map((name) => join(extension, folder, name));
const bytes = (paths: string[]) => paths.reduce((total, path) => total + readFileSync(path).length, 0);

describe("what a shop's pages carry for us", () => {
  const scripts = files("assets").filter((path) => path.endsWith(".js"));

  test("is at most 10,000 bytes of script gzipped, for all widgets together and while an experiment runs", async () => {
    expect(scripts.map((path) => basename(path))).toEqual(["tsuide.js"]);
    const { shop, shopper, context } = openShop();
    context.embeds = ["experiments"];
    const embedded = async () =>
      [...(await page(shopper, "/products/green-tea")).head.querySelectorAll("script:not([src])")]
        .map(({ textContent }) => textContent)
        .filter((text) => text.includes("tsuideSplit"));
    publishEveryWidget(shop);
    expect(await embedded()).toEqual([]);
    const installation = `gid://shopify/AppInstallation/${shop.installation.id}`;
    const arms = [
      [1, ["bt-1"]],
      [1, ["bt-9"]],
    ];
    setMetafield(shop, installation, "tsuide", "split", "json", [1, "salt", 500, [[3, "offers", 0, 10_000, arms]]]);
    const [script = "", ...others] = await embedded();
    expect(others).toEqual([]);
    expect(script).toContain('[1,"salt",500,[[3,"offers",0,10000,[[5000,["bt-1"]],[10000,["bt-9"]]]]]]');
    const [inPage, ofWidgets] = [gzipSync(script).length, gzipSync(readFileSync(scripts[0]!)).length];
    expect(Math.min(inPage, ofWidgets)).toBeGreaterThan(300);
    expect(inPage + ofWidgets).toBeLessThanOrEqual(10_000);
  });

  test("is at most 600 bytes gzipped of texts, in one file for each language", () => {
    const texts = files("assets").filter((path) => path.endsWith(".json"));
    expect(texts.map((path) => basename(path)).sort()).toEqual(["tsuide-en.json", "tsuide-ja.json"]);
    for (const path of texts) expect(gzipSync(readFileSync(path)).length).toBeLessThanOrEqual(600);
  });

  test("reads no attribute that Liquid does not write", () => {
    const script = readFileSync(scripts[0]!, "utf8");
    const liquid = [...files("blocks"), ...files("snippets")].map((path) => readFileSync(path, "utf8")).join("\n");
    const read = [...script.matchAll(/\bdataset\.(\w+)(?!\w)(?!\s*=[^=])/g)].map((match) => match[1]!);
    expect(read).toContain("least");
    const written = (name: string) =>
      liquid.includes(`data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
    expect([...new Set(read)].filter((name) => !written(name))).toEqual([]);
  });

  test("is at most 8,192 bytes of styles, in sizes that no theme's root changes and in no paler text", () => {
    const css = files("assets").filter((path) => path.endsWith(".css"));
    expect(bytes(css)).toBeLessThanOrEqual(8_192);
    const rules = css.map((path) => readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\//g, "")).join("\n");
    expect(rules).not.toMatch(/\drem\b|opacity:/);
    // Whoever sells the theme can still change what a widget looks like.
    expect(rules).not.toContain("!important");
    expect(rules).not.toMatch(/[^-]color:[^;]*currentColor \d+%/);
  });

  test("styles nothing of the theme's, even where its elements are made like those of a widget", async () => {
    const { shop, shopper, context } = openShop();
    context.themeDir = findTheme("like-dawn");
    publishEveryWidget(shop);
    await shopper.send("/cart/add.js", { items: [{ id: 40_020, quantity: 8 }] });
    const shown = [await page(shopper, "/products/green-tea"), await page(shopper, "/cart")];
    const widgets = shown.flatMap((document) => [...document.querySelectorAll(".ts-widget")]);
    expect(widgets.length).toBeGreaterThan(ON_PRODUCT_PAGES.length);
    const markup = widgets.map(({ outerHTML }) => outerHTML).join("");
    const { document } = new JSDOM(markup.replaceAll("tsuide", "theme").replaceAll(/\bts-/g, "th-")).window;
    const css = readFileSync(join(extension, "assets", "tsuide.css"), "utf8");
    const rules = [...css.matchAll(/([^{}]+)\{[^{}]+\}/g)].map(([, selector = ""]) =>
      selector.replaceAll(/::[\w-]+/g, ""),
    );
    expect(rules.length).toBeGreaterThan(50);
    expect(rules.filter((selector) => document.querySelector(selector) !== null)).toEqual([]);
  });

  const PAGES = [
    ["/products/green-tea", [...ON_PRODUCT_PAGES, "tsuide-drawer"]],
    ["/cart", ["tsuide-goal", "tsuide-cart", "tsuide-drawer"]],
  ] as const;

  test.each(
    (["en", "ja"] as const).flatMap((locale) => PAGES.map(([path, widgets]) => [path, locale, widgets] as const)),
  )("adds to %s, in %s, for %j together, at most 12,288 bytes of HTML", async (path, locale, widgets) => {
    const { shop, shopper, context } = openShop({ locale });
    context.themeDir = findTheme("like-dawn");
    publishEveryWidget(shop);
    await shopper.send("/cart/add.js", { items: [{ id: 40_020, quantity: 8 }] });
    const html = await (await shopper.ask(path)).text();
    const dom = new JSDOM(html, { includeNodeLocations: true });
    const { document } = dom.window;
    const added = widgets.map((widget) => {
      const element = document.querySelector(widget);
      expect(element, widget).not.toBeNull();
      const { startOffset, endOffset } = dom.nodeLocation(element!.closest(".shopify-app-block") ?? element!)!;
      return Buffer.byteLength(html.slice(startOffset, endOffset));
    });
    if (path !== "/cart") {
      const rows = (selector: string) => document.querySelectorAll(selector).length;
      const counted = [
        rows("tsuide-set li"),
        rows("tsuide-breaks label"),
        rows("tsuide-add-on label"),
        rows("tsuide-mix li"),
      ];
      expect(counted).toEqual([3, 5, 2, 3]);
    }
    if (path === "/cart") expect(document.querySelectorAll(".shopify-app-block tsuide-cart li")).toHaveLength(2);
    expect(added.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(12_288);
  });

  test("has its script and its styles once in the page's head, whatever the number of widgets", async () => {
    const { shop, shopper, context } = openShop();
    context.themeDir = findTheme("like-dawn");
    publishEveryWidget(shop);
    const document = await page(shopper, "/products/green-tea");
    expect(document.querySelectorAll(ON_PRODUCT_PAGES.join())).toHaveLength(ON_PRODUCT_PAGES.length);
    expect(document.querySelectorAll('link[href*="tsuide.css"]')).toHaveLength(1);
    expect(document.head.querySelectorAll('link[href*="tsuide.css"]')).toHaveLength(1);
    expect(document.querySelectorAll('script[src*="tsuide"]')).toHaveLength(1);
    expect(document.head.querySelectorAll('script[src*="tsuide.js"]')).toHaveLength(1);
  });

  test("asks no server but the shop's own", () => {
    for (const path of [...scripts, ...files("blocks"), ...files("snippets")]) {
      expect(readFileSync(path, "utf8")).not.toMatch(/https?:|["'`]\/\/|\/apps\/|sendBeacon|WebSocket|XMLHttpRequest/);
    }
    const script = scripts.map((path) => readFileSync(path, "utf8")).join("\n");
    expect(script.match(/\bfetch\(/g)).toHaveLength(1);
  });

  test("keeps within Shopify's 100 KB of Liquid and 15 KB for each locale", () => {
    const liquid = [...files("blocks"), ...files("snippets")].map((path) => shipped(readFileSync(path, "utf8")));
    expect(Buffer.byteLength(liquid.join(""))).toBeLessThan(100_000);
    for (const path of files("locales")) expect(readFileSync(path).length).toBeLessThan(15_000);
  });
});

describe("texts", () => {
  const keys = (value: object, path = ""): string[] =>
    Object.entries(value).flatMap(([key, of]) =>
      typeof of === "object" ? keys(of as object, `${path}${key}.`) : [path + key],
    );
  const read = (name: string) => JSON.parse(readFileSync(join(extension, "locales", name), "utf8")) as object;
  /** The keys of the texts that scripts write, in the order of the files of texts. */
  const namedByScripts = () => {
    const sources = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    const named = sources.flatMap((name) => [
      ...readFileSync(join(SOURCES, name), "utf8").matchAll(/\bTEXTS\.(\w+\.\w+)/g),
    ]);
    return [...new Set(named.map((match) => match[1]!))].sort();
  };

  test.each([
    ["en.default.json", "ja.json"],
    ["en.default.schema.json", "ja.schema.json"],
  ])("of %s and %s have the same keys", (english, japanese) =>
    expect(keys(read(japanese))).toEqual(keys(read(english))),
  );

  test("that scripts write are in their files, with no mark but those of their values", () => {
    const locale = read("ja.json") as Record<string, Record<string, string>>;
    const texts = JSON.parse(readFileSync(join(extension, "assets", "tsuide-ja.json"), "utf8")) as string[];
    expect(texts).toHaveLength(namedByScripts().length);
    for (const key of namedByScripts()) {
      const [part = "", name = ""] = key.split(".");
      expect(locale[part]![name]!.replace(/\{\{ \w+ \}\}%?/g, "")).not.toMatch(/[%#]/);
    }
    expect(texts[namedByScripts().indexOf("adding.price_changed")]).toBe("%の価格が#に変わりました。");
  });

  test("used by Liquid or a script all exist, and none is left over", () => {
    const liquid = [...files("blocks"), ...files("snippets")].map((path) => readFileSync(path, "utf8")).join("\n");
    const inLiquid = [...liquid.matchAll(/'([a-z_]+\.[a-z_]+)' \| t\b/g)].map((match) => match[1]!);
    const used = new Set([...inLiquid, ...namedByScripts()]);
    const known = new Set(keys(read("en.default.json")).map((key) => key.split(".").slice(0, 2).join(".")));
    expect([...used].sort()).toEqual([...known].sort());
  });
});
