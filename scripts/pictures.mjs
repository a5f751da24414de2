// Takes the README's pictures from a running demo: `npm run demo` in one terminal, `npm run pictures -- en` in another.
//
//   npm run pictures -- en|ja [http://localhost:4000]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { answerBanner, asVisitor, USER_AGENT } from "./picture-sheet.ts";
import { findBrowser } from "./setup/browser.mjs";
import { ROOT } from "./setup/install.mjs";
import { fail, PlainError } from "./setup/plain-error.mjs";

const DESKTOP = { width: 1200, height: 860 };
const PHONE = { width: 360, height: 760 };
/** While the shop compares two sets, a page holds both and shows one. */
const SET = "tsuide-set:visible";

async function findSet(origin) {
  for (let page = 1; page <= 4; page++) {
    const { products } = await (await fetch(`${origin}/collections/all/products.json?limit=100&page=${page}`)).json();
    for (const { handle } of products) {
      const html = await (await fetch(`${origin}/products/${handle}`)).text();
      if ((html.match(/data-tick/g)?.length ?? 0) >= 2) return `${origin}/products/${handle}`;
    }
  }
  throw new PlainError("No product page shows a set: is the demo ready?");
}

/** One visitor's way from a product to the thank-you page, a picture at each stop. */
async function shopper(context, origin, picture) {
  const page = await context.newPage();
  await page.goto(await findSet(origin));
  await answerBanner(page);
  const ticks = await page.locator(`${SET} [data-tick]`).all();
  for (const tick of ticks.slice(0, -1).length > 0 ? ticks.slice(0, -1) : ticks) await tick.check();
  await page
    .locator(SET)
    .first()
    .evaluate((set) => set.scrollIntoView({ block: "center" }));
  await page.waitForTimeout(500);
  await picture(page, "product");
  await page.locator(`${SET} [data-add]`).first().click();
  await page.locator(`${SET} [data-status][data-tone=done]`).first().waitFor();
  await page.goto(`${origin}/cart`, { waitUntil: "networkidle" });
  await picture(page, "cart");
  await page.locator("button[name=checkout]").click();
  await page.waitForURL(/checkout/);
  const block = page.locator(".slot:not(.empty)").first();
  await block.waitFor({ timeout: 15_000 });
  await page.waitForTimeout(2500);
  await block.evaluate((slot) => slot.scrollIntoView({ block: "center" }));
  await picture(page, "checkout");
  await page.locator("button[name=pay]").click();
  await page.waitForURL(/thank-you/);
  await page.close();
}

async function merchant(context, origin, locale, picture) {
  const page = await context.newPage();
  for (const [name, path] of [
    ["home", ""],
    ["bought-together", "/bought-together"],
    ["ranking", "/ranking"],
    ["customers", "/customers"],
    ["upgrades", "/upgrades"],
    ["offers", "/offers"],
    ["offer", "/offers/1"],
    ["results", "/results"],
    ["experiment", "/experiments/1"],
    ["settings", "/settings"],
  ]) {
    await page.goto(`${origin}/admin/apps/tsuide/app${path}?locale=${locale}`, { waitUntil: "networkidle" });
    await page.waitForTimeout(2500);
    await picture(page, `admin-${name}`);
  }
  await page.close();
}

try {
  const [locale = "en", origin = "http://localhost:4000"] = process.argv.slice(2);
  const { executablePath, args } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args });
  const folder = join(ROOT, "docs", "pictures");
  mkdirSync(folder, { recursive: true });
  for (const [size, viewport] of [
    ["", DESKTOP],
    ["-phone", PHONE],
  ]) {
    const visitor = () => browser.newContext({ viewport, locale, userAgent: USER_AGENT });
    const picture = async (page, name) => {
      const path = join(folder, `${locale}-${name}${size}.png`);
      await page.screenshot({ path });
      console.log(path.slice(ROOT.length + 1));
    };
    await asVisitor(visitor, (context) => shopper(context, origin, picture));
    const context = await visitor();
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await merchant(context, origin, locale, picture);
    await context.close();
  }
  await browser.close();
} catch (error) {
  fail(error);
}
