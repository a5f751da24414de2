/**
 * How fast the admin's pages appear and answer in the demo's production build:
 *
 *   npm run bench -- admin [--origin http://localhost:4000] [--times 5]
 *
 * `npm run demo` runs beside it. Each visit is a browser's first, with nothing cached. Of the app's frame, "appears" is when
 * its largest part was painted (LCP) and "answers" how long the slowest press or key took until the next paint (INP), as
 * Chromium measures both; the median of the visits and the slowest one.
 */
import { parseArgs } from "node:util";
import { type Browser, chromium, type Frame, type Page } from "playwright-core";
// @ts-expect-error The set-up scripts are plain JavaScript: they run before anything is installed.
import { findBrowser } from "../../scripts/setup/browser.mjs";

const { values } = parseArgs({
  options: { origin: { type: "string", default: "http://localhost:4000" }, times: { type: "string", default: "5" } },
});
const TIMES = Number(values.times);
/** Headless Chromium's own name is taken for a bot's and refused by Shopify's packages. */
const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
const PATIENCE_MS = 60_000;
/** After the page is there: parts that come later have arrived. */
const SETTLED_MS = 1_500;

interface Noted {
  appears: number;
  answers: number;
}

/** Notes what the browser measures, from the first moment of each frame. */
function observe(): void {
  const noted: Noted = { appears: 0, answers: 0 };
  Object.assign(window, { noted });
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) noted.appears = startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[]) {
      if (entry.interactionId !== 0) noted.answers = Math.max(noted.answers, entry.duration);
    }
  }).observe({ type: "event", buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
}

/** What staff do on a page; each is one press, choice or key. */
interface Visited {
  readonly name: string;
  readonly path: string;
  readonly act: (app: Frame) => Promise<unknown>;
}

const press = (app: Frame, name: string | RegExp) => app.getByRole("button", { name }).first().click();
const choose = (app: Frame, index: number) => app.locator("select:visible").first().selectOption({ index });
const type = (app: Frame) => app.locator("input[type=text]:visible").first().pressSequentially(" tea");

const PAGES: readonly Visited[] = [
  {
    name: "Home",
    path: "",
    act: async (app) => {
      await press(app, /setup guide/);
      await press(app, /How these figures/);
    },
  },
  {
    name: "Results",
    path: "/results",
    act: async (app) => {
      await press(app, /^Formula: Attributed revenue/);
      await app.page().keyboard.press("Escape");
      await choose(app, 2);
    },
  },
  {
    name: "Compare with Shopify",
    path: "/results/reconciliation",
    act: async (app) => {
      await press(app, "Day before");
      await press(app, "Day before");
    },
  },
  { name: "Experiments", path: "/experiments", act: (app) => press(app, "Update figures") },
  {
    name: "Experiments, planner",
    path: "/experiments/planner",
    act: async (app) => {
      await press(app, /as a table/);
      await choose(app, 1);
    },
  },
  {
    name: "Experiment",
    path: "/experiments/new",
    act: async (app) => {
      await type(app);
      await choose(app, 1);
    },
  },
  { name: "Offers", path: "/offers", act: (app) => choose(app, 1) },
  {
    name: "Offer",
    path: "/offers/1",
    act: async (app) => {
      await type(app);
      await press(app, "Limit to some products");
    },
  },
];

const BARE = {
  name: "A bare page",
  address: `${values.origin}/bare-page`,
  html: "<h1>Bare</h1><button>Press</button>",
};

/** The peer of the app's pages: opened and pressed alike. */
async function visitBare(browser: Browser): Promise<Noted> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  try {
    await context.addInitScript(observe);
    const page = await context.newPage();
    await page.route(BARE.address, (route) => route.fulfill({ contentType: "text/html", body: BARE.html }));
    await page.goto(BARE.address, { waitUntil: "networkidle" });
    await page.click("button");
    await page.waitForTimeout(SETTLED_MS);
    return await page.evaluate(() => (window as unknown as { noted: Noted }).noted);
  } finally {
    await context.close();
  }
}

/** Opens a page in a browser that knows nothing of it, and does what staff do there. */
async function visit(browser: Browser, { path, act }: Visited): Promise<Noted> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, userAgent: USER_AGENT });
  try {
    await context.addInitScript(observe);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(`${values.origin}/admin/apps/tsuide/app${path}?locale=en`, { waitUntil: "networkidle" });
    await page.waitForTimeout(SETTLED_MS);
    const app = appFrame(page);
    await act(app);
    await page.waitForTimeout(SETTLED_MS);
    return await app.evaluate(() => (window as unknown as { noted: Noted }).noted);
  } finally {
    await context.close();
  }
}

/** The frame in which the admin shows the app. */
function appFrame(page: Page): Frame {
  const frame = page.frames().find((one) => one !== page.mainFrame() && new URL(one.url()).pathname.startsWith("/app"));
  if (frame === undefined) throw new Error(`The admin shows no app at ${page.url()}`);
  return frame;
}

const { executablePath, args } = (await findBrowser()) as { executablePath: string; args: string[] };
const browser = await chromium.launch({ executablePath, args });
try {
  const cell = (figures: readonly number[]) => {
    const sorted = figures.toSorted((a, b) => a - b);
    const [middle, last] = [sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
    return `${middle.toFixed(0).padStart(8)}${last.toFixed(0).padStart(8)}`;
  };
  process.stdout.write(`Milliseconds of ${TIMES} visits, median and slowest; 0 stands for less than 16.\n\n`);
  process.stdout.write(`${"".padEnd(24)}${"appears (LCP)".padStart(16)}${"answers (INP)".padStart(16)}\n`);
  const row = async (name: string, once: () => Promise<Noted>) => {
    const visits: Noted[] = [];
    for (let n = 0; n < TIMES; n++) visits.push(await once());
    const of = (figure: "appears" | "answers") => cell(visits.map((noted) => noted[figure]));
    process.stdout.write(`${name.padEnd(24)}${of("appears")}${of("answers")}\n`);
  };
  await row(BARE.name, () => visitBare(browser));
  for (const page of PAGES) await row(page.name, () => visit(browser, page));
} finally {
  await browser.close();
}
