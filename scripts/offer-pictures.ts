// Takes a picture of every kind of offer, its editor and its widget on a large screen and on a phone, from a running
// demo. It makes the offers there that the demo lacks.
//
//   npm run pictures:offers -- en|ja [http://localhost:4000] [picture ...]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import type { OfferTypeName } from "../app/domain/offers/offer-type-name.ts";
import { eventually } from "../test/journeys/eventually.ts";
import {
  allowCredit,
  by,
  choose,
  type Editor,
  openEditor,
  pickProduct,
  previewed,
  save,
} from "../test/journeys/offer-editor.ts";
import { pageWith, priceOf, productsForSale, type ProductJson } from "../test/journeys/shop-floor.ts";
import type { Locale } from "../test/journeys/story.ts";
import { answerBanner, arrange, SCREENS, settle, USER_AGENT } from "./picture-sheet.ts";
// @ts-expect-error The set-up scripts are plain JavaScript: they run before anything is installed.
import { findBrowser } from "./setup/browser.mjs";
// @ts-expect-error As above.
import { ROOT } from "./setup/install.mjs";
// @ts-expect-error As above.
import { fail } from "./setup/plain-error.mjs";

/** Tall enough for an editor's first cards. */
const EDITOR_HEIGHT = 1400;
/** Room around a widget in its picture, in px. */
const MARGIN = 16;

const LARGER = { en: "Lasts a whole season", ja: "たっぷり使える大容量" };
const BUNDLE_TITLE = { en: "A pair to begin with", ja: "はじめてのセット" };

type Picture = OfferTypeName | "store-credit" | "variant-upgrade";

interface Shop {
  readonly origin: string;
  readonly locale: Locale;
  /** What can be bought and has one variant, cheapest first. */
  readonly products: readonly ProductJson[];
  /** A product in several sizes, all of which can be bought. */
  readonly inSizes: ProductJson;
}

interface Subject {
  /** The number of the offer that every shop has, or the type of the one that is made; of the picture's own name by default. */
  readonly offer?: number | OfferTypeName;
  /** What staff call it. */
  readonly name: Record<Locale, string>;
  /** The widget's element. */
  readonly widget: string;
  /** Where shoppers see it. */
  readonly where: "product" | "cart";
  /** What the HTML of a page has that shows it; by default the widget. */
  readonly marked?: string | Record<Locale, string>;
  /** The field that the editor's picture is about, where that is not the first one. */
  readonly field?: string;
  /** What staff choose beyond what the editor proposes. */
  fill?(editor: Editor, shop: Shop): Promise<void>;
}

/** From what amounts a goal gives a discount, and a gift. */
const TIERS = {
  en: { currency: "USD", amounts: ["100", "150"] },
  ja: { currency: "JPY", amounts: ["15000", "20000"] },
} as const;
/** Units of a product of medium price in the cart, where an offer is shown there. */
const UNITS_IN_CART = 5;

