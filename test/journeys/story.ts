import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rename, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { BrowserContext, Page } from "playwright-core";
import { inject } from "vitest";
// @ts-expect-error The set-up scripts are plain JavaScript: they run before anything is installed.
import { Programs, requireFree } from "../../scripts/demo/programs.mjs";
// @ts-expect-error As above.
import { startStack } from "../../scripts/demo/stack.mjs";
import { takePage } from "../fixtures/kept-pages.ts";
import { makeScratchFolder } from "../fixtures/scratch-folder.ts";
import { eventually } from "./eventually.ts";

/** Headless Chromium's own name is taken for a bot's and refused by Shopify's packages. */
const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

export type Locale = "en" | "ja";

export interface Story {
  /** The storefront's address. */
  origin: string;
  appUrl: string;
  databaseUrl: string;
  /** A visitor of their own: no cookie is shared between two of them. */
  visitor(options?: {
    width?: number;
    height?: number;
    javaScriptEnabled?: boolean;
    locale?: string;
  }): Promise<Visitor>;
  /** Stops the app's server, as when it is down. */
  stopApp(): Promise<void>;
  /** Asks the dev store for something that only a test asks for. */
  control(path: string, body?: unknown): Promise<unknown>;
  /** Waits until every webhook is delivered and the worker has done what was asked of it, publishing included. */
  settled(): Promise<void>;
  /** Sets how far ahead of the machine's the clocks of Shopify and of the app are. Browsers keep the machine's time. */
  moveClock(aheadMs: number): Promise<void>;
  /** Looks at what the dev store knows. */
  look(path: string): Promise<unknown>;
  end(): Promise<void>;
}

export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** Addresses of every request that went to the app's server. */
  requestsToApp: string[];
  /** Errors in the page's own JavaScript. */
  errors: string[];
  /** Leaves; the story's end closes whoever has not left. */
  close(): Promise<void>;
}

/** How long another process may take to make the shop that both begin with. */
const MADE_WITHIN_MS = 600_000;

let port: number | null = null;

/** Two ports that are free, the same ones for every story where possible: another address is cold in the browser. */
async function twoFreePorts(): Promise<number> {
  if (port !== null && (await areFree(port))) return port;
  for (;;) {
    port = 20_000 + Math.floor(Math.random() * 20_000);
    if (await areFree(port)) return port;
  }
}

async function areFree(first: number): Promise<boolean> {
  try {
    await requireFree(first);
    await requireFree(first + 1);
    return true;
  } catch {
    return false;
  }
}

interface Stack {
  origin: string;
  appUrl: string;
  databaseUrl: string;
}

/** Starts the demo with its data in a folder. `isKept`: its first offers are published already. */
async function startDemo(
  folder: string,
  locale: Locale,
  given: { isKept: boolean; movesClock: boolean },
): Promise<Stack & { programs: Programs }> {
  const programs = new Programs({ logs: `.data/logs/journeys-${process.env.VITEST_POOL_ID}` });
  programs.failed = (error: Error) => process.stderr.write(`${error.message}\n`);
  const shop = { domain: `tsuide-demo-${locale}.myshopify.com`, name: locale, locale };
  const port = await twoFreePorts();
  const progress: string[] = [];
  try {
    const say = (text: string) => progress.push(text);
    const how = { ...given, throwaway: true };
    const stack: Stack = await startStack({ node: process.execPath, programs, folder, port, shop, ...how, say });
    return { ...stack, programs };
  } catch (error) {
    await programs.stop();
    throw new Error(`The stack did not start after: ${progress.join(" | ")}`, { cause: error });
  }
}

/**
 * Data of a shop whose first offers are published, in a new folder. The first story of a language imports and mines the
 * shop's orders; all others begin with a copy of what it had then, also those of other processes.
 */
async function beginShop(locale: Locale): Promise<string> {
  const kept = join(inject("shops"), locale);
  const lock = `${kept}.lock`;
  while (!existsSync(kept)) {
    if (await isFirst(lock)) {
      await makeShop(locale, kept).finally(() => rmdir(lock));
    } else {
      await eventually(
        async () => existsSync(lock),
        (isLocked) => !isLocked,
        MADE_WITHIN_MS,
      );
    }
  }
  const folder = await makeScratchFolder("story");
  await cp(kept, folder, { recursive: true });
  return folder;
}

