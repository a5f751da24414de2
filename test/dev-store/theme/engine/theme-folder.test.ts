import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { handleStorefront } from "../../storefront/handle-storefront.ts";
import { buildContext, buildShop, publishOffer, Shopper } from "../../storefront/sample-shop.ts";
import { findTheme, parseThemeJson, ThemeError } from "./theme-files.ts";

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

const LAYOUT = "<head>{{ content_for_header }}</head><body>{{ content_for_layout }}</body>";

/** A theme of these files, and a shopper in a shop that shows it. */
function openTheme(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), "dev-store-theme-"));
  folders.push(folder);
  for (const [name, text] of Object.entries({ "layout/theme.liquid": LAYOUT, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const shop = buildShop();
  publishOffer(shop);
  const context = buildContext(shop, { themeDir: findTheme(folder) });
  const shopper = new Shopper((request) => handleStorefront(request, context));
  return { shopper, page: async (path: string) => (await shopper.ask(path)).text() };
}

const schema = (value: object) => `{% schema %}${JSON.stringify(value)}{% endschema %}`;
const main = (section: object) => JSON.stringify({ sections: { main: section }, order: ["main"] });

test("JSON of themes may have comments and trailing commas, and any other fault names its line", () => {
  expect(parseThemeJson('/* written by the editor */\n{ "a": [1, 2,], // two\n }', "a.json")).toEqual({ a: [1, 2] });
  expect(() => parseThemeJson('{\n "a": 1\n "b": 2 }', "a.json")).toThrow("a.json:3 is not JSON");
});

test("a theme that is not there is named, with those that are", () => {
  expect(() => findTheme("no-such-theme")).toThrow(/no-such-theme.*like-dawn.*plain/);
  expect(() => findTheme(tmpdir())).toThrow(ThemeError);
});

test("theme blocks nest, take arguments, and see what they are closest to", async () => {
  const { page } = openTheme({
    "templates/product.json": main({
      type: "main",
      blocks: {
        fixed: { type: "_fixed", static: true, settings: { note: "{{ closest.product.title }}!" } },
        group: {
          type: "group",
          blocks: { inner: { type: "text", settings: { text: "inside" } } },
          block_order: ["inner"],
        },
        off: { type: "text", disabled: true, settings: { text: "switched off" } },
      },
      block_order: ["group", "off"],
    }),
    "sections/main.liquid": `{% content_for 'block', type: '_fixed', id: 'fixed', word: 'given' %}|{% content_for 'blocks' %}${schema({ tag: "section" })}`,
    "blocks/_fixed.liquid": `{{ word }} {{ block.settings.note }}${schema({ tag: null, settings: [{ type: "text", id: "note" }] })}`,
    "blocks/group.liquid": `[{% content_for 'blocks' %}]${schema({ class: "group" })}`,
    "blocks/text.liquid": `{{ block.settings.text }}{{ word }}${schema({ tag: null, settings: [{ type: "text", id: "text" }] })}`,
  });
  const html = await page("/products/green-tea");
  expect(html).toMatch(/given Green Tea!\|<div id="shopify-block-\w+" class="shopify-block group">\[inside\]<\/div>/);
  expect(html).not.toContain("switched off");
});

test("settings have the type that the schema gives them", async () => {
  const settings = [
    { type: "color", id: "ink", default: "#102030" },
    { type: "font_picker", id: "font", default: "work_sans_i7" },
    { type: "link_list", id: "menu", default: "main-menu" },
    { type: "collection", id: "collection", default: "tea" },
    { type: "checkbox", id: "on" },
    { type: "url", id: "link", default: "shopify://collections/all" },
  ];
  const { page } = openTheme({
    "templates/cart.json": main({ type: "main" }),
    "sections/main.liquid": `{% assign s = section.settings %}{{ s.ink.red }} {{ s.ink | color_lighten: 10 }} {{ s.font.family }} {{ s.font.weight }} {{ s.font.style }} {{ s.menu.links.size }} {{ s.collection.title }} {{ s.on }} {{ s.link }} {% if cart == empty %}empty{% endif %}${schema({ settings })}`,
  });
  expect(await page("/cart")).toContain("16 #1d3a56 Work Sans 700 italic 2 Tea false /collections/all empty");
});

test("lines of the cart know their place, counted from 0", async () => {
  const { shopper, page } = openTheme({
    "templates/cart.json": main({ type: "main" }),
    "sections/main.liquid": "{% for item in cart.items %}{{ item.index }}={{ item.product.title }};{% endfor %}",
  });
  await shopper.send("/cart/add.js", { items: [{ id: 40020 }, { id: 40040 }] });
  expect(await page("/cart")).toContain("0=Tea Strainer;1=Tea Cup;");
});

test("sections of a group can be asked for by the ids that stand on the page", async () => {
  const { shopper, page } = openTheme({
    "layout/theme.liquid": `${LAYOUT}{% sections 'header-group' %}`,
    "templates/cart.json": main({ type: "main" }),
    "sections/main.liquid": "Cart",
    "sections/header-group.json": JSON.stringify({ type: "header", ...JSON.parse(main({ type: "top" })) }),
    "sections/top.liquid": "Count {{ cart.item_count }} in {{ section.location }}",
  });
  const id = /shopify-section-(sections--\d+__main)/.exec(await page("/cart"))![1]!;
  await shopper.send("/cart/add.js", { items: [{ id: 40020 }] });
  expect(await page(`/cart?section_id=${id}`)).toContain("Count 1 in header");
});

test("the app's blocks go around the buy buttons of a theme that places none: what chooses the quantity in front", async () => {
  const blocks = { title: { type: "title" }, buy: { type: "buy_buttons" }, share: { type: "share" } };
  const { page } = openTheme({
    "templates/product.json": main({ type: "main", blocks, block_order: ["title", "buy", "share"] }),
    "sections/main.liquid": `{% for block in section.blocks %}<i>{{ block.type }}</i>{% liquid
      if block.type == '@app'
        render block
      endif
    %}{% endfor %}${schema({ blocks: [{ type: "@app" }, { type: "title" }, { type: "buy_buttons" }, { type: "share" }] })}`,
  });
  const html = await page("/products/green-tea");
  const types = [...html.matchAll(/<i>([\w@]+)<\/i>/g)].map((match) => match[1]);
  // However many blocks of the app there are, they stand side by side.
  expect(types.filter((type, place) => type !== types[place - 1])).toEqual([
    "title",
    "@app",
    "buy_buttons",
    "@app",
    "share",
  ]);
  const [breaks, set] = ["quantity_breaks", "bought_together"].map((name) => html.indexOf(`app_${name}"`));
  const buttons = html.indexOf("<i>buy_buttons</i>");
  expect(breaks).toBeGreaterThan(0);
  expect(breaks).toBeLessThan(buttons);
  expect(set).toBeGreaterThan(buttons);
});

test("white space behind a schema stays, whatever stands before it: an app's block without output is not empty", async () => {
  const { page } = openTheme({
    "templates/cart.json": main({ type: "main" }),
    "sections/main.liquid": `<b>{%- if false -%}Cart{%- endif -%}\n{% schema %}\n{ "name": "Cart" }\n{% endschema %}\n</b>`,
    "templates/product.json": main({ type: "product" }),
    "sections/product.liquid": `{% for block in section.blocks %}{% render block %}{% endfor %}${schema({ blocks: [{ type: "@app" }] })}`,
  });
  expect(await page("/cart")).toContain("<b>\n</b>");
  expect(await page("/products/green-tea")).toMatch(/shopify-app-block">\n<\/div>/);
});

test.each([
  ["a section", main({ type: "nowhere" }), "sections/nowhere.liquid"],
  ["a type of setting", main({ type: "odd" }), "the setting type hologram"],
  ["a filter", main({ type: "filtered" }), "undefined filter: shimmer"],
])("%s that is not known is an error that names it", async (_what, template, message) => {
  const { shopper } = openTheme({
    "templates/cart.json": template,
    "sections/odd.liquid": schema({ settings: [{ type: "hologram", id: "x" }] }),
    "sections/filtered.liquid": "{{ cart | shimmer }}",
  });
  await expect(shopper.ask("/cart")).rejects.toThrow(message);
});

test("text in schema, doc, stylesheet and javascript is not read as Liquid, and bundles are served", async () => {
  const { page } = openTheme({
    "templates/cart.json": main({ type: "main" }),
    "sections/main.liquid":
      '{% doc %} {% if %} {{ broken {% enddoc %}{% stylesheet %}.a { color: red }{% endstylesheet %}{% javascript %}window.b = `{{`{% endjavascript %}Cart{% schema %}{ "name": "{% if" }{% endschema %}',
  });
  const html = await page("/cart");
  expect(html).toContain(">Cart<");
  expect(await page(/\/cdn\/compiled\/styles\.css[^"]*/.exec(html)![0])).toBe(".a { color: red }");
  expect(await page(/\/cdn\/compiled\/scripts\.js[^"]*/.exec(html)![0])).toContain("window.b = `{{`");
});
