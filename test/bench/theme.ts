/**
 * What the theme extension adds to a shop's pages, with all its widgets and without the app.
 *
 *   npm run bench -- theme [--times 5] [--theme like-dawn] [--page cart]
 *
 * Layout shift is measured on a slow network, the response to a press (interaction to next paint) on a processor slowed
 * to a quarter; the score is Lighthouse's for performance on a phone. Of several visits the median stands in the table.
 * Added HTML is what the page grows by.
 */
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { publishEveryWidget } from "../fixtures/every-widget.ts";
import { closeBrowser } from "../fixtures/kept-pages.ts";
import { openThemeBrowser, type ThemeBrowser } from "../fixtures/theme-browser.ts";
import { openScorer, type Scorer } from "./theme-scores.ts";

const { values } = parseArgs({
  options: {
    times: { type: "string", default: "5" },
    theme: { type: "string", multiple: true },
    page: { type: "string", multiple: true },
  },
});
const TIMES = Number(values.times);
const SLOWED = 4;
/** Lighthouse's slow 4G. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 ** 2) / 8, uploadThroughput: 93_750 };
/** A second after the page: late scripts and their answers have arrived. */
const SETTLED_MS = 1_000;
const PATIENCE_MS = 90_000;

/** What is pressed on a page: by the widgets where they are there, else by the theme. */
const PAGES = [
  { name: "product", path: "/products/green-tea", press: ["tsuide-set [data-tick]", "tsuide-breaks [type=radio]"] },
  { name: "collection", path: "/collections/all", press: [] },
  { name: "cart", path: "/cart", press: ["tsuide-cart [data-add]"] },
];
const THEMES = values.theme ?? ["like-dawn", "like-horizon", "like-archetype"];
const CART = [{ id: 40_020, quantity: 8 }];

interface Bench {
  readonly shop: ThemeBrowser;
  readonly scorer: Scorer;
}

interface Visit {
  readonly html: number;
  readonly js: number;
  readonly css: number;
  readonly shift: number;
  readonly response: number;
  readonly score: number;
}

/** Collects what the browser notes of layout shifts and presses, from the first moment of each page. */
function observe() {
  const noted = { shift: 0, response: 0 };
  Object.assign(window, { noted });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
      if (!entry.hadRecentInput) noted.shift += entry.value;
    }
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) noted.response = Math.max(noted.response, duration);
  }).observe({ type: "event", buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
}

const noted = (page: Page) =>
  page.evaluate(() => (window as unknown as { noted: { shift: number; response: number } }).noted);

async function press(page: Page, selectors: readonly string[]) {
  const buttons = ["main input[name=quantity]", "main h1"];
  for (const selector of selectors.length > 0 ? selectors : buttons) {
    const part = page.locator(`${selector}:visible`).first();
    if ((await part.count()) === 0) continue;
    await part.click();
    await page.waitForTimeout(SETTLED_MS / 2);
  }
}

async function visit(shop: ThemeBrowser, { path, press: selectors }: (typeof PAGES)[number], withApp: boolean) {
  const visitor = await shop.visitor({ width: 412, height: 823 });
  const { page, context } = visitor;
  // A slowed page on a busy machine takes longer than tests of themes wait.
  page.setDefaultTimeout(PATIENCE_MS);
  const sizes = { html: 0, js: 0, css: 0 };
  await page.request.post(`${shop.origin}/cart/add.js`, { data: { items: CART } });
  await page.addInitScript(observe);
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", NETWORK);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    void response.body().then(
      (body) => {
        if (response.request().isNavigationRequest()) sizes.html = body.length;
        else if (/\/tsuide(-\w+\.json|\.js)$/.test(pathname)) sizes.js += gzipSync(body).length;
        else if (pathname.endsWith("/tsuide.css")) sizes.css = body.length;
      },
      () => {},
    );
  });
  await visitor.open(path);
  await page.waitForTimeout(SETTLED_MS);
  // What the theme moves after a press is its own.
  const { shift } = await noted(page);
  await press(page, withApp ? selectors : []);
  const { response } = await noted(page);
  // Each page view is the first one of its page.
  await context.close();
  return { ...sizes, shift, response };
}

const median = (figures: readonly number[]) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)]!;

async function visits({ shop, scorer }: Bench, page: (typeof PAGES)[number], withApp: boolean): Promise<Visit> {
  shop.shop.installation.installed = withApp;
  const seen: Visit[] = [];
  for (let time = 0; time < TIMES; time++) {
    seen.push({ ...(await visit(shop, page, withApp)), score: await scorer.score(page.path) });
  }
  const of = (name: keyof Visit) => median(seen.map((each) => each[name]));
  return {
    ...{ html: of("html"), js: of("js"), css: of("css") },
    ...{ shift: of("shift"), response: of("response"), score: of("score") },
  };
}

const write = (...cells: (string | number)[]) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
const count = (figure: number) => figure.toLocaleString("en-US");

const shop = await openThemeBrowser();
publishEveryWidget(shop.shop);
const scorer = await openScorer(shop, CART);
write(
  "theme",
  "page",
  "widgets",
  "JS and texts, gzipped",
  "CSS",
  "added HTML",
  "layout shift",
  "slowest response",
  "score",
);
write("---", "---", "---", "--:", "--:", "--:", "--:", "--:", "--:");
for (const theme of THEMES) {
  shop.wear(theme);
  for (const page of PAGES.filter(({ name }) => values.page?.includes(name) ?? true)) {
    const without = await visits({ shop, scorer }, page, false);
    const all = await visits({ shop, scorer }, page, true);
    const row = ({ shift, response, score }: Visit) => [shift.toFixed(3), `${Math.round(response)} ms`, score];
    write(theme, page.name, "none", 0, 0, 0, ...row(without));
    write(theme, page.name, "all", count(all.js), count(all.css), count(all.html - without.html), ...row(all));
  }
}
await scorer.close();
await closeBrowser();
