import { afterAll, beforeAll, expect, test } from "vitest";
import { smallOrder, smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { changeFirstOffers, readFirstOffer } from "../../../test/fixtures/first-offers.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { gid, shopDomain, type ShopDomain } from "../../domain/ids.ts";
import { parseProductOffer } from "../../domain/offers/types/bought-together/published.ts";
import { parseCheckout } from "../../domain/publishing/shop-envelopes.ts";
import type { FormSettings } from "../../domain/settings/sections.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { saveShopSettings } from "../../persistence/settings/settings.ts";
import { readActivity } from "../activity/read-activity.ts";
import { changeStatus } from "../offers/change-status.ts";
import { readBoughtTogether } from "../offers/read-bought-together.ts";
import { readReview } from "../offers/read-review.ts";
import { reviewSuggestions } from "../offers/review-suggestions.ts";
import { saveOffer } from "../offers/save-offer.ts";
import { requestPublish } from "../publishing/request-publish.ts";
import { readHome } from "../shop/read-home.ts";
import { installShop } from "../shop/install-shop.ts";
import { readSettings } from "./read-settings.ts";
import { saveSettings } from "./save-settings.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const OTHER_SHOP = shopDomain("neighbour.myshopify.com");
const [TEA, CUP, RICE] = ["1", "2", "3"] as [string, string, string];

let app: WiredApp;
let shop: DevShop;
let neighbour: DevShop;

beforeAll(async () => {
  const given = () => {
    const baskets = [...Array<string[]>(60).fill([TEA, CUP]), ...Array<string[]>(500).fill([RICE])];
    const orders = baskets.map((ids, n) => smallOrder(String(1000 + n), ids, NOW - (300 - (n % 300)) * DAY_MS));
    return {
      products: new Map([TEA, CUP, RICE].map((id) => [id, smallProduct(id)])),
      orders: new Map(orders.map((order) => [order.id, order])),
    };
  };
  shop = smallShop([], given());
  neighbour = smallShop([], { domain: OTHER_SHOP, ...given() });
  app = await wireApp([shop, neighbour], { now: () => NOW });
  for (const domain of [app.shop, OTHER_SHOP]) {
    await app.signIn(domain);
    await installShop(domain, app.context);
  }
  await app.drain();
});
afterAll(() => app.close());

const held = (key: string, at: DevShop) => [...at.metafields.values()].filter((one) => one.key === key);
const offered = (id: string, at = shop): string[] => {
  const metafield = held("offers", at).find(({ ownerId }) => ownerId === gid("Product", id));
  return metafield === undefined ? [] : parseProductOffer(metafield.value)!.companions.map((one) => one.product);
};
async function save(changes: Partial<FormSettings>, domain: ShopDomain = app.shop): Promise<void> {
  expect(await saveSettings(domain, changes, null, app.context)).toMatchObject({ code: "saved" });
  await app.drain();
}

test("new offers and those of every shop follow the shop's mode, which is automatic", async () => {
  expect(await readFirstOffer(app.shop, "bought-together", app.context)).toMatchObject({
    content: { mode: "shop" },
    offer: { mode: "automatic" },
  });
  expect(await readSettings(app.shop, app.context)).toMatchObject({
    shopMode: "automatic",
    modes: { following: [{ number: 1, type: "bought-together", name: "" }], own: [] },
  });
  expect(offered(TEA)).toEqual([CUP]);
});

test("in manual mode nothing learnt is shown in that shop, and what was approved stays", async () => {
  await save({ shopMode: "manual" });
  expect([offered(TEA), offered(CUP)]).toEqual([[], []]);
  expect(held("best_sellers", shop)).toEqual([]);
  expect(await readHome(app.shop, app.context)).toMatchObject({ offers: { mode: "manual", toReview: { pairs: 0 } } });
  expect([offered(TEA, neighbour), held("best_sellers", neighbour).length]).toEqual([[CUP], 1]);
  await save({ shopMode: "review" });
  expect(await readReview(app.shop, 1, app.context)).toMatchObject({ isReviewing: true, pairs: 2 });
  await reviewSuggestions(
    app.shop,
    "approve",
    [{ trigger: gid("Product", TEA), companion: gid("Product", CUP) }],
    app.context,
  );
  await app.drain();
  expect([offered(TEA), offered(CUP)]).toEqual([[CUP], []]);
  expect(held("best_sellers", shop)).toHaveLength(1);
  await save({ shopMode: "manual" });
  expect([offered(TEA), offered(CUP)]).toEqual([[CUP], []]);
});

test("an offer with a mode of its own keeps it, and the settings and the list of products say so", async () => {
  const all = { search: "", page: 1, filter: "all" } as const;
  expect((await readBoughtTogether(app.shop, all, app.context)).mainSet).toMatchObject({ followsShop: true });
  await changeFirstOffers(app.shop, { mode: "automatic" }, app.context);
  await app.drain();
  expect(offered(CUP)).toEqual([TEA]);
  expect((await readBoughtTogether(app.shop, all, app.context)).mainSet).toMatchObject({
    ...{ mode: "automatic", followsShop: false },
  });
  expect((await readSettings(app.shop, app.context)).modes).toEqual({
    following: [],
    own: [{ number: 1, type: "bought-together", name: "", mode: "automatic" }],
  });
  const { number, version, content } = await readFirstOffer(app.shop, "bought-together", app.context);
  await saveOffer(app.shop, { number, version }, { ...content, mode: "shop" }, app.context);
  await app.drain();
  expect(offered(CUP)).toEqual([]);
});

test("an archived offer counts as none that follows the shop", async () => {
  const { number } = await readFirstOffer(app.shop, "bought-together", app.context);
  await changeStatus(app.shop, [number], "archived", app.context);
  expect((await readSettings(app.shop, app.context)).modes.following).toEqual([]);
  // A product to which no offer applies goes by the shop's mode.
  expect((await readHome(app.shop, app.context)).offers.mode).toBe("manual");
  await changeStatus(app.shop, [number], "active", app.context);
  await app.drain();
});

test("in manual mode checkout does not use customers' own histories", async () => {
  await inShop(app.context.database, app.shop, async (tx) => {
    await saveShopSettings(tx, { useCustomerHistory: true });
    await requestPublish(tx, app.context.now(), 0);
  });
  await app.drain();
  const history = () => parseCheckout(held("checkout", shop)[0]!.value)?.history;
  expect(history()).toBe(false);
  await save({ shopMode: "automatic" });
  expect(history()).toBe(true);
});

test("a change of the shop's mode is in the activity by itself", async () => {
  await save({ leastMarginPercent: 5 });
  await save({ leastMarginPercent: 6, shopMode: "review" });
  const kinds = (await readActivity(app.shop, 1, app.context)).rows.map(({ kind }) => kind);
  const ofSettings = kinds.filter((kind) => kind === "settings-saved" || kind.startsWith("shop-mode-"));
  expect(ofSettings.toReversed()).toEqual([
    ...["shop-mode-manual", "shop-mode-review", "shop-mode-manual", "shop-mode-automatic", "settings-saved"],
    ...["shop-mode-review", "settings-saved"],
  ]);
});
