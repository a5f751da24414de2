// Builds the theme extension's script and styles: Shopify uploads its `assets` folder as it is and has no build step.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./install.mjs";
import { fail } from "./plain-error.mjs";

const SOURCES = join(ROOT, "extension-kit", "theme");
const ASSETS = join(ROOT, "extensions", "theme-offers", "assets");

const UNFINISHED = join(ROOT, ".data", "made");

/**
 * Our own members, which the bundler may shorten. None is a name of the browser, of Shopify, of JSON, or of a `data-`
 * attribute: those are looked up by their full names.
 */
const OWN_NAMES =
  /^(added|answer|available|basisPoints|came|choose|chosen|claimed|counted(Lines|Minor)|element|field|hideCard|isAdded|isIn|isOpen|knows|least|minor|missing|money|option|outcome|prepare|put|remainingMinor|requiresShipping|say|setQuantity|show|show(Button|Match|Price)|start|stored|submit|swap(Back)?|takeCart|tick|totalMinor|unit|variantTitle)$/;

/** One file each, for all widgets: `tsuide.js` is an ES module, so that a page with two widgets runs it once. */
const OPTIONS = {
  entryPoints: ["main.ts", "main.css"].map((name) => ({ in: join(SOURCES, name), out: "tsuide" })),
  outdir: ASSETS,
  bundle: true,
  minify: true,
  mangleProps: OWN_NAMES,
  format: "esm",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "error",
  // The files are put in place as a whole, so that nobody reads half of one.
  write: false,
};

const textAt = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
};

/** Terser looks at the whole script where esbuild looks at one statement, which saves some 4 % of it, gzipped. */
async function smallest(path, text) {
  if (!path.endsWith(".js")) return text;
  const { minify } = await import("terser");
  const { code } = await minify(text, { module: true, ecma: 2022 });
  return code;
}

async function writeChanged({ outputFiles }) {
  for (const folder of [ASSETS, UNFINISHED]) mkdirSync(folder, { recursive: true });
  for (const { path, text: bundled } of outputFiles) {
    const text = await smallest(path, bundled);
    if (textAt(path) === text) continue;
    const unfinished = join(UNFINISHED, `${process.pid}-${basename(path)}`);
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
  }
}

/** Builds `extensions/theme-offers/assets` from `extension-kit/theme`. Throws where the sources do not compile. */
export async function buildThemeAssets() {
  const { build } = await import("esbuild");
  await writeChanged(await build(OPTIONS));
}

/** Builds again after each change of a source, until the process ends. */
async function watchThemeAssets() {
  const { context } = await import("esbuild");
  const write = {
    name: "write",
    setup: (build) => build.onEnd((result) => result.errors.length > 0 || writeChanged(result)),
  };
  const builder = await context({ ...OPTIONS, logLevel: "warning", plugins: [write] });
  await builder.watch();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await (process.argv.includes("--watch") ? watchThemeAssets() : buildThemeAssets());
  } catch (error) {
    fail(error);
  }
}
