import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { splitText, type HidingExperiment } from "../../app/domain/measurement/experiments/published-split.ts";
import { assignedArms } from "../../app/domain/measurement/experiments/assigned-arms.ts";
import { type PublishedCampaign, publishedCampaigns } from "../../app/domain/offers/shopper-conditions/campaign.ts";
import type { EventBatch } from "../../extensions/offer-pixel/src/domain.ts";
import { setMetafield } from "../dev-store/storefront/sample-shop.ts";
import { publishEveryWidget } from "../fixtures/every-widget.ts";
import { openThemeBrowser, type ThemeBrowser, type ThemeVisitor } from "../fixtures/theme-browser.ts";
import { seen } from "./theme-looks.ts";
import { PATIENT } from "../patience.ts";

/* Who is shown which offers, decided in a real browser before anything is painted, and counted by the built pixel. */

const ENDPOINT = "https://app.tsuide.test/events";
const PRODUCT = "/products/green-tea";
const PRODUCT_OWNER = "gid://shopify/Product/8001";
const SLOTS = 10_000;

/** What the DOM's types lack of layout shifts. */
interface LayoutShift {
  readonly value: number;
  readonly sources: readonly { readonly node: Node | null }[];
}

let browser: ThemeBrowser;
let visitor: ThemeVisitor;
let batches: EventBatch[];
let notes: { dispose(): Promise<void> };
beforeAll(async () => {
  browser = await openThemeBrowser({ webPixel: { id: "1", settings: { token: "the-token", endpoint: ENDPOINT } } });
  publishEveryWidget(browser.shop);
  browser.shop.installation.installed = true;
  browser.wear("like-dawn");
  browser.context.embeds = ["experiments"];
});

