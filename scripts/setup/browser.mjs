// Finds a Chrome or Chromium for the browser journeys and the README's pictures.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { PlainError } from "./plain-error.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];

/**
 * The browser to drive: `CHROME_PATH`, an installed one, or the one that npm brought.
 * Throws a sentence that says how to get one.
 *
 * @returns {Promise<{ executablePath: string, args: string[] }>}
 */
export async function findBrowser(env = process.env) {
  const args = [...QUIET, "--disable-sync", "--no-first-run"];
  if (env.CHROME_PATH) {
    if (existsSync(env.CHROME_PATH)) return { executablePath: env.CHROME_PATH, args };
    throw new PlainError(`CHROME_PATH names ${env.CHROME_PATH}, and there is no such file.`);
  }
  const onPath = (env.PATH ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const installed = [...onPath, ...PLACES].find((path) => existsSync(path));
  if (installed) return { executablePath: installed, args };
  try {
    const { default: packaged } = await import("@sparticuz/chromium");
    const executablePath = await packaged.executablePath();
    return { executablePath, args: [...new Set([...packaged.args, ...args])] };
  } catch {
    throw new PlainError(
      "The browser journeys need Chrome or Chromium: install one (Debian: apt-get install chromium) or set CHROME_PATH.",
    );
  }
}
