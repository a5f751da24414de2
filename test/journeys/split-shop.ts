import { afterEach, beforeAll, beforeEach, expect } from "vitest";
import { SLOTS } from "../../app/domain/measurement/experiments/slot.ts";
import { splitText, type HidingExperiment } from "../../app/domain/measurement/experiments/published-split.ts";
import type { assignedArms } from "../../app/domain/measurement/experiments/assigned-arms.ts";
import type { PublishedCampaign } from "../../app/domain/offers/shopper-conditions/campaign.ts";
import type { EventBatch, SentEvent } from "../../extensions/offer-pixel/src/domain.ts";
import type { DevMetafield } from "../dev-store/shop/state.ts";
import { setMetafield } from "../dev-store/storefront/sample-shop.ts";
import { publishEveryWidget } from "../fixtures/every-widget.ts";
import { openThemeBrowser, type ThemeBrowser, type ThemeVisitor } from "../fixtures/theme-browser.ts";

/* A shop with every widget, the app embed that decides who is shown which offers, and the built pixel that counts. */

const ENDPOINT = "https://app.tsuide.test/events";
export const PRODUCT = "/products/green-tea";

/** What the DOM's types lack of layout shifts. */
interface LayoutShift {
  readonly value: number;
  readonly sources: readonly { readonly node: Node | null }[];
}

/** What of ours could be seen in any frame that was painted, and how far anything has moved. */
interface Noted {
  painted: string[];
  shift: number;
}

/** The shop, and who visits it in the present test. Each test begins with a new visitor and with what was published first. */
export class SplitShop {
  browser!: ThemeBrowser;
  visitor!: ThemeVisitor;
  batches: EventBatch[] = [];

  /** Publishes how visitors are split, in place of what was published before. Gives it as the script reads it. */
  publishSplit(holdoutSlots: number, experiments: HidingExperiment[] = [], campaigns: PublishedCampaign[] = []) {
    const { shop } = this.browser;
    const types = new Map([1, 21].map((number) => [number, "bought-together"] as const));
    const text = splitText({ shopSalt: "journey", holdoutSlots, experiments }, types, campaigns)!;
    const installation = `gid://shopify/AppInstallation/${shop.installation.id}`;
    setMetafield(shop, installation, "tsuide", "split", "json", JSON.parse(text) as object);
    return JSON.parse(text) as Parameters<typeof assignedArms>[0];
  }

  consent(visitor = this.visitor) {
    return visitor.context.addCookies([{ name: "_tracking_consent", value: "granted", url: this.browser.origin }]);
  }

  /** Puts products into the visitor's cart by a request of their browser. */
  add(quantity: number, visitor = this.visitor) {
    const data = { items: [{ id: 40_020, quantity }] };
    return visitor.page.request.post(`${this.browser.origin}/cart/add.js`, { data });
  }

  keptUnit(visitor = this.visitor) {
    return visitor.page.evaluate(() => localStorage.getItem("tsuide"));
  }

  noted() {
    return this.visitor.page.evaluate(() => (window as unknown as { noted: Noted }).noted);
  }

  async shownWidgets() {
    const all = this.visitor.page.locator(".ts-widget:visible");
    return [...new Set(await all.evaluateAll((widgets) => widgets.map((one) => one.localName)))];
  }

  events(): SentEvent[] {
    return this.batches.flatMap((batch) => batch.events);
  }

  kinds() {
    return this.events().map(({ kind }) => kind);
  }

  /** In each frame that is painted: what of ours can be seen, and how far anything outside header and footer has moved. */
  async noteWhatIsPainted() {
    // The browser may paint a header or footer before it has read all of it: what is within moves with no part of ours.
    return this.visitor.page.addInitScript(() => {
      const noted = { painted: [] as string[], shift: 0 };
      Object.assign(window, { noted });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as unknown as LayoutShift[]) {
          if (entry.sources.some(({ node }) => !node?.parentElement?.closest("header, footer")))
            noted.shift += entry.value;
        }
      }).observe({ type: "layout-shift", buffered: true });
      const look = () => {
        for (const widget of document.querySelectorAll(".ts-widget")) {
          if (widget.getClientRects().length > 0) noted.painted.push(widget.localName);
        }
        requestAnimationFrame(look);
      };
      look();
    });
  }
}

/** Opens the shop for the tests of a file, and gives each of them a visitor. */
export function useSplitShop(): SplitShop {
  const shop = new SplitShop();
  let published: Map<string, DevMetafield>;
  let notes: { dispose(): Promise<void> };
  beforeAll(async () => {
    const webPixel = { id: "1", settings: { token: "the-token", endpoint: ENDPOINT } };
    shop.browser = await openThemeBrowser({ webPixel });
    publishEveryWidget(shop.browser.shop);
    shop.browser.shop.installation.installed = true;
    shop.browser.wear("like-dawn");
    shop.browser.context.embeds = ["experiments"];
    published = new Map(shop.browser.shop.metafields);
  });
  beforeEach(async () => {
    shop.batches = [];
    shop.visitor = await shop.browser.visitor();
    await shop.visitor.context.route(ENDPOINT, async (route) => {
      shop.batches.push(route.request().postDataJSON() as EventBatch);
      await route.fulfill({ status: 202, headers: { "access-control-allow-origin": "*" }, json: {} });
    });
    notes = await shop.noteWhatIsPainted();
  });
  afterEach(async () => {
    const { metafields } = shop.browser.shop;
    metafields.clear();
    for (const [key, metafield] of published) metafields.set(key, metafield);
    expect(shop.visitor.errors).toEqual([]);
    await notes.dispose();
    await shop.visitor.close();
  });
  return shop;
}

/** One arm shows everything, the other one not the set; all shoppers are in the second. */
export function withoutSet(): HidingExperiment {
  const arms = [
    { name: "1", weight: 1, hides: [] },
    { name: "", weight: 1_000_000, hides: [1] },
  ];
  return { id: "3", layer: "offers", range: { from: 0, to: SLOTS }, arms };
}

/** One arm shows the set and the other one its rival: see {@link publishRivals}. Nearly all shoppers are in the second. */
export function betweenRivals(weights: readonly [number, number] = [1, 1_000_000]): HidingExperiment {
  const arms = weights.map((weight, place) => ({ name: "", weight, hides: [place === 0 ? 21 : 1] }));
  return { ...withoutSet(), arms };
}

/** The set in another form, and two more in the cart: of each a second offer, which only one arm is shown. */
export function publishRivals({ metafields }: ThemeBrowser["shop"]) {
  for (const [key, metafield] of [...metafields].filter(([one]) => one.endsWith("|$app|offers"))) {
    const envelope = JSON.parse(metafield.value) as { offers: { id: string; type: string }[] };
    const sets = envelope.offers.filter(({ type }) => type === "bought-together");
    const rivals = sets.map((set) => ({ ...set, id: set.id.replace("bt-1-", "bt-21-"), set: 1 }));
    metafields.set(key, {
      ...metafield,
      value: JSON.stringify({ ...envelope, offers: [...envelope.offers, ...rivals] }),
    });
  }
}