/** One for each kind of offer, and for what looks different enough. */
const SUBJECTS: Readonly<Record<Picture, Subject>> = {
  "add-on": {
    name: { en: "Small extras", ja: "一緒にいかがですか" },
    widget: "tsuide-add-on",
    where: "product",
    async fill(editor, { products }) {
      await editor.app.locator(by("config.addOns")).locator("button").last().click();
      await pickProduct(editor, products[0]!.title);
    },
  },
  "bought-together": {
    offer: 1,
    name: { en: "Bought together", ja: "一緒に購入されている商品" },
    widget: "tsuide-set",
    where: "product",
    fill: (editor) => choose(editor, "reward.kind", "percent"),
  },
  "buy-x-get-y": {
    name: { en: "Half off with two", ja: "2点でもう1点が半額" },
    widget: "tsuide-xy",
    where: "product",
    async fill(editor, { products }) {
      await choose(editor, "config.gets", "others");
      await pickProduct(editor, products[1]!.title);
      await choose(editor, "config.reward.kind", "percent");
      await editor.app.locator(by("config.reward.basisPoints")).fill("50");
    },
  },
  "fixed-bundle": {
    name: BUNDLE_TITLE,
    widget: "tsuide-bundle",
    where: "product",
    async fill(editor, { locale, products }) {
      await editor.app.locator(by("config.title")).fill(BUNDLE_TITLE[locale]);
      const middle = Math.floor(products.length / 2);
      for (const [index, { title }] of products.slice(middle, middle + 2).entries()) {
        await editor.app.locator(by("config.components")).locator("button").last().click();
        await pickProduct(editor, title, editor.app.locator(by(`config.components.${index}.variant`)).locator("input"));
      }
      await editor.app.locator(`label:has(${by("reward.isSet")})`).click();
      await editor.app.locator(by("reward.basisPoints")).fill("15");
    },
  },
  goal: {
    offer: 2,
    name: { en: "Shipping, discount, gift", ja: "送料無料・割引・プレゼント" },
    widget: "tsuide-goal",
    where: "cart",
    async fill(editor, { locale, products }) {
      const { currency, amounts } = TIERS[locale];
      for (const [index, amount] of amounts.entries()) {
        const tier = `config.tiers.${index}`;
        await editor.app.locator(by("config.tiers")).locator("button").last().click();
        await editor.app.locator(by(`${tier}.from.${currency}`)).fill(amount);
        await choose(editor, `${tier}.reward.kind`, index === 0 ? "percent" : "gift");
        if (index === 0) await editor.app.locator(by(`${tier}.reward.basisPoints`)).fill("10");
      }
      await pickProduct(editor, products[0]!.title);
    },
  },
  "mix-and-match": {
    name: { en: "Any three", ja: "よりどり3点" },
    widget: "tsuide-mix",
    where: "product",
    async fill(editor, { products }) {
      await choose(editor, "config.reward.kind", "percent");
      await editor.app.locator(by("config.reward.basisPoints")).fill("15");
      await editor.app.locator(by("conditions")).locator("button").last().click();
      for (const { title } of products.slice(0, 4)) await pickProduct(editor, title);
    },
  },
  "quantity-breaks": {
    name: { en: "Buy more, save more", ja: "まとめ買い割引" },
    widget: "tsuide-breaks",
    where: "product",
    async fill({ app, ...editor }) {
      for (const [index, percent] of ["10", "20"].entries()) {
        const tier = `config.tiers.${index}`;
        await app.locator(by("config.tiers")).locator("button").last().click();
        await app.locator(by(`${tier}.quantity`)).fill(String(3 * (index + 1)));
        await choose({ app, ...editor }, `${tier}.reward.kind`, "percent");
        await app.locator(by(`${tier}.reward.basisPoints`)).fill(percent);
      }
    },
  },
  "store-credit": {
    offer: 1,
    name: { en: "Sets that earn credit", ja: "セットでストアクレジット" },
    widget: "tsuide-set",
    where: "product",
    // Only a whole set earns anything.
    marked: "--ts-items:4",
    field: "config.setSize",
    async fill(editor) {
      await choose(editor, "reward.kind", "credit-percent");
      await allowCredit(editor);
    },
  },
  subscription: {
    name: { en: "Subscribe and save", ja: "定期購入のご案内" },
    widget: "tsuide-subscription",
    where: "product",
  },
  upgrade: {
    name: { en: "A better choice", ja: "もう一つ上の商品" },
    widget: "tsuide-upgrade",
    where: "product",
    fill: ({ app }) => app.locator(by("config.ownVariants")).setChecked(false, { force: true }),
  },
  "variant-upgrade": {
    offer: "upgrade",
    name: { en: "The larger size", ja: "大きいサイズのご案内" },
    widget: "tsuide-upgrade",
    where: "product",
    marked: LARGER,
    field: "config.ownVariants",
    async fill(editor, { locale, inSizes: { title, variants } }) {
      const { app } = editor;
      const pair = "config.variantPairs.0";
      await app.locator(by("config.variantPairs")).locator("button").last().click();
      await app
        .locator(by(`${pair}.variant`))
        .locator("input")
        .fill(title);
      await app
        .locator(by(`${pair}.variant`))
        .locator("button")
        .first()
        .click();
      await app.locator(by(`${pair}.betterVariant`)).selectOption(String(variants.at(-1)!.id));
      await app.locator(by(`${pair}.better.${locale}`)).fill(LARGER[locale]);
      await app.locator(by("conditions")).locator("button").last().click();
      await pickProduct(editor, title);
      // Before the offer of other products.
      await app.locator(by("priority")).fill("200");
    },
  },
};

