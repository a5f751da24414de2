// Builds the theme extension's scripts and styles: Shopify uploads its files as they are and has no build step.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./install.mjs";
import { fail } from "./plain-error.mjs";

const SOURCES = join(ROOT, "extension-kit", "theme");
const ASSETS = join(ROOT, "extensions", "theme-offers", "assets");
/** The script that stands in the page itself, as Liquid: a script that the page had to load would come too late. */
const SPLIT_SNIPPET = join(ROOT, "extensions", "theme-offers", "snippets", "tsuide-split-script.liquid");
const LOCALES = join(ROOT, "extensions", "theme-offers", "locales");

const UNFINISHED = join(ROOT, ".data", "made");

/**
 * Our own members, which the bundler shortens. None is a name of the browser, of Shopify, of JSON, or of a `data-`
 * attribute: those are looked up by their full names. The letters were found by trying: which one a member has decides what
 * gzip finds again, some 40 bytes in all. A new member takes any letter that is free, or two.
 */
const SHORT_NAMES = {
  afterAdding: "R",
  all: "ee",
  answer: "a",
  available: "b",
  back: "r",
  basisPoints: "Z",
  came: "S",
  choose: "O",
  chosen: "p",
  claimed: "y",
  did: "A",
  element: "o",
  field: "e",
  follow: "I",
  heard: "u",
  isAdded: "t",
  isIn: "z",
  isOpen: "n",
  kind: "i",
  knows: "Q",
  linesFor: "h",
  minimum: "C",
  minor: "d",
  missing: "N",
  money: "K",
  needless: "F",
  option: "l",
  outcome: "m",
  pageChanged: "v",
  prepare: "k",
  put: "w",
  read: "X",
  refusedText: "T",
  renew: "G",
  replacedText: "x",
  say: "D",
  sayRefused: "q",
  setQuantity: "M",
  show: "$",
  showButton: "c",
  showMatch: "f",
  showPrice: "s",
  shownAgain: "J",
  start: "g",
  stored: "H",
  submit: "Y",
  swap: "_",
  swapBack: "L",
  takeCart: "V",
  tick: "E",
  unit: "P",
  variantTitle: "j",
  whenSeen: "W",
  words: "B",
};

const OPTIONS = {
  outdir: ASSETS,
  bundle: true,
  minify: true,
  mangleProps: new RegExp(`^(${Object.keys(SHORT_NAMES).join("|")})$`),
  mangleCache: SHORT_NAMES,
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "error",
  // The files are put in place as a whole, so that nobody reads half of one.
  write: false,
};

/** A page runs the script once, although themes may take it over from another page. */
const ONCE = "self.tsuide||=!";

/** What Liquid writes into the script that stands in the page, by the names that its sources have for it. */
const LIQUID_VALUES = { SPLIT: "{{ split }}", IN_CART: '"{{ in_cart }}"' };

/** One script with all widgets, one stylesheet, and the script that stands in the page. */
const OUTPUTS = [
  { ...OPTIONS, entryPoints: [{ in: join(SOURCES, "main.css"), out: "tsuide" }] },
  {
    ...OPTIONS,
    entryPoints: [{ in: join(SOURCES, "main.ts"), out: "tsuide" }],
    format: "iife",
    define: {
      ...Object.fromEntries(textNames().map((name, place) => [name, String(place)])),
      LANGUAGES: JSON.stringify(localeFiles().map(languageOf)),
    },
  },
  { ...OPTIONS, entryPoints: [{ in: join(SOURCES, "split", "main.ts"), out: "split" }], format: "iife" },
];

/** The texts that the sources name, such as "TEXTS.adding.added". */
function textNames() {
  const sources = readdirSync(SOURCES, { recursive: true }).filter((name) => name.endsWith(".ts"));
  const names = sources.flatMap((name) => readFileSync(join(SOURCES, name), "utf8").match(/\bTEXTS(\.\w+){2}/g) ?? []);
  return [...new Set(names)].sort();
}

