import { createServer } from "node:net";
import lighthouse from "lighthouse";
import { chromium } from "playwright-core";
// @ts-expect-error The set-up scripts are plain JavaScript: they run before anything is installed.
import { findBrowser } from "../../scripts/setup/browser.mjs";
import type { ThemeBrowser } from "../fixtures/theme-browser.ts";

/** A visitor whose pages Lighthouse scores. */
export interface Scorer {
  /** The performance score of a page, 0 to 100, on Lighthouse's phone with its simulated slow 4G. */
  score(path: string): Promise<number>;
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Opens a browser for Lighthouse. Its visitor has answered the consent banner and has something in the cart. */
export async function openScorer({ origin }: ThemeBrowser, lines: readonly object[]): Promise<Scorer> {
  const port = await freePort();
  const { executablePath, args } = (await findBrowser()) as { executablePath: string; args: string[] };
  // Lighthouse opens its pages in the browser's own profile, and leaves its cookies. No other host is there in a bench.
  const own = [`--remote-debugging-port=${port}`, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"];
  const context = await chromium.launchPersistentContext("", { executablePath, args: [...args, ...own] });
  await context.addCookies([{ name: "_tracking_consent", value: "denied", url: origin }]);
  await context.request.post(`${origin}/cart/add.js`, { data: { items: lines } });
  return {
    async score(path) {
      const result = await lighthouse(origin + path, {
        ...{ port, logLevel: "error", onlyCategories: ["performance"], disableFullPageScreenshot: true },
      });
      const { score } = result?.lhr.categories.performance ?? {};
      if (typeof score !== "number") throw new Error(`no score of ${path}: ${result?.lhr.runtimeError?.message}`);
      return Math.round(score * 100);
    },
    close: () => context.close(),
  };
}