/** Staff make the offer and activate it; gives the editor's picture on each screen. */
async function inEditor(context: BrowserContext, picture: Picture, shop: Shop): Promise<Buffer[]> {
  const { offer = picture as OfferTypeName, name, widget, field, fill } = SUBJECTS[picture];
  const page = await context.newPage();
  await page.setViewportSize(SCREENS[0]);
  const editor = await openEditor(shop, { page, context }, { locale: shop.locale, offer, name: name[shop.locale] });
  await fill?.(editor, shop);
  await choose(editor, "status", "active");
  await eventually(
    () => previewed(editor, widget),
    (text) => text !== "",
  );
  if (await page.locator("#save-bar").isVisible()) {
    await save(editor);
    await page.locator(".toast button").first().click();
  }
  const pictures = [];
  for (const { width } of SCREENS) {
    await page.setViewportSize({ width, height: EDITOR_HEIGHT });
    // A new offer's page is loaded once more after it was saved.
    await settle(page);
    // Shopify takes a few seconds to make a bundle.
    await eventually(
      () => editor.app.locator(".Polaris-Spinner").count(),
      (spinners) => spinners === 0,
    );
    if (field !== undefined) await editor.app.locator(by(field)).evaluate((shown) => shown.scrollIntoView());
    else await editor.app.locator("body").evaluate(() => scrollTo(0, 0));
    await settle(page);
    await eventually(
      () => editor.app.getByText(UNNAMED).count(),
      (unnamed) => unnamed === 0,
    );
    pictures.push(await page.screenshot());
  }
  await page.close();
  return pictures;
}

/** A shopper meets the offer; gives the widget's picture on each screen. */
async function inShop(context: BrowserContext, picture: Picture, shop: Shop): Promise<Buffer[]> {
  const { widget, where, marked = `<${widget}` } = SUBJECTS[picture];
  const page = await context.newPage();
  const address =
    where === "cart" ? "/cart" : await pageWith(shop, typeof marked === "string" ? marked : marked[shop.locale]);
  if (where === "cart") {
    const { id } = shop.products[Math.floor(shop.products.length / 2)]!.variants[0]!;
    await page.request.post(`${shop.origin}/cart/add.js`, { data: { items: [{ id, quantity: UNITS_IN_CART }] } });
  }
  const pictures = [];
  for (const screen of SCREENS) {
    await page.setViewportSize(screen);
    await page.goto(shop.origin + address, { waitUntil: "networkidle" });
    await answerBanner(page);
    const shown = page.locator(widget).first();
    await shown.scrollIntoViewIfNeeded();
    await settle(page);
    const box = (await shown.boundingBox())!;
    const left = Math.max(0, box.x - MARGIN);
    const right = Math.min(screen.width, box.x + box.width + MARGIN);
    const scrolled = await page.evaluate(() => scrollY);
    pictures.push(
      await page.screenshot({
        fullPage: true,
        clip: { x: left, y: box.y + scrolled - MARGIN, width: right - left, height: box.height + 2 * MARGIN },
      }),
    );
  }
  await page.close();
  return pictures;
}

/** What stands in place of a product's name until it has been read. */
const UNNAMED = /^((Product|商品) \d+|Loading …|読み込み中…)$/;

try {
  const [locale = "en", origin = "http://localhost:4000", ...only] = process.argv.slice(2) as [
    Locale,
    string,
    ...Picture[],
  ];
  const wanted = (Object.keys(SUBJECTS) as Picture[]).filter((one) => only.length === 0 || only.includes(one));
  const { executablePath, args } = await findBrowser();
  const browser = await chromium.launch({ executablePath, args });
  const folder = join(ROOT, "docs", "pictures", "offers");
  mkdirSync(folder, { recursive: true });
  const all = await productsForSale({ origin });
  const plain = all.filter(({ variants }) => variants.length === 1);
  const inSizes = all.find(({ variants }) => variants.length > 2 && variants.every(({ available }) => available))!;
  const shop: Shop = { origin, locale, inSizes, products: plain.sort((a, b) => priceOf(a) - priceOf(b)) };
  const visitor = () => browser.newContext({ locale, userAgent: USER_AGENT });
  for (const picture of wanted) {
    const [staff, shopper] = [await visitor(), await visitor()];
    const editor = await inEditor(staff, picture, shop);
    const path = join(folder, `${locale}-${picture}.jpg`);
    const widget = await inShop(shopper, picture, shop);
    await arrange(
      browser,
      [
        [widget[0]!, editor[0]!],
        [widget[1]!, editor[1]!],
      ],
      path,
    );
    await Promise.all([staff.close(), shopper.close()]);
    console.log(path.slice(ROOT.length + 1));
  }
  await browser.close();
} catch (error) {
  fail(error);
}