/** Makes a folder, and says whether nobody else had made it. */
async function isFirst(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function makeShop(locale: Locale, kept: string): Promise<void> {
  // Another process may have done so since it was looked for.
  if (existsSync(kept)) return;
  const folder = await mkdtemp(join(inject("shops"), "new-"));
  const { origin, programs } = await startDemo(folder, locale, { isKept: false, movesClock: false });
  await control(origin, "settled");
  await programs.stop();
  await rename(folder, kept);
}

/** Asks the dev store for something that only a test asks for. */
async function control(origin: string, path: string, body: unknown = {}): Promise<unknown> {
  const response = await fetch(`${origin}/__control/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`__control/${path} answered ${response.status}`);
  return response.json();
}

/** How far ahead a job may be planned for it to be waited for: publishing waits two seconds for more to publish. */
const PLANNED_WITHIN = "3 seconds";

/** Waits until no job is under way or about to be. Shoppers' events are moved for ever, and not waited for. */
async function untilWorkIsDone(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const left = async () => {
      const { rows } = await client.query<{ left: number }>(
        `select count(*)::int as left from graphile_worker.jobs
         where task_identifier <> 'move-events' and attempts < 3 and run_at < now() + $1::interval`,
        [PLANNED_WITHIN],
      );
      return rows[0]!.left;
    };
    await eventually(left, (count) => count === 0);
  } finally {
    await client.end();
  }
}

/** Has a page's `goto` also wait for the widgets' script, which comes after the page. */
function waitForWidgets(page: Page): void {
  const open = page.goto.bind(page);
  page.goto = async (address, options) => {
    const response = await open(address, options);
    await page.waitForFunction(() => {
      const undefinedOnes = [...document.querySelectorAll(":not(:defined)")];
      return undefinedOnes.every(({ localName }) => !localName.startsWith("tsuide-"));
    });
    return response;
  };
}

/** Takes back what {@link waitForWidgets} did. */
function doNotWait(page: Partial<Page>): void {
  delete page.goto;
}

/**
 * Starts the demo itself, on ports and data of its own, with a browser beside it. Time can be moved where `movesClock` says
 * so.
 */
export async function beginStory(locale: Locale, { movesClock = false } = {}): Promise<Story> {
  const folder = await beginShop(locale);
  const { programs, ...stack } = await startDemo(folder, locale, { isKept: true, movesClock });
  const visitors = new Set<Visitor>();

  return {
    ...stack,
    async visitor({ width = 1200, height = 900, javaScriptEnabled = true, locale: language = locale } = {}) {
      const kind = { locale: language, javaScriptEnabled, userAgent: USER_AGENT };
      const { page, context, giveBack } = await takePage(kind, { width, height });
      if (javaScriptEnabled) waitForWidgets(page);
      const requestsToApp: string[] = [];
      const errors: string[] = [];
      context.on("request", (request) => {
        if (request.url().startsWith(stack.appUrl)) requestsToApp.push(request.url());
      });
      page.on("pageerror", (error) => errors.push(error.message));
      const visitor: Visitor = {
        ...{ page, context, requestsToApp, errors },
        async close() {
          if (!visitors.delete(visitor)) return;
          if (javaScriptEnabled) doNotWait(page);
          await giveBack([stack.origin, stack.appUrl]);
        },
      };
      visitors.add(visitor);
      return visitor;
    },
    stopApp: () => programs.stopOne("app"),
    control: (path, body) => control(stack.origin, path, body),
    settled: async () => {
      await control(stack.origin, "settled");
      await untilWorkIsDone(stack.databaseUrl);
    },
    moveClock: (aheadMs) => programs.moveClocks(aheadMs),
    async look(path) {
      return (await fetch(`${stack.origin}/__control/${path}`)).json();
    },
    async end() {
      await Promise.all([...visitors].map((visitor) => visitor.close()));
      await programs.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
