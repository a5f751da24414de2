import type { FrameLocator, Page } from "playwright-core";
import english from "../../app/ui/locales/en/offers.json" with { type: "json" };
import japanese from "../../app/ui/locales/ja/offers.json" with { type: "json" };
import type { OfferTypeName } from "../../app/domain/offers/offer-type-name.ts";
import { openAdminPage } from "./admin.ts";
import type { Locale, Story, Visitor } from "./story.ts";

/** What staff do in the editor of an offer. Fields are found by their ids, which are their paths in the form. */

const TEXTS = { en: english, ja: japanese };

export interface Editor {
  page: Page;
  /** The app inside the admin's frame. */
  app: FrameLocator;
  texts: (typeof TEXTS)[Locale];
}

/** Finds the field at a path such as "config.buy". */
export const by = (field: string) => `[id="${field}"]`;

/** Chooses one of a field's choices. Polaris draws its own circle over the browser's. */
export const choose = ({ app }: Editor, field: string, value: string) =>
  app.locator(`${by(field)} label:has(input[value="${value}"])`).click();

/** Opens the editor of a new offer, or of one by its number, in the language, and gives the offer a name. */
export async function openEditor(
  story: Pick<Story, "origin">,
  { page, context }: Pick<Visitor, "page" | "context">,
  { locale, offer, name }: { locale: Locale; offer: OfferTypeName | number; name: string },
): Promise<Editor> {
  await context.addCookies([{ name: "admin_locale", value: locale, url: story.origin }]);
  const path = typeof offer === "number" ? String(offer) : `new?type=${offer}`;
  const app = await openAdminPage(story, page, `/offers/${path}`);
  await app.locator(by("name")).fill(name);
  return editorOn({ page }, locale);
}

/** The editor that a page shows already. */
export function editorOn({ page }: Pick<Visitor, "page">, locale: Locale): Editor {
  return { page, app: page.frameLocator("iframe").first(), texts: TEXTS[locale] };
}

/** Lets the app give store credit, where it asks for that: the merchant answers in Shopify's own dialog. */
export async function allowCredit({ app, page, texts }: Editor): Promise<void> {
  const { allow, title } = texts.credit.missing;
  await app.getByRole("button", { name: allow }).click();
  await page.locator("dialog.grant button").last().click();
  await app.getByText(title).waitFor({ state: "hidden" });
}

/** Finds a product by its title in the only picker on the page, and adds it. */
export async function pickProduct(
  { app, texts: { products } }: Editor,
  title: string,
  search = app.getByLabel(products.search),
): Promise<void> {
  await search.fill(title);
  await app.getByRole("button", { name: products.addOne.replace("{{title}}", title), exact: true }).click();
}

/** The text of a widget as the editor's preview shows it, "" as long as it shows none. */
export async function previewed({ app }: Editor, widget: string): Promise<string> {
  const shown = app.locator(".tsuide-preview-frame iframe").contentFrame().locator(widget);
  return (await shown.count()) === 0 ? "" : shown.first().innerText();
}

/** Saves by the admin's save bar, and waits until nothing is unsaved: leaving the page earlier may cancel the request. */
export async function save({ page }: Editor): Promise<void> {
  const bar = page.locator("#save-bar");
  await bar.waitFor();
  await bar.locator("button").last().click();
  await bar.waitFor({ state: "hidden" });
}
