import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violationsIn } from "../fixtures/accessibility.ts";
import type { DevOrder } from "../dev-store/shop/state.ts";
import { checkOut } from "./checkout.ts";
import { eventually } from "./eventually.ts";
import { by, choose, type Editor, openEditor, pickProduct, previewed, save } from "./offer-editor.ts";
import { priceOf, type ProductJson, productsForSale, readCart } from "./shop-floor.ts";
import { beginStory, type Story, type Visitor } from "./story.ts";

/** A goal with a discount on the order and a gift, from the editor to the receipt. */

const BAR = "tsuide-goal";
const PERCENT = 10;

/** What is bought to reach the goal's amounts, and what it gives. */
interface Plan {
  product: ProductJson;
  gift: ProductJson;
  /** How many of the product reach the gift; one fewer reaches the discount on the order. */
  units: number;
}

/** A product whose units reach the goal's amounts, and which others are bought with, and a cheaper gift. */
async function planFor(story: Story): Promise<Plan> {
  const single = (await productsForSale(story)).filter(({ variants }) => variants.length === 1);
  const rising = single.sort((a, b) => priceOf(a) - priceOf(b));
  for (const product of rising.slice(Math.floor(rising.length / 2))) {
    const html = await (await fetch(`${story.origin}/products/${product.handle}`)).text();
    if (html.includes("<tsuide-set")) return { gift: rising[0]!, product, units: 3 };
  }
  throw new Error("No product has companions");
}

/** What so many units cost, as staff type it. */
const costOf = (product: ProductJson, units: number) => String(Number((priceOf(product) * units).toFixed(2)));

/** Staff give the goal a discount on the order, and a gift from a higher amount on. */
async function giveTiers(editor: Editor, currency: string, { product, gift, units }: Plan) {
  const { app } = editor;
  const addTier = () => app.locator(by("config.tiers")).locator("button").last().click();
  await addTier();
  await app.locator(by(`config.tiers.0.from.${currency}`)).fill(costOf(product, units - 1));
  await choose(editor, "config.tiers.0.reward.kind", "percent");
  await app.locator(by("config.tiers.0.reward.basisPoints")).fill(String(PERCENT));
  await addTier();
  // A little above what is left at two units, so that a companion closes the gap.
  const little = currency === "JPY" ? 100 : 1;
  await app.locator(by(`config.tiers.1.from.${currency}`)).fill(String(Number(costOf(product, units - 1)) + little));
  await choose(editor, "config.tiers.1.reward.kind", "gift");
  await pickProduct(editor, gift.title);
  await app.locator(by("config.closesGapAt")).fill("100");
  await eventually(
    () => previewed(editor, BAR),
    (text) => text.includes(gift.title),
  );
  await choose(editor, "status", "active");
  await save(editor);
}

/** Opens the cart page with so many units of the product in the cart, and waits until the bar is there. */
async function openCart({ page }: Visitor, story: Story, { product }: Plan, quantity: number) {
  const updates = { [product.variants[0]!.id]: quantity };
  await page.request.post(`${story.origin}/cart/update.js`, { data: { updates } });
  await page.goto(`${story.origin}/cart`);
  await page.locator(`main ${BAR}`).waitFor();
}

/** Adds what the bar proposes with one tap: the line is the goal's, and the gift is reached. Takes it out again. */
async function closeGap({ page }: Visitor, story: Story, { product }: Plan) {
  const bar = page.locator(`main ${BAR}`);
  await bar.locator("[data-gap] form").waitFor();
  expect(await violationsIn(page, BAR)).toEqual([]);
  await bar.locator("[data-gap] [data-add]").click();
  await bar.locator("[data-gift] [data-add]").waitFor();
  const { items } = await readCart(page);
  const added = items.filter(({ product_id }) => product_id !== product.id);
  expect(added.length).toBeGreaterThan(0);
  for (const { properties } of added) expect(properties._tsuide).toMatch(/^goal-\d+\/cart$/);
  const updates = Object.fromEntries(added.map(({ variant_id: id }) => [id, 0]));
  await page.request.post(`${story.origin}/cart/update.js`, { data: { updates } });
}

const lineOf = async (page: Visitor["page"], { id }: ProductJson) =>
  (await readCart(page)).items.find(({ product_id }) => product_id === id);

/** What a line of an order costs after everything that is taken off it, in minor units. */
const paidFor = ({ unitPriceMinor, quantity, discounts }: DevOrder["lines"][number]) =>
  discounts.reduce((left, { amountMinor }) => left - amountMinor, unitPriceMinor * quantity);

describe.each([
  { locale: "en", width: 1280, currency: "USD", unit: 1 },
  { locale: "ja", width: 360, currency: "JPY", unit: 100 },
] as const)("in $locale at $width px", ({ locale, width, currency, unit }) => {
  let story: Story;
  beforeAll(async () => {
    story = await beginStory(locale);
  });
  afterAll(() => story?.end());

  test("the gift is added with one tap, free while it is earned, and paid as shown", async () => {
    const plan = await planFor(story);
    const [staff, shopper] = [await story.visitor({ width }), await story.visitor({ width })];
    const editor = await openEditor(story, staff, { locale, offer: "goal", name: "Rewards" });
    await giveTiers(editor, currency, plan);

    const { page } = shopper;
    await page.goto(story.origin);
    const bar = page.locator(`main ${BAR}`);
    const row = bar.locator("[data-gift]");
    await eventually(
      async () => (await fetch(`${story.origin}/cart`)).text(),
      (text) => text.includes("data-gift"),
    );
    await openCart(shopper, story, plan, plan.units - 1);
    await eventually(
      () => bar.innerText(),
      (text) => text.includes(`${PERCENT}%`) && text.includes(plan.gift.title),
    );
    expect(await row.locator("[data-add]").isVisible()).toBe(false);
    await closeGap(shopper, story, plan);
    await openCart(shopper, story, plan, plan.units);
    expect(await violationsIn(page, BAR)).toEqual([]);
    await row.locator("[data-add]").click();
    await eventually(
      () => lineOf(page, plan.gift),
      (line) => line?.final_line_price === 0,
    );
    await row.locator("[data-add]").waitFor({ state: "hidden" });

    // One unit fewer: the gift costs its price, and the bar says so.
    const price = Math.round(priceOf(plan.gift) * 100);
    await openCart(shopper, story, plan, plan.units - 1);
    expect((await lineOf(page, plan.gift))!.final_line_price).toBe(price);
    await row.locator("p:visible").waitFor();
    expect(await row.locator("p:visible").innerText()).toContain(plan.gift.title);
    expect(await violationsIn(page, BAR)).toEqual([]);
    await openCart(shopper, story, plan, plan.units);

    const { cartBeforePaying, order } = await checkOut(shopper, { addFromExtension: false });
    const counted = Math.round(priceOf(plan.product) * 100) * plan.units;
    const off = (counted * PERCENT) / 100;
    expect(cartBeforePaying.total_price).toBe(counted - Math.floor(off / unit) * unit);
    const { lines } = await order(story);
    const [gift] = lines.filter(({ title }) => title === plan.gift.title);
    expect(paidFor(gift!)).toBe(0);
    expect(lines.reduce((sum, line) => sum + paidFor(line), 0) * unit).toBe(cartBeforePaying.total_price);
    expect(shopper.requestsToApp).toEqual([]);
    expect([...staff.errors, ...shopper.errors]).toEqual([]);
  });
});
