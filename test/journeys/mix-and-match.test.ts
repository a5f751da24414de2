import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { DISCOUNT_NAMES } from "../../app/domain/offers/discount-names.ts";
import { openAdmin } from "./admin.ts";
import { checkOut, type Purchase } from "./checkout.ts";
import { earnedBy, isClaimed } from "./earned.ts";
import { eventually } from "./eventually.ts";
import { by, choose, type Editor, openEditor, pickProduct, previewed, save } from "./offer-editor.ts";
import { hundredthsIn, priceOf, type ProductJson, productsForSale, readCart } from "./shop-floor.ts";
import { beginStory, type Locale, type Story, type Visitor } from "./story.ts";

/** Mix and match from the editor to the receipt: staff choose products and a price, shoppers pay what they were shown. */

const WIDGET = "tsuide-mix";
const UNITS = 3;

test.each([
  { locale: "en", width: 1280, currency: "USD" },
  { locale: "ja", width: 360, currency: "JPY" },
] as const)(
  "mix and match goes from the editor to the receipt, in $locale at $width px",
  async ({ locale, width, currency }) => {
    const story = await beginStory(locale);
    try {
      await mixAndMatch(story, { locale, width, currency });
    } finally {
      await story.end();
    }
  },
);

async function mixAndMatch(
  story: Story,
  { locale, width, currency }: { locale: Locale; width: number; currency: string },
): Promise<void> {
  const products = await threeProducts(story);
  const regular = products.reduce((sum, one) => sum + hundredthsOf(one), 0);
  const unit = currency === "JPY" ? 100 : 1;
  const price = Math.floor((regular * 0.8) / unit) * unit;
  const typed = currency === "JPY" ? String(price / 100) : (price / 100).toFixed(2);
  const path = `/products/${products[0]!.handle}`;
  const visitor = await story.visitor({ width });

  // Staff choose the products and the price, read what the products cost apart, and see the offer before it is saved.
  const staff = await openEditor(story, visitor, { locale, offer: "mix-and-match", name: "Any three" });
  await choose(staff, "config.reward.kind", "fixed-price");
  await staff.app.locator(by(`config.reward.amounts.${currency}`)).fill(typed);
  await staff.app.locator(by("conditions")).locator("button").last().click();
  for (const { title } of products) await pickProduct(staff, title);
  await staff.app.getByText(beginningOf(staff)).waitFor();
  await eventually(
    () => previewed(staff, WIDGET),
    (text) => text.includes(String(UNITS)),
  );
  await choose(staff, "status", "active");
  await save(staff);
  await eventually(
    async () => (await fetch(story.origin + path)).text(),
    (html) => html.includes(`<${WIDGET}`),
  );

  // Without a script, what is ticked is added, and the cart has the price.
  const plain = await story.visitor({ width: 360, javaScriptEnabled: false });
  await plain.page.goto(story.origin + path);
  for (const tick of await plain.page.locator(`${WIDGET} [type=checkbox]`).all()) await tick.check();
  await plain.page.locator(`${WIDGET} [data-add]`).click();
  await plain.page.waitForURL(/\/cart/);
  expect(await plain.page.locator(".cart-line .discount").count()).toBe(UNITS);
  await plain.close();

  // Shoppers pay what the widget says, to the smallest unit, and the offer earns what they chose beside the page's product.
  const shopper = await story.visitor({ width });
  const bought = await takeThree(story, shopper, path, price);
  const claimed = bought.cartBeforePaying.items.filter(({ properties }) => properties._tsuide !== undefined);
  expect(claimed).toHaveLength(UNITS - 1);
  await story.settled();
  const earned = earnedBy(await bought.order(story), isClaimed);
  const { headline } = await openAdmin(story, visitor, locale);
  await eventually(headline, ({ revenue, orders }) => revenue === earned && orders === 1);

  // Whoever takes a unit out of the group loses its price, and the cart no longer names it. Nothing needs the app's server.
  await story.stopApp();
  const later = await story.visitor({ width });
  await chooseThree(later.page, story.origin + path, price);
  const whole = await readCart(later.page);
  expect(JSON.stringify(whole)).toContain(DISCOUNT_NAMES[locale]["mix-and-match"]);
  await later.page.request.post(`${story.origin}/cart/change.js`, { data: { id: whole.items[0]!.key, quantity: 0 } });
  const left = await readCart(later.page);
  expect(left.item_count).toBe(UNITS - 1);
  expect(JSON.stringify(left)).not.toContain(DISCOUNT_NAMES[locale]["mix-and-match"]);
  expect([...visitor.errors, ...shopper.errors, ...later.errors]).toEqual([]);
  expect(later.requestsToApp).toEqual([]);
}

/** Three products of one variant that can be bought, each at a price of its own. */
async function threeProducts(story: Story): Promise<ProductJson[]> {
  const single = (await productsForSale(story)).filter(({ variants }) => variants.length === 1);
  const byPrice = new Map(single.map((product) => [priceOf(product), product]));
  const chosen = [...byPrice.values()].toSorted((a, b) => priceOf(a) - priceOf(b)).slice(0, UNITS);
  expect(chosen).toHaveLength(UNITS);
  return chosen;
}

const hundredthsOf = (product: ProductJson) => Math.round(priceOf(product) * 100);

/** How the note about the cheapest product begins in the editor. */
function beginningOf({ texts }: Editor): RegExp {
  const [before = ""] = texts.mixAndMatch.apart.replace("{{number}}", String(UNITS)).split("{{title}}");
  return new RegExp(`^${before.trim()}`);
}

/** Chooses one of each product in the widget, which says the price, and adds all with one press. */
async function chooseThree(page: Page, address: string, price: number): Promise<void> {
  await page.goto(address);
  const widget = page.locator(WIDGET);
  const add = widget.locator("[data-add]");
  expect(await add.getAttribute("aria-disabled")).toBe("true");
  for (const count of await widget.locator("[data-count]").all()) await count.selectOption("1");
  await eventually(
    async () => hundredthsIn(await widget.locator("[data-total] b").innerText()),
    (shown) => shown === price,
  );
  await add.click();
  await eventually(
    () => readCart(page),
    (cart) => cart.item_count === UNITS && cart.total_price === price,
  );
}

async function takeThree(story: Story, shopper: Visitor, path: string, price: number): Promise<Purchase> {
  await chooseThree(shopper.page, story.origin + path, price);
  const bought = await checkOut(shopper, { addFromExtension: false });
  expect(bought.cartBeforePaying.total_price).toBe(price);
  expect((await bought.order(story)).lines.map(({ quantity }) => quantity)).toEqual([1, 1, 1]);
  expect(shopper.requestsToApp).toEqual([]);
  return bought;
}
