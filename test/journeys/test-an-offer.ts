import { expect } from "vitest";
import english from "../../app/ui/locales/en/experiments.json" with { type: "json" };
import japanese from "../../app/ui/locales/ja/experiments.json" with { type: "json" };
import type { PublishedSplit } from "../../app/domain/measurement/experiments/published-split.ts";
import { DAY_MS } from "../../app/domain/time/day.ts";
import { violationsIn } from "../fixtures/accessibility.ts";
import { openAdminPage } from "./admin.ts";
import { eventually } from "./eventually.ts";
import { PUBLISHED_MS } from "./shop-floor.ts";
import { armOf, armsOnPage, tokenOf, splitOf, visit, visitorsOf } from "./simulated-visitors.ts";
import type { Locale, Story, Visitor } from "./story.ts";

/** An offer held against no offer: staff start the experiment, shoppers are split, and the verdict decides what stays. */

const TEXTS = { en: english, ja: japanese };
/** The shop's first experiment. Its arm 0 is shown the offer. */
const EXPERIMENT = 1;
const SHOWN = 0;
/** Of each arm: enough buyers for a verdict, where every second visitor buys without the offer and all do with it. */
const EACH_ARM = 117;
const DAYS = [0, 1, 2, 3, 4, 5, 6, 7, 8];

interface TestedOffer {
  readonly locale: Locale;
  readonly width: number;
  readonly number: number;
  /** The widget that shows it, and the address of a page that has it. */
  readonly widget: string;
  readonly path: string;
  /** What visitors who buy put into their orders. */
  readonly productId: number;
  readonly variantId: number;
}

/** A text as a pattern that leaves its figures open. */
function pattern(text: string): RegExp {
  return new RegExp(
    text
      .split(/\{\{\w+\}\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".+"),
  );
}

export async function testOffer(story: Story, staff: Visitor, offer: TestedOffer): Promise<void> {
  const split = await start(story, staff, offer);
  await expectSplit(story, offer, split);

  // A young experiment claims nothing.
  const texts = TEXTS[offer.locale];
  await verdictOf(staff, offer.locale, pattern(texts.verdict.notEnough_other));
  await letDaysPass(story, offer, split);
  await openAdminPage(story, staff.page, `/experiments/${EXPERIMENT}`);
  await verdictOf(staff, offer.locale, pattern(texts.verdict.better));
  expect(await violationsIn(staff.page.frames()[1]!)).toEqual([]);
  await keepOffer(story, staff, offer);
}

async function start(story: Story, { page }: Visitor, { locale, number, path }: TestedOffer): Promise<PublishedSplit> {
  const texts = TEXTS[locale];
  const app = await openAdminPage(story, page, `/experiments/new?offer=${number}`);
  await app.getByLabel(texts.form.name, { exact: true }).fill("Worth it");
  await app.getByRole("button", { name: texts.form.save }).click();
  // How long it would take is known before, and that nobody would be split yet.
  await app.getByText(pattern(texts.outlook.text)).waitFor();
  await app.getByText(texts.embedOff.title).waitFor();
  await story.control("theme", { embeds: ["experiments"] });
  await openAdminPage(story, page, `/experiments/${EXPERIMENT}`);
  await app.getByText(pattern(texts.outlook.text)).waitFor();
  expect(await app.getByText(texts.embedOff.title).count()).toBe(0);
  await app.getByRole("button", { name: texts.start, exact: true }).click();
  await app.getByRole("dialog").getByRole("button", { name: texts.start, exact: true }).click();
  await app.getByText(texts.state.running, { exact: true }).waitFor();
  const published = async () => splitOf(await (await fetch(story.origin + path)).text());
  return (await eventually(published, (split) => (split?.[3].length ?? 0) > 0, PUBLISHED_MS))!;
}

/** A shopper sees the offer if and only if the arm of their browser shows it. */
async function expectSplit(story: Story, { widget, path, width }: TestedOffer, split: PublishedSplit): Promise<void> {
  const { page, context, close } = await story.visitor({ width });
  await context.addCookies([{ name: "_tracking_consent", value: "granted", url: story.origin }]);
  await page.goto(story.origin);
  const unit = () => page.evaluate(() => localStorage.getItem("tsuide"));
  await eventually(unit, (kept) => kept !== null);
  await page.goto(story.origin + path);
  const arm = armOf(armsOnPage(split, (await unit())!), EXPERIMENT);
  expect(await page.locator(`${widget}:visible`).count()).toBe(arm === SHOWN ? 1 : 0);
  await close();
}

/** Visitors of eight days. With the offer all of them buy, without it every second one. */
async function letDaysPass(
  story: Story,
  { path, productId, variantId }: TestedOffer,
  split: PublishedSplit,
): Promise<void> {
  await story.control("product-update", { productId, inventoryQuantity: 100_000 });
  const token = tokenOf(await (await fetch(story.origin + path)).text());
  const visitors = visitorsOf(split, EXPERIMENT, EACH_ARM);
  let others = 0;
  for (const day of DAYS) {
    // Events are taken of the last two days, so that it is enough to move the clock by two days at a time.
    if (day === 0 || day % 2 === 1) await story.moveClock((day + (day % 2)) * DAY_MS);
    const at = Date.now() + day * DAY_MS;
    const ofDay = visitors.filter((_, place) => place % DAYS.length === day);
    await visit(story, token, ofDay, {
      ...{ at, variantId },
      buys: ({ arms }) => armOf(arms, EXPERIMENT) === SHOWN || others++ % 2 === 0,
    });
  }
}

/** Has the figures gathered until the page says what is expected. */
async function verdictOf({ page }: Visitor, locale: Locale, expected: RegExp): Promise<void> {
  const texts = TEXTS[locale];
  const app = page.frameLocator("iframe").first();
  const heading = app.getByRole("heading", { level: 2 }).first();
  const menu = app.locator(".Polaris-ActionMenu-RollupActions__RollupActivator button");
  const look = async () => {
    if (await menu.isVisible()) await menu.click();
    await app.getByRole("button", { name: texts.measureNow }).click();
    await app.getByText(pattern(texts.measured)).waitFor();
    return heading.innerText();
  };
  await eventually(look, (verdict) => expected.test(verdict), 60_000);
}

/** Home says that there is an answer, and from there it takes two clicks to act on it. */
async function keepOffer(story: Story, { page }: Visitor, { locale, path, widget }: TestedOffer): Promise<void> {
  const texts = TEXTS[locale];
  const app = await openAdminPage(story, page, "");
  await app.getByText(texts.home.title.replace("{{name}}", "Worth it")).waitFor();
  await app.getByRole("link", { name: texts.home.open }).click();
  await app.getByRole("button", { name: texts.keep.shown }).click();
  const question = app.getByRole("dialog");
  expect(await question.getByLabel(texts.stopModal.keepOffer).isChecked()).toBe(true);
  await question.getByRole("button", { name: texts.stop }).click();
  await app.getByText(texts.state.ended, { exact: true }).waitFor();
  const html = async () => (await fetch(story.origin + path)).text();
  const after = await eventually(html, (text) => (splitOf(text)?.[3].length ?? 0) === 0, PUBLISHED_MS);
  expect(after).toContain(`<${widget}`);
}
