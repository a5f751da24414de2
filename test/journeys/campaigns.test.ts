import { expect, test, vi } from "vitest";
import { SLOTS } from "../../app/domain/measurement/experiments/slot.ts";
import { publishedCampaigns } from "../../app/domain/offers/shopper-conditions/campaign.ts";
import type { ThemeBrowser } from "../fixtures/theme-browser.ts";
import { PATIENT } from "../patience.ts";
import { betweenRivals, PRODUCT, publishRivals, useSplitShop } from "./split-shop.ts";
import { seen } from "./theme-looks.ts";

/* What visitors of a campaign are shown, decided in a real browser by the address that they came by. */

const shop = useSplitShop();
const PRODUCT_OWNER = "gid://shopify/Product/8001";

/** Before the set, and before the add-on, one for visitors of a campaign. */
function publishForCampaign({ metafields }: ThemeBrowser["shop"]) {
  const condition = { parameter: "campaign", inCampaigns: ["Summer Sale", "夏"] } as const;
  const [campaign] = publishedCampaigns([{ shoppers: [[{ shopper: "campaign", ...condition }]] }]);
  const offers = `${PRODUCT_OWNER}|$app|offers`;
  const metafield = metafields.get(offers)!;
  const envelope = JSON.parse(metafield.value) as { offers: { id: string; type: string }[] };
  const before = envelope.offers
    .filter(({ type, id }) => type === "add-on" || id.startsWith("bt-1-"))
    .map((offer) => ({ ...offer, id: offer.id.replace(/-\d+-/, "-31-"), tests: `u${campaign![0]}` }));
  const value = JSON.stringify({ ...envelope, offers: [...before, ...envelope.offers] });
  metafields.set(offers, { ...metafield, value });
  return campaign!;
}

const shownClaims = async (page = shop.visitor.page) => [
  ...(await page.locator("tsuide-set:visible").evaluateAll((all) => all.map((one) => one.getAttribute("data-claim")))),
  ...(await page
    .locator("tsuide-add-on:visible")
    .evaluateAll((all) => all.map((one) => /ao-\d+-\d+/.exec(one.outerHTML)?.[0]))),
];
const OF_CAMPAIGN = ["bt-31-8001/product", "ao-31-8001"];

test("a visitor of a campaign is painted its offers, on later pages too, and any other one what comes next", async () => {
  const others = async () => {
    await shop.visitor.open(PRODUCT);
    return shownClaims();
  };
  const usual = await others();
  shop.publishSplit(0, [], [publishForCampaign(shop.browser.shop)]);
  expect(usual).toHaveLength(2);
  expect(await others()).toEqual(usual);

  await shop.consent();
  await shop.visitor.open(`${PRODUCT}?utm_source=mail&utm_campaign=SUMMER+sale`);
  expect(await shownClaims()).toEqual(OF_CAMPAIGN);
  expect((await shop.noted()).shift).toBe(0);
  await vi.waitFor(() => expect(shop.kinds()).toContain("seen"), PATIENT);
  // What is kept off the page is not counted as shown.
  const claims = JSON.stringify(shop.events());
  expect([claims.includes("bt-31-8001"), usual.some((claim) => claims.includes(claim!))]).toEqual([true, false]);
  const kept = () => shop.visitor.page.evaluate(() => localStorage.getItem("tsuide-visit"));
  await seen(kept).toMatch(/utm_campaign=summer\+sale/);

  // The visit goes on without the parameter, until another link is followed.
  await shop.visitor.open("/collections/all");
  await shop.visitor.open(PRODUCT);
  expect(await shownClaims()).toEqual(OF_CAMPAIGN);
  await shop.visitor.open(`${PRODUCT}?utm_campaign=winter`);
  expect(await shownClaims()).toEqual(usual);
  await seen(kept).toMatch(/utm_campaign=winter/);
  await shop.visitor.open(PRODUCT);
  expect(await shownClaims()).toEqual(usual);

  // Japanese as well; and once the visit is over nobody is of its campaign.
  await shop.visitor.open(`${PRODUCT}?utm_campaign=${encodeURIComponent("夏")}`);
  await seen(kept).toMatch(/utm_campaign=%E5%A4%8F/);
  await shop.visitor.open(PRODUCT);
  expect(await shownClaims()).toEqual(OF_CAMPAIGN);
  await shop.visitor.page.evaluate(() =>
    localStorage.setItem("tsuide-visit", `${Date.now() - 1}&utm_campaign=%E5%A4%8F`),
  );
  await shop.visitor.open(PRODUCT);
  expect(await shownClaims()).toEqual(usual);
});

test("without consent the landing page shows a campaign's offers and nothing is kept", async () => {
  shop.publishSplit(0, [], [publishForCampaign(shop.browser.shop)]);
  await shop.visitor.open(`${PRODUCT}?utm_campaign=summer%20sale`);
  expect(await shownClaims()).toEqual(OF_CAMPAIGN);
  await shop.visitor.page.waitForTimeout(500);
  expect(await shop.visitor.page.evaluate(() => Object.keys(localStorage))).not.toContain("tsuide-visit");
  await shop.visitor.open(PRODUCT);
  expect(await shownClaims()).not.toContain(OF_CAMPAIGN[0]);
  const plain = await shop.browser.visitor({ javaScriptEnabled: false });
  await plain.page.goto(`${shop.browser.origin}${PRODUCT}?utm_campaign=summer%20sale`);
  expect(await shownClaims(plain.page)).not.toContain(OF_CAMPAIGN[0]);
  expect(await shownClaims(plain.page)).toHaveLength(2);
  await plain.close();
});

test("the holdout goes before campaigns, and a campaign's offer before those that are compared", async () => {
  publishRivals(shop.browser.shop);
  const campaign = publishForCampaign(shop.browser.shop);
  shop.publishSplit(0, [betweenRivals()], [campaign]);
  await shop.consent();
  await shop.visitor.open("/");
  await seen(() => shop.keptUnit()).toMatch(/^v:/);
  await shop.visitor.open(PRODUCT);
  expect((await shownClaims())[0]).toBe("bt-21-8001/product");
  await shop.visitor.open(`${PRODUCT}?utm_campaign=summer%20sale`);
  expect(await shownClaims()).toEqual(OF_CAMPAIGN);
  shop.publishSplit(SLOTS, [], [campaign]);
  await shop.visitor.open(`${PRODUCT}?utm_campaign=summer%20sale`);
  expect(await shop.shownWidgets()).toEqual([]);
});