beforeEach(async () => {
  batches = [];
  visitor = await browser.visitor();
  await visitor.context.route(ENDPOINT, async (route) => {
    batches.push(route.request().postDataJSON() as EventBatch);
    await route.fulfill({ status: 202, headers: { "access-control-allow-origin": "*" }, json: {} });
  });
  // In each frame that is painted: what of ours can be seen, and how far anything has moved but within the theme's footer,
  // whose form may move by itself where the browser is cold.
  notes = await visitor.page.addInitScript(() => {
    const noted = { painted: [] as string[], shift: 0 };
    Object.assign(window, { noted });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as LayoutShift[]) {
        if (entry.sources.some(({ node }) => !node?.parentElement?.closest("footer"))) noted.shift += entry.value;
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
});
afterEach(async () => {
  expect(visitor.errors).toEqual([]);
  await notes.dispose();
  await visitor.close();
});

function publishSplit(holdoutSlots: number, experiments: HidingExperiment[] = [], campaigns: PublishedCampaign[] = []) {
  const types = new Map([1, 21].map((number) => [number, "bought-together"] as const));
  const text = splitText({ shopSalt: "journey", holdoutSlots, experiments }, types, campaigns)!;
  const installation = `gid://shopify/AppInstallation/${browser.shop.installation.id}`;
  setMetafield(browser.shop, installation, "tsuide", "split", "json", JSON.parse(text) as object);
  return JSON.parse(text) as Parameters<typeof assignedArms>[0];
}

/** One arm shows everything, the other one not the set; all shoppers are in the second. */
function withoutSet(): HidingExperiment {
  const arms = [
    { name: "1", weight: 1, hides: [] },
    { name: "", weight: 1_000_000, hides: [1] },
  ];
  return { id: "3", layer: "offers", range: { from: 0, to: SLOTS }, arms };
}

/** The set in another form, and two more in the cart: of each a second offer, which only arm 1 is shown. */
function publishRivals() {
  const offers = [...browser.shop.metafields].filter(([key]) => key.endsWith("|$app|offers"));
  for (const [key, metafield] of offers) {
    const envelope = JSON.parse(metafield.value) as { offers: { id: string; type: string }[] };
    const sets = envelope.offers.filter(({ type }) => type === "bought-together");
    const rivals = sets.map((set) => ({ ...set, id: set.id.replace("bt-1-", "bt-21-"), set: 1 }));
    browser.shop.metafields.set(key, {
      ...metafield,
      value: JSON.stringify({ ...envelope, offers: [...envelope.offers, ...rivals] }),
    });
  }
}

const consent = () =>
  visitor.context.addCookies([{ name: "_tracking_consent", value: "granted", url: browser.origin }]);
const keptUnit = () => visitor.page.evaluate(() => localStorage.getItem("tsuide"));
const noted = () =>
  visitor.page.evaluate(() => (window as unknown as { noted: { painted: string[]; shift: number } }).noted);
const shownWidgets = async () => [
  ...new Set(await visitor.page.locator(".ts-widget:visible").evaluateAll((all) => all.map((one) => one.localName))),
];
const events = () => batches.flatMap((batch) => batch.events);
const kinds = () => events().map(({ kind }) => kind);
const exposures = () => events().flatMap((event) => (event.kind === "exposed" ? [[event.experiment, event.arm]] : []));
const armsInCart = async () => {
  const cart = await visitor.page.request.get(`${browser.origin}/cart.js`);
  return ((await cart.json()) as { attributes: Record<string, string> }).attributes._tsuide_arms;
};

test("a shopper of the holdout is never painted an offer, on any page, and is counted", async () => {
  publishSplit(SLOTS);
  await consent();
  // Shopify says late whether the shopper may be counted: the first page is what all are shown.
  await visitor.open(PRODUCT);
  await seen(keptUnit).toMatch(/^v:\w{2,30}$/);
  expect(await shownWidgets()).toContain("tsuide-set");
  await vi.waitFor(() => expect(kinds()).toContain("seen"), PATIENT);
  expect(exposures()).toEqual([]);
  batches.length = 0;

  await visitor.open(PRODUCT);
  await vi.waitFor(() => expect(exposures()).toEqual([[0, 0]]), PATIENT);
  await visitor.page.waitForTimeout(500);
  expect(await noted()).toEqual({ painted: [], shift: 0 });
  expect(kinds().filter((kind) => kind === "shown" || kind === "seen")).toEqual([]);
  const folder = join(import.meta.dirname, "../../.data/pictures");
  mkdirSync(folder, { recursive: true });
  await visitor.page.screenshot({ path: join(folder, "split-holdout.png"), fullPage: true });

  await visitor.page.request.post(`${browser.origin}/cart/add.js`, { data: { items: [{ id: 40_020, quantity: 8 }] } });
  for (const path of ["/cart", "/", "/collections/all"]) {
    await visitor.open(path);
    await visitor.page.waitForTimeout(300);
    expect((await noted()).painted).toEqual([]);
  }
  await seen(armsInCart).toBe("0.0");
});

test("a shopper who is shown offers stays so and is counted, with the same unit in the cart", async () => {
  const split = publishSplit(1);
  await consent();
  await visitor.open("/");
  await seen(keptUnit).toMatch(/^v:/);
  const unit = (await keptUnit())!;
  expect(assignedArms(split, unit)).toEqual([[0, 1]]);
  await visitor.open(PRODUCT);
  await vi.waitFor(() => expect(exposures()).toEqual([[0, 1]]), PATIENT);
  await vi.waitFor(() => expect(kinds()).toContain("shown"), PATIENT);
  expect(await shownWidgets()).toContain("tsuide-set");
  await visitor.page.request.post(`${browser.origin}/cart/add.js`, { data: { items: [{ id: 40_020, quantity: 8 }] } });
  await visitor.open("/cart");
  expect(await keptUnit()).toBe(unit);
  await seen(armsInCart).toBe("0.1");
  await vi.waitFor(
    () =>
      expect(exposures()).toEqual([
        [0, 1],
        [0, 1],
      ]),
    PATIENT,
  );
});

test("without consent nothing is kept and nothing sent; a cart is assigned, and goes on as it was with consent", async () => {
  publishSplit(SLOTS);
  await visitor.open(PRODUCT);
  await visitor.open(PRODUCT);
  expect(await shownWidgets()).toContain("tsuide-set");
  await visitor.page.request.post(`${browser.origin}/cart/add.js`, { data: { items: [{ id: 40_020, quantity: 1 }] } });
  await visitor.open(PRODUCT);
  await visitor.page.waitForTimeout(500);
  expect(await noted()).toEqual({ painted: [], shift: 0 });
  expect([await keptUnit(), batches]).toEqual([null, []]);

  const privacy = (analytics: boolean) =>
    visitor.page.evaluate((allowed) => {
      interface Privacy {
        customerPrivacy: { setTrackingConsent(consent: object): void };
        loadFeatures(features: object[], loaded: () => void): void;
      }
      const { Shopify } = window as unknown as { Shopify: Privacy };
      const decide = () => Shopify.customerPrivacy.setTrackingConsent({ analytics: allowed });
      Shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], decide);
    }, analytics);
  await privacy(true);
  const cart = (await visitor.context.cookies()).find(({ name }) => name === "cart")!;
  await seen(keptUnit).toBe(`c:${decodeURIComponent(cart.value).split("?")[0]}`);
  await vi.waitFor(() => expect(exposures()).toEqual([[0, 0]]), PATIENT);
  await privacy(false);
  await seen(keptUnit).toBeNull();
});