/**
 * A file for each language of the extension's locale files, with what scripts write in it: a page loads one of them, and
 * has no text more than once. "%" stands where a value goes, "#" where an amount goes.
 */
function textFiles() {
  return localeFiles().map((name) => {
    const locale = JSON.parse(readFileSync(join(LOCALES, name), "utf8"));
    const texts = textNames().map((text) =>
      markedText(text.split(".").reduce((at, key) => at[key] ?? {}, { TEXTS: locale })),
    );
    return { path: join(ASSETS, `tsuide-${languageOf(name)}.json`), text: JSON.stringify(texts) };
  });
}

/** Those of shoppers' texts, that of the default language first. */
function localeFiles() {
  const names = readdirSync(LOCALES).filter((name) => !name.includes("schema"));
  return names.sort((a, b) => Number(b.includes("default")) - Number(a.includes("default")));
}

function languageOf(file) {
  return file.split(".")[0];
}

function markedText(text) {
  return text.replace(/\{\{ (?:amount|price) \}\}/g, "#").replace(/\{\{ \w+ \}\}%?/g, "%");
}

const textAt = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
};

/**
 * What the script allows: no function is used as a constructor, no built-in of the language is changed, no constants stand
 * beside one another in a product, and 1 does for true wherever it is written.
 */
const SHORTER = {
  ...{ booleans_as_integers: true, passes: 2 },
  ...{ hoist_funs: true, unsafe_comps: true },
  ...{ unsafe: true, unsafe_arrows: true, unsafe_math: true, unsafe_methods: true },
};

/** Terser looks at the whole script where esbuild looks at one statement, which saves some 4 % of it, gzipped. */
async function minified(text) {
  const { minify } = await import("terser");
  const { code: once } = await minify(text.replace(/^"use strict";/, ""), { ecma: 2022, compress: SHORTER });
  // What it has written once leaves it more to find, but for functions that it would take apart again.
  const { code } = await minify(once, { ecma: 2022, compress: { ...SHORTER, reduce_funcs: false } });
  return code;
}

/** A file as it is shipped: the script that stands in the page becomes Liquid. */
async function shipped({ path, text }) {
  if (!path.endsWith(".js")) return { path, text };
  const code = await minified(text);
  if (basename(path) !== "split.js") return { path, text: ONCE + code };
  if (/\{[{%]|<\/script/i.test(code))
    throw new Error("The script of the page's head holds what Liquid or HTML would read");
  // Shopify's theme check takes "<" before a letter for a tag.
  const spaced = code.replace(/<(?=[a-z])/gi, "< ").replace(/;?\s*$/, "");
  const filled = spaced.replace(/\b(SPLIT|IN_CART)\b/g, (name) => LIQUID_VALUES[name]);
  return { path: SPLIT_SNIPPET, text: `<script>${filled}</script>` };
}

async function writeChanged({ outputFiles }) {
  for (const folder of [ASSETS, UNFINISHED]) mkdirSync(folder, { recursive: true });
  for (const file of [...outputFiles, ...textFiles()]) {
    const { path, text } = await shipped(file);
    if (textAt(path) === text) continue;
    const unfinished = join(UNFINISHED, `${process.pid}-${basename(path)}`);
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
  }
}

/**
 * Builds `extensions/theme-offers/assets`, and the snippet with the script of the page's head, from `extension-kit/theme`.
 * Throws where the sources do not compile. */
export async function buildThemeAssets() {
  const { build } = await import("esbuild");
  for (const output of OUTPUTS) await writeChanged(await build(output));
}

/** Builds again after each change of a source, until the process ends. */
async function watchThemeAssets() {
  const { context } = await import("esbuild");
  const write = {
    name: "write",
    setup: (build) => build.onEnd((result) => result.errors.length > 0 || writeChanged(result)),
  };
  for (const output of OUTPUTS) {
    const builder = await context({ ...output, logLevel: "warning", plugins: [write] });
    await builder.watch();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await (process.argv.includes("--watch") ? watchThemeAssets() : buildThemeAssets());
  } catch (error) {
    fail(error);
  }
}
