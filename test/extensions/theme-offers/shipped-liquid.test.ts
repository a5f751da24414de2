import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
// @ts-expect-error The deployment scripts are plain JavaScript: they run before anything is built.
import { shipLiquid, shippedLiquid } from "../../../scripts/deploy/shipped-liquid.mjs";
import { publishEveryWidget } from "../../fixtures/every-widget.ts";
import { openShop } from "../../fixtures/open-theme-shop.ts";

const ROOT = join(import.meta.dirname, "../../..");
const SOURCES = join(ROOT, "extensions", "theme-offers");
const shipped = shippedLiquid as (source: string) => string;
const ship = shipLiquid as (extension: string) => () => void;

let extensionsDir: string;
let extension: string;
let restore: () => void;

beforeAll(() => {
  mkdirSync(join(ROOT, ".data", "test"), { recursive: true });
  extensionsDir = mkdtempSync(join(ROOT, ".data", "test", "shipped-"));
  extension = join(extensionsDir, "theme-offers");
  cpSync(SOURCES, extension, { recursive: true });
  restore = ship(extension);
});
afterAll(() => rmSync(extensionsDir, { recursive: true, force: true }));

const liquidIn = (folder: string) =>
  ["blocks", "snippets"].flatMap((part) =>
    readdirSync(join(folder, part)).map((name) => readFileSync(join(folder, part, name), "utf8")),
  );

/** A page with every widget, from the sources or from what is shipped. */
async function rendered(path: string, given: { extensionsDir?: string }) {
  const { shop, shopper, context } = openShop();
  Object.assign(context, given);
  publishEveryWidget(shop);
  await shopper.send("/cart/add.js", { items: [{ id: 40_020, quantity: 8 }] });
  const html = await (await shopper.ask(path)).text();
  // Pages name their assets with the time of their files.
  return html.replace(/\?v=[\w.]+/g, "");
}

test.each(["/products/green-tea", "/ja/products/green-tea", "/cart", "/"])(
  "what is shipped renders %s as the sources do",
  async (path) => {
    const [uploaded, sources] = [await rendered(path, { extensionsDir }), await rendered(path, {})];
    expect(sources).toContain("tsuide-");
    expect(uploaded === sources).toBe(true);
  },
);

test("what is shipped is smaller, has no documentation, and the sources come back", () => {
  const size = (texts: string[]) => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const sources = liquidIn(SOURCES);
  expect(size(liquidIn(extension))).toBeLessThan(size(sources) * 0.9);
  expect(liquidIn(extension).join()).not.toContain("@param");
  restore();
  expect(liquidIn(extension)).toEqual(sources);
});

test.each([
  [
    "<b>\n  {%- if a == 'x | y,  z' -%}\n    <i>\n  {%- endif -%}\n</b>",
    "<b>{% if a == 'x | y,  z' %}<i>{% endif %}</b>",
  ],
  ["{%- assign name = b | append: ', ' | t: c: d -%}\n\u3000", "{% assign a=b|append:', '|t:c:d %}\u3000"],
  [
    "{% assign size = cart.size | size: size %}{% for one in (1..size) %}{{ one | one: one }}{{ 'one' }}{{ a.one }}{% endfor %}",
    "{% assign c=cart.size|size:c %}{% for b in (1..c) %}{{ b|one:b }}{{ 'one' }}{{ a.one }}{% endfor %}",
  ],
  [
    "{% doc %} @param {number} given {% enddoc %}{% assign own = given %}{% render 'x', own: own, given: given %}",
    "{% assign a=given %}{% render 'x',own:a,given:given %}",
  ],
  ["{{ a }} {{- b -}} {{ c }} {% d %}", "{{ a }}{{ b }}{{ c }} {% d %}"],
  ["data='{ {{- a -}} }'", "data='{ {{- a -}} }'"],
  ["{%- comment -%} for us {%- endcomment -%}\n<p>", "<p>"],
])("what is shipped of %j is %j", (source, expected) => expect(shipped(source)).toBe(expected));