test("an offer that an arm does not show is not painted anywhere, and the others are", async () => {
  publishSplit(0, [withoutSet()]);
  await consent();
  await visitor.open("/");
  await seen(keptUnit).toMatch(/^v:/);
  await visitor.open(PRODUCT);
  await vi.waitFor(() => expect(exposures()).toEqual([[3, 1]]), PATIENT);
  await vi.waitFor(() => expect(kinds()).toContain("shown"), PATIENT);
  await vi.waitFor(async () => expect((await noted()).painted).toContain("tsuide-breaks"), PATIENT);
  const { painted, shift } = await noted();
  expect([painted.includes("tsuide-set"), shift]).toEqual([false, 0]);
  expect(JSON.stringify(events())).not.toContain("bt-1-");

  await visitor.page.request.post(`${browser.origin}/cart/add.js`, { data: { items: [{ id: 40_020, quantity: 8 }] } });
  await visitor.open("/cart");
  expect(await visitor.page.locator("tsuide-cart [data-item]").count()).toBeGreaterThan(0);
  expect(await visitor.page.locator("tsuide-cart :is([data-item],h2):visible").count()).toBe(0);
  expect(await visitor.page.locator("tsuide-goal:visible").count()).toBeGreaterThan(0);
});

test("of two offers that are compared each arm is painted its own, on the product page and in the cart", async () => {
  const rivals = { ...withoutSet(), arms: [] as { name: string; weight: number; hides: number[] }[] };
  const before = new Map(browser.shop.metafields);
  publishRivals();
  for (const [weights, hidden, claim] of [
    [[1_000_000, 1], "bt-21-", "bt-1-"],
    [[1, 1_000_000], "bt-1-", "bt-21-"],
  ] as const) {
    rivals.arms = weights.map((weight, place) => ({ name: "", weight, hides: [place === 0 ? 21 : 1] }));
    publishSplit(0, [rivals]);
    const shopper = await browser.visitor();
    await shopper.context.addCookies([{ name: "_tracking_consent", value: "granted", url: browser.origin }]);
    await shopper.open("/");
    await seen(() => shopper.page.evaluate(() => localStorage.getItem("tsuide"))).toMatch(/^v:/);
    await shopper.open(PRODUCT);
    const claims = (selector: string, attribute: string) =>
      shopper.page
        .locator(`${selector}:visible`)
        .evaluateAll((all, name) => all.map((one) => one.getAttribute(name)), attribute);
    expect(await claims("tsuide-set", "data-claim")).toEqual([`${claim}8001/product`]);
    await shopper.page.request.post(`${browser.origin}/cart/add.js`, {
      data: { items: [{ id: 40_020, quantity: 8 }] },
    });
    await shopper.open("/cart");
    expect(await shopper.page.locator("tsuide-cart:visible").count()).toBe(1);
    const rows = await shopper.page
      .locator("tsuide-cart [data-item]:visible")
      .evaluateAll((all) => all.map((one) => one.querySelector<HTMLInputElement>("[name*=_tsuide]")!.value));
    expect([rows.length > 0, rows.every((row) => row.startsWith(claim)), rows.join().includes(hidden)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(shopper.errors).toEqual([]);
    await shopper.close();
  }
  for (const [key, metafield] of before) browser.shop.metafields.set(key, metafield);
});

test("where discounts differ, a cart names its arm before anything is shown, and a filled one changes no more", async () => {
  const before = new Map(browser.shop.metafields);
  publishRivals();
  const arms = [1, 1_000_000].map((weight, place) => ({ name: "", weight, hides: [place === 0 ? 21 : 1] }));
  publishSplit(0, [{ ...withoutSet(), arms, byArm: true }]);
  await consent();
  const sets = () =>
    visitor.page.locator("tsuide-set:visible").evaluateAll((all) => all.map((one) => one.getAttribute("data-claim")));
  const add = (data: object) => visitor.page.request.post(`${browser.origin}/cart/add.js`, { data });

  // Whoever fills a cart before they are split is shown, and gets, what the control gets, until that cart is bought.
  await visitor.open("/");
  await seen(keptUnit).toMatch(/^v:/);
  await add({ items: [{ id: 40_020, quantity: 1 }] });
  await visitor.open(PRODUCT);
  await visitor.page.waitForTimeout(500);
  expect([await sets(), await armsInCart()]).toEqual([["bt-1-8001/product"], undefined]);
  await visitor.page.request.post(`${browser.origin}/cart/clear.js`, { data: {} });

  // An empty cart is given its arm by a page that shows none of what is compared, and moves nothing.
  await visitor.open(PRODUCT);
  await seen(armsInCart).toBe("3.1");
  expect(await sets()).toEqual([]);
  expect(await shownWidgets()).toContain("tsuide-breaks");
  expect((await noted()).painted).not.toContain("tsuide-set");

  await visitor.open(PRODUCT);
  expect(await sets()).toEqual(["bt-21-8001/product"]);
  expect(await noted()).toMatchObject({ shift: 0 });
  await add({ items: [{ id: 40_020, quantity: 1 }] });
  // The cart decides, whoever the browser says that this is.
  await visitor.page.evaluate(() => localStorage.setItem("tsuide", "v:another"));
  await visitor.open(PRODUCT);
  expect([await sets(), await armsInCart()]).toEqual([["bt-21-8001/product"], "3.1"]);
  for (const [key, metafield] of before) browser.shop.metafields.set(key, metafield);
});

test("a page from before the cart was given its arm is loaded again", async () => {
  const before = new Map(browser.shop.metafields);
  publishRivals();
  const arms = [1, 1_000_000].map((weight, place) => ({ name: "", weight, hides: [place === 0 ? 21 : 1] }));
  publishSplit(0, [{ ...withoutSet(), arms, byArm: true }]);
  await consent();
  const sets = () =>
    visitor.page.locator("tsuide-set:visible").evaluateAll((all) => all.map((one) => one.getAttribute("data-claim")));
  await visitor.open(PRODUCT);
  await seen(keptUnit).toMatch(/^v:/);
  expect(await sets()).toEqual(["bt-1-8001/product"]);
  const other = await visitor.context.newPage();
  await other.goto(browser.origin + PRODUCT);
  await seen(armsInCart).toBe("3.1");
  await seen(sets).toEqual(["bt-21-8001/product"]);
  for (const [key, metafield] of before) browser.shop.metafields.set(key, metafield);
});

/** Before the set, and before the add-on, one for visitors of a campaign. */
function publishForCampaign() {
  const condition = { parameter: "campaign", inCampaigns: ["Summer Sale", "夏"] } as const;
  const [campaign] = publishedCampaigns([{ shoppers: [[{ shopper: "campaign", ...condition }]] }]);
  const offers = `${PRODUCT_OWNER}|$app|offers`;
  const metafield = browser.shop.metafields.get(offers)!;
  const envelope = JSON.parse(metafield.value) as { offers: { id: string; type: string }[] };
  const before = envelope.offers
    .filter(({ type, id }) => type === "add-on" || id.startsWith("bt-1-"))
    .map((offer) => ({ ...offer, id: offer.id.replace(/-\d+-/, "-31-"), tests: `u${campaign![0]}` }));
  const value = JSON.stringify({ ...envelope, offers: [...before, ...envelope.offers] });
  browser.shop.metafields.set(offers, { ...metafield, value });
  return campaign!;
}

const shownClaims = async (page = visitor.page) => [
  ...(await page.locator("tsuide-set:visible").evaluateAll((all) => all.map((one) => one.getAttribute("data-claim")))),
  ...(await page
    .locator("tsuide-add-on:visible")
    .evaluateAll((all) => all.map((one) => /ao-\d+-\d+/.exec(one.outerHTML)?.[0]))),
];
const OF_CAMPAIGN = ["bt-31-8001/product", "ao-31-8001"];

test("a visitor of a campaign is painted its offers, on later pages too, and any other one what comes next", async () => {
  const before = new Map(browser.shop.metafields);
  const others = async () => {
    await visitor.open(PRODUCT);
    return shownClaims();
  };
  const usual = await others();
  publishSplit(0, [], [publishForCampaign()]);
  expect(usual).toHaveLength(2);
  expect(await others()).toEqual(usual);

  await consent();
  await visitor.open(`${PRODUCT}?utm_source=mail&utm_campaign=SUMMER+sale`);
  expect(await shownClaims()).toEqual(OF_CAMPAIGN);
  expect((await noted()).shift).toBe(0);
  await vi.waitFor(() => expect(kinds()).toContain("seen"), PATIENT);
  // What is kept off the page is not counted as shown.
  const claims = JSON.stringify(events());
  expect([claims.includes("bt-31-8001"), usual.some((claim) => claims.includes(claim!))]).toEqual([true, false]);
  const kept = () => visitor.page.evaluate(() => localStorage.getItem("tsuide-visit"));
  await seen(kept).toMatch(/utm_campaign=summer\+sale/);

  // The visit goes on without the parameter, until another link is followed.
  await visitor.open("/collections/all");
  await visitor.open(PRODUCT);
  expect(await shownClaims()).toEqual(OF_CAMPAIGN);
  await visitor.open(`${PRODUCT}?utm_campaign=winter`);
  expect(await shownClaims()).toEqual(usual);
  await seen(kept).toMatch(/utm_campaign=winter/);
  await visitor.open(PRODUCT);
  expect(await shownClaims()).toEqual(usual);

  // Japanese as well; and once the visit is over nobody is of its campaign.
  await visitor.open(`${PRODUCT}?utm_campaign=${encodeURIComponent("夏")}`);
  await seen(kept).toMatch(/utm_campaign=%E5%A4%8F/);
  await visitor.open(PRODUCT);
  expect(await shownClaims()).toEqual(OF_CAMPAIGN);
  await visitor.page.evaluate(() => localStorage.setItem("tsuide-visit", `${Date.now() - 1}&utm_campaign=%E5%A4%8F`));
  await visitor.open(PRODUCT);
  expect(await shownClaims()).toEqual(usual);
  for (const [key, metafield] of before) browser.shop.metafields.set(key, metafield);
});

test("without consent the landing page shows a campaign's offers and nothing is kept", async () => {
  const before = new Map(browser.shop.metafields);
  publishSplit(0, [], [publishForCampaign()]);
  await visitor.open(`${PRODUCT}?utm_campaign=summer%20sale`);
  expect(await shownClaims()).toEqual(OF_CAMPAIGN);
  await visitor.page.waitForTimeout(500);
  expect(await visitor.page.evaluate(() => Object.keys(localStorage))).not.toContain("tsuide-visit");
  await visitor.open(PRODUCT);
  expect(await shownClaims()).not.toContain(OF_CAMPAIGN[0]);
  const plain = await browser.visitor({ javaScriptEnabled: false });
  await plain.page.goto(`${browser.origin}${PRODUCT}?utm_campaign=summer%20sale`);
  expect(await shownClaims(plain.page)).not.toContain(OF_CAMPAIGN[0]);
  expect(await shownClaims(plain.page)).toHaveLength(2);
  await plain.close();
  for (const [key, metafield] of before) browser.shop.metafields.set(key, metafield);
});

test("the holdout goes before campaigns, and a campaign's offer before those that are compared", async () => {
  const before = new Map(browser.shop.metafields);
  publishRivals();
  const campaign = publishForCampaign();
  const arms = [1, 1_000_000].map((weight, place) => ({ name: "", weight, hides: [place === 0 ? 21 : 1] }));
  publishSplit(0, [{ ...withoutSet(), arms }], [campaign]);
  await consent();
  await visitor.open("/");
  await seen(keptUnit).toMatch(/^v:/);
  await visitor.open(PRODUCT);
  expect((await shownClaims())[0]).toBe("bt-21-8001/product");
  await visitor.open(`${PRODUCT}?utm_campaign=summer%20sale`);
  expect(await shownClaims()).toEqual(OF_CAMPAIGN);
  publishSplit(SLOTS, [], [campaign]);
  await visitor.open(`${PRODUCT}?utm_campaign=summer%20sale`);
  expect(await shownWidgets()).toEqual([]);
  for (const [key, metafield] of before) browser.shop.metafields.set(key, metafield);
});

test("without JavaScript everything is shown", async () => {
  publishSplit(SLOTS, [withoutSet()]);
  const plain = await browser.visitor({ javaScriptEnabled: false });
  await plain.page.goto(browser.origin + PRODUCT);
  expect(await plain.page.locator("tsuide-set:visible").count()).toBe(1);
  await plain.close();
});
