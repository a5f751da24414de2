import type { Browser, BrowserContext, Page } from "playwright-core";

/** Of a browser whose visits Shopify's scripts count. */
export const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

/** What pictures are taken on: a large screen, and a phone. */
export const SCREENS = [
  { width: 1280, height: 860 },
  { width: 360, height: 860 },
] as const;

/** The holdout is shown no offers: one shopper in ten. */
const MOST_VISITORS = 4;

/** What one of a few shoppers gets to see: the first whose visit succeeds. Each has a browser profile of their own. */
export async function asVisitor<T>(
  newContext: () => Promise<BrowserContext>,
  visit: (context: BrowserContext) => Promise<T>,
): Promise<T> {
  for (let visitor = 1; ; visitor++) {
    const context = await newContext();
    try {
      return await visit(context);
    } catch (error) {
      if (visitor === MOST_VISITORS) throw error;
    } finally {
      await context.close();
    }
  }
}

/** Lets a page come to rest. */
export const settle = (page: Page) => page.waitForTimeout(1500);

/** Answers the shop's question about cookies, which covers the page. */
export async function answerBanner(page: Page): Promise<void> {
  const banner = page.getByRole("button", { name: /^(No, thanks|同意しない)$/ }).first();
  if (await banner.isVisible()) await banner.click();
}

/** One picture of several: the large screen's at the left, the phone's at the right, each from top to bottom. */
export async function arrange(
  browser: Browser,
  [large, phone]: readonly [readonly Buffer[], readonly Buffer[]],
  path: string,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const image = (picture: Buffer) => `<img src="data:image/png;base64,${picture.toString("base64")}">`;
  const column = (pictures: readonly Buffer[]) => `<div>${pictures.map(image).join("")}</div>`;
  await page.setContent(`<style>
      body { margin: 0; padding: 20px; background: #e9eaec; display: flex; gap: 20px; align-items: flex-start; }
      div { display: grid; gap: 20px; } div:first-child { flex: 1; } div:last-child { flex: 0 0 290px; }
      img { max-width: 100%; background: #fff; border-radius: 8px; box-shadow: 0 1px 4px #0003; display: block; }
    </style>${column(large)}${column(phone)}`);
  await page.screenshot({ path, fullPage: true, type: "jpeg", quality: 75 });
  await page.close();
}
