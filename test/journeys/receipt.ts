import { expect, test } from "vitest";
import { openAdmin } from "./admin.ts";
import { eventually } from "./eventually.ts";
import { beginStory, type Locale, type Story, type Visitor } from "./story.ts";

/**
 * A journey in a story of its own, in English on a large screen and in Japanese on a phone: staff make an offer, a shopper
 * buys by it, and the home page counts as much as that earned.
 *
 * @param title Its beginning; the language and the width follow.
 * @param buy Gives what the offer's own lines earn, in hundredths of the currency: see `earnedBy`.
 */
export function fromEditorToReceipt(
  title: string,
  {
    make,
    buy,
  }: {
    make(story: Story, staff: Visitor, locale: Locale): Promise<void>;
    buy(story: Story, shopper: Visitor, locale: Locale): Promise<number>;
  },
): void {
  test.each([
    { locale: "en", width: 1280 },
    { locale: "ja", width: 360 },
  ] as const)(`${title}, in $locale at $width px`, async ({ locale, width }) => {
    const story = await beginStory(locale);
    try {
      const staff = await story.visitor({ width: 1280 });
      await make(story, staff, locale);
      const before = (await (await openAdmin(story, staff, locale)).headline()).revenue;
      const shopper = await story.visitor({ width });
      const earned = await buy(story, shopper, locale);
      await story.settled();
      const { headline } = await openAdmin(story, staff, locale);
      await eventually(headline, ({ revenue }) => revenue - before === earned);
      expect(shopper.requestsToApp).toEqual([]);
      expect([...staff.errors, ...shopper.errors]).toEqual([]);
    } finally {
      await story.end();
    }
  });
}
