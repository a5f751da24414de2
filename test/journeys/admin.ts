import english from "../../app/ui/locales/en/home.json" with { type: "json" };
import japanese from "../../app/ui/locales/ja/home.json" with { type: "json" };
import type { FrameLocator, Page } from "playwright-core";
import { eventually } from "./eventually.ts";
import { hundredthsIn } from "./shop-floor.ts";
import type { Story, Visitor } from "./story.ts";

export interface Admin {
  /** The app inside the admin's frame. */
  app: FrameLocator;
  /** What the home page says it earned, read afresh; revenue in hundredths of the unit. */
  headline(): Promise<{ revenue: number; orders: number }>;
}

const LABELS = { en: english.headline.label, ja: japanese.headline.label };

/**
 * Opens one of the app's pages, "/settings?locale=en", in the shop's admin, and waits until its script runs: what is
 * pressed or typed before is not noticed. React notes on each element that it has taken over.
 */
export async function openAdminPage(
  { origin }: Pick<Story, "origin">,
  page: Page,
  path: string,
): Promise<FrameLocator> {
  await page.goto(`${origin}/admin/apps/tsuide/app${path}`);
  const app = page.frameLocator("iframe").first();
  const isTakenOver = (heading: Element) => Object.keys(heading).some((key) => key.startsWith("__react"));
  await eventually(() => app.locator("h1").first().evaluate(isTakenOver), Boolean);
  return app;
}

/** Opens Tsuide as staff do: in the shop's admin. */
export async function openAdmin(story: Story, { page }: Visitor, locale: "en" | "ja" = "en"): Promise<Admin> {
  const address = `${story.origin}/admin/apps/tsuide?locale=${locale}`;
  const app = page.frameLocator("iframe");
  const figure = async (label: string) => {
    const heading = app.getByRole("heading", { level: 3, name: label });
    return heading.locator("xpath=following-sibling::p[1]").innerText();
  };
  return {
    app,
    async headline() {
      await page.goto(address);
      const { revenue, orders } = LABELS[locale];
      return { revenue: hundredthsIn(await figure(revenue)), orders: hundredthsIn(await figure(orders)) / 100 };
    },
  };
}
