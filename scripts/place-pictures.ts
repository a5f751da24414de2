// Takes a picture of every place where shoppers see offers, on a large screen and on a phone, from a running demo that has
// offers of all kinds: after `npm run pictures:offers`.
//
//   npm run pictures:places -- en|ja [http://localhost:4000] [place ...]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { pageWith, productsForSale, type ProductJson } from "../test/journeys/shop-floor.ts";
import type { Locale } from "../test/journeys/story.ts";
import { answerBanner, arrange, asVisitor, SCREENS, settle, USER_AGENT } from "./picture-sheet.ts";
// @ts-expect-error The set-up scripts are plain JavaScript: they run before anything is installed.
import { findBrowser } from "./setup/browser.mjs";
// @ts-expect-error As above.
import { ROOT } from "./setup/install.mjs";
// @ts-expect-error As above.
import { fail } from "./setup/plain-error.mjs";

/** How long offers may take until they are shown. */
const SHOWN_MS = 15_000;
/** Tall enough for all that a drawer has. */
const DRAWER_HEIGHT = 1200;
/** Room around a part of a page in its picture, in px. */
const MARGIN = 16;

interface Visit {
  readonly origin: string;
  readonly locale: Locale;
  /** What the cart holds. */
  readonly items: readonly { readonly id: number; readonly quantity: number }[];
}

/** Of each place: how a shopper with a cart comes there. Gives what the picture is of, where that is not the screen. */
const PLACES: Readonly<Record<string, (page: Page, origin: string) => Promise<Locator | void>>> = {
  home: async (page, origin) => {
    await page.goto(origin, { waitUntil: "networkidle" });
    return page.locator("tsuide-cart").last();
  },
  cart: async (page, origin) => {
    await page.goto(`${origin}/cart`, { waitUntil: "networkidle" });
    return page.locator("main");
  },
  drawer: async (page, origin) => {
    await publishTheme(origin, "like-dawn", { cart_type: "drawer" });
    await page.goto(`${origin}/collections/all`, { waitUntil: "networkidle" });
    await page.locator("#cart-icon-bubble").click();
    await page.locator("cart-drawer .drawer__inner tsuide-cart").waitFor({ timeout: SHOWN_MS });
    // The button that opened it has the focus back once it closes; its ring would be in the picture.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  },
  checkout: async (page, origin) => {
    await toCheckout(page, origin);
    await blockOf(page).evaluate((block) => block.scrollIntoView({ block: "center" }));
  },
  "thank-you": async (page, origin) => {
    await toCheckout(page, origin);
    await page.locator("button[name=pay]").click();
    await page.waitForURL(/thank-you/);
    await blockOf(page).waitFor({ timeout: SHOWN_MS });
  },
};

async function toCheckout(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/cart`, { waitUntil: "networkidle" });
  await page.locator("button[name=checkout]").click();
  await page.waitForURL(/checkout/);
  await blockOf(page).waitFor({ timeout: SHOWN_MS });
}

/** The app's block in checkout, once there is something in it. */
const blockOf = (page: Page) => page.locator(".slot:not(.empty)").first();

/** Publishes another theme in the shop. */
async function publishTheme(origin: string, theme: string, settings: Record<string, unknown> = {}): Promise<void> {
  const headers = { "content-type": "application/json" };
  await fetch(`${origin}/__control/theme`, { method: "POST", headers, body: JSON.stringify({ theme, settings }) });
}

/** What the cart holds: a product that goes with others and one of low price, for a goal that is not reached. */
async function inCart(origin: string, products: readonly ProductJson[]): Promise<{ id: number; quantity: number }[]> {
  const handle = (await pageWith({ origin }, "<tsuide-set")).split("/").at(-1)!;
  const own = (await (await fetch(`${origin}/products/${handle}.js`)).json()) as ProductJson;
  return [
    { id: own.variants.find(({ available }) => available)!.id, quantity: 2 },
    { id: products[Math.floor(products.length / 4)]!.variants[0]!.id, quantity: 1 },
  ];
}

/** A shopper with a cart comes to the place; another one where this one is shown nothing. */
function pictureOf(browser: Browser, place: string, visit: Visit, screen: (typeof SCREENS)[number]): Promise<Buffer> {
  return asVisitor(
    () => browser.newContext({ locale: visit.locale, userAgent: USER_AGENT }),
    (context) => pictureBy(context, place, visit, screen),
  );
}

async function pictureBy(
  context: BrowserContext,
  place: string,
  { origin, items }: Visit,
  screen: (typeof SCREENS)[number],
): Promise<Buffer> {
  const page = await context.newPage();
  await page.setViewportSize(place === "drawer" ? { ...screen, height: DRAWER_HEIGHT } : screen);
  await page.goto(origin);
  await answerBanner(page);
  await page.request.post(`${origin}/cart/add.js`, { data: { items } });
  const shown = await PLACES[place]!(page, origin);
  await settle(page);
  return shown ? pictureAround(page, shown, screen.width) : page.screenshot();
}

/** Of one part of a page, with some room around it. */
async function pictureAround(page: Page, shown: Locator, width: number): Promise<Buffer> {
  // Pictures come once they are looked at.
  await shown.scrollIntoViewIfNeeded({ timeout: SHOWN_MS });
  await settle(page);
  await page.evaluate(() => scrollTo(0, 0));
  const box = (await shown.boundingBox())!;
  const left = Math.max(0, box.x - MARGIN);
  const right = Math.min(width, box.x + box.width + MARGIN);
  const [y, height] = [box.y - MARGIN, box.height + 2 * MARGIN];
  return page.screenshot({ fullPage: true, clip: { x: left, y, width: right - left, height } });
}

try {
  const [locale = "en", origin = "http://localhost:4000", ...only] = process.argv.slice(2) as [
    Locale,
    string,
    ...string[],
  ];
  const places = Object.keys(PLACES).filter((one) => only.length === 0 || only.includes(one));
  const { executablePath, args } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args });
  const folder = join(ROOT, "docs", "pictures", "places");
  mkdirSync(folder, { recursive: true });
  const visit = { origin, locale, items: await inCart(origin, await productsForSale({ origin })) };
  for (const place of places) {
    const [large, phone] = [
      await pictureOf(browser, place, visit, SCREENS[0]),
      await pictureOf(browser, place, visit, SCREENS[1]),
    ];
    await publishTheme(origin, "plain");
    const path = join(folder, `${locale}-${place}.jpg`);
    await arrange(browser, [[large], [phone]], path);
    console.log(path.slice(ROOT.length + 1));
  }
  await browser.close();
} catch (error) {
  fail(error);
}
