// What `shopify app deploy` checks and builds before it uploads, run with Shopify CLI's own code and no account.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { fail, PlainError } from "../setup/plain-error.mjs";
import { ensureInstalled, ROOT } from "../setup/install.mjs";
import { buildThemeAssets } from "../setup/theme-assets.mjs";
import { MODULE_BYTES } from "../functions/build-function.mjs";
import { shipLiquid } from "./shipped-liquid.mjs";
import { writeFunctionSchemas } from "./function-schema.mjs";
import { readWithShopifyCli } from "./shopify-cli.mjs";

/** Shopify refuses a UI extension whose compressed script is larger (bytes; shopify.dev, "UI extension limits"). */
const UI_EXTENSION_BYTES = 64_000;
/** Most bytes of a whole theme extension, and of its Liquid (shopify.dev, "Theme app extensions: limits"). */
const THEME_EXTENSION_BYTES = 10 * 1024 * 1024;
const THEME_LIQUID_BYTES = 100 * 1024;

/** The last step of a Function: connecting it to Shopify's Wasm API, by a program that the CLI downloads. */
const DOWNLOAD = /request to (https:\/\/\S+) failed, reason: (getaddrinfo|connect|network|socket)/;

/**
 * Checks and builds every extension as a deployment would.
 *
 * @param {string} directory Of the app.
 * @returns {Promise<{ faults: string[], notes: string[] }>} Faults would stop a deployment; notes say what was built,
 *   how large it is, and what could not be run without a network.
 */
export async function checkDeployable(directory) {
  await writeFunctionSchemas(directory);
  let app;
  try {
    app = await readWithShopifyCli(directory);
  } catch (error) {
    if (error instanceof PlainError) throw error;
    return { faults: [plain(error.message)], notes: [] };
  }
  const output = mkdtempSync(join(tmpdir(), "tsuide-bundle-"));
  try {
    const faults = [];
    const notes = [];
    for (const extension of app.realExtensions) {
      const { fault, note } = await buildExtension(extension, app, output);
      if (fault) faults.push(`${extension.handle}: ${fault}`);
      if (note) notes.push(`${extension.handle}: ${note}`);
    }
    return { faults, notes };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

async function buildExtension(extension, app, output) {
  let said = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      said += chunk;
      done();
    },
  });
  const options = { stdout: stream, stderr: stream, app, environment: "production", appURL: "https://app.invalid" };
  try {
    if (extension.type === "theme") extension.directory = shippedCopy(extension.directory, output);
    await extension.buildForBundle(options, output);
    await extension.preDeployValidation();
    return sizeOf(extension, join(output, extension.getOutputFolderId()));
  } catch (error) {
    const message = plain([error.message, error.tryMessage].filter(Boolean).join("\n"));
    const missing = DOWNLOAD.exec(message);
    // The steps run one after another, and the last one failed: the module was compiled, and is within its limit.
    if (missing && extension.type === "function" && existsSync(extension.outputPath)) {
      const { note, fault } = within(statSync(extension.outputPath).size, MODULE_BYTES, "module");
      return fault ? { fault } : { note: `${note}; not connected to Shopify's API: ${missing[1]} cannot be reached` };
    }
    return { fault: [message, plain(said)].filter(Boolean).join("\n") };
  }
}

/** A copy of a theme extension as it is uploaded. */
function shippedCopy(directory, output) {
  const copy = join(output, "sources", basename(directory));
  cpSync(directory, copy, { recursive: true });
  shipLiquid(copy);
  return copy;
}

function sizeOf(extension, folder) {
  const bytes = (paths, read = (path) => statSync(path).size) => paths.reduce((sum, path) => sum + read(path), 0);
  // The parts of the app's own configuration leave no files.
  if (extension.type === "function") return within(statSync(extension.outputPath).size, MODULE_BYTES, "module");
  if (!["ui_extension", "theme"].includes(extension.type)) return {};
  const files = filesBelow(folder);
  if (extension.type === "ui_extension") {
    const scripts = files.filter((path) => path.endsWith(".js"));
    return within(
      bytes(scripts, (path) => gzipSync(readFileSync(path)).length),
      UI_EXTENSION_BYTES,
      "compressed script",
    );
  }
  for (const name of ["tsuide.js", "tsuide.css", "tsuide-en.json"]) {
    if (!files.includes(join(folder, "assets", name)))
      return { fault: `assets/${name} is missing: run \`npm run build:theme\`` };
  }
  const liquid = within(bytes(files.filter((path) => path.endsWith(".liquid"))), THEME_LIQUID_BYTES, "Liquid");
  return liquid.fault ? liquid : within(bytes(files), THEME_EXTENSION_BYTES, "files");
}

function within(size, limit, what) {
  const text = `${size.toLocaleString("en")} of ${limit.toLocaleString("en")} bytes of ${what}`;
  return size <= limit ? { note: text } : { fault: `too large: ${text}` };
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A message of the CLI without the colours that it writes for a terminal. */
function plain(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b\[[0-9;]*m/g, "").trim();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    ensureInstalled();
    await buildThemeAssets();
    const { faults, notes } = await checkDeployable(ROOT);
    for (const note of notes) console.log(note);
    if (faults.length > 0) throw new PlainError(faults.join("\n"));
  } catch (error) {
    fail(error);
  }
}
