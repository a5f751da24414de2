import { afterAll, beforeAll, expect, test } from "vitest";
import { smallOrder, smallProduct, smallShop } from "../../test/fixtures/small-shop.ts";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import type { DevOrder, DevProduct, DevShop } from "../../test/dev-store/shop/state.ts";
import { gid, type ProductId } from "../domain/ids.ts";
import { parseProductOffer } from "../domain/offers/types/bought-together/published.ts";
import type { BoughtTogetherPageView } from "../views/bought-together-view.ts";
import { readCompanions } from "../flows/offers/read-companions.ts";
import { changeFirstOffers } from "../../test/fixtures/first-offers.ts";
import * as groups from "./app.product-groups.tsx";
import * as route from "./app.bought-together.tsx";
import * as settings from "./app.settings.tsx";
import { syncProduct } from "../flows/catalogue/sync-product.ts";
import { settingsForm } from "../ui/pages/settings/settings-form.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import { DAY_MS } from "../domain/time/day.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const [TEA, CUP, POT, SPOON, CLOTH, RICE] = ["1", "2", "3", "4", "5", "6"];
const product = (id: string) => gid("Product", id);

function products(): Map<string, DevProduct> {
  const named = {
    [TEA!]: { title: "ｾﾝﾁｬ Sencha", vendor: "Uji", productType: "Tea" },
    [CUP!]: { title: "カップ", vendor: "Arita", productType: "Cup" },
    [POT!]: { title: "Teapot", vendor: "Arita", productType: "Pot" },
    [SPOON!]: { title: "Spoon", vendor: "Arita", productType: "Food" },
    [CLOTH!]: { title: "Cloth", vendor: "Uji", productType: "Food" },
    [RICE!]: { title: "Rice", vendor: "Uji", productType: "Food" },
  };
  const made = new Map(Object.entries(named).map(([id, facts]) => [id, smallProduct(id, facts)]));
  Object.assign(made.get(POT!)!.variants[0]!, { sku: "TSU-0042", priceMinor: 9_999, costMinor: 9_500 });
  // Nobody has bought these, and each stands on a page of its own kind.
  for (let id = 100; id < 125; id++) made.set(String(id), smallProduct(String(id), { title: `Box ${id}` }));
  return made;
}

/** Tea with cups, tea with pots; three orders of a spoon with a cloth; many of rice alone. */
function orders(): Map<string, DevOrder> {
  const placed = new Map<string, DevOrder>();
  const add = (ids: readonly string[]) => {
    const id = String(1000 + placed.size);
    placed.set(id, smallOrder(id, ids, NOW - (300 - (placed.size % 300)) * DAY_MS));
  };
  for (let n = 0; n < 60; n++) add([TEA!, CUP!]);
  for (let n = 0; n < 40; n++) add([TEA!, POT!]);
  for (let n = 0; n < 3; n++) add([SPOON!, CLOTH!]);
  for (let n = 0; n < 500; n++) add([RICE!]);
  return placed;
}

let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = smallShop([], { products: products(), orders: orders() });
  app = await wireApp([shop], { now: () => NOW });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());

async function look(address = ""): Promise<BoughtTogetherPageView> {
  const request = pageRequest(`/app/bought-together${address}`, { shop: app.shop });
  return (await route.loader({ request, params: {}, context: app.loadContext })).view;
}

async function send(fields: Record<string, string>): Promise<Record<string, unknown>> {
  const request = pageRequest("/app/bought-together", { shop: app.shop }, new URLSearchParams(fields));
  return (await route.action({ request, params: {}, context: app.loadContext })) as Record<string, unknown>;
}

const titles = ({ rows }: BoughtTogetherPageView) => rows.map(({ title }) => title);
const rowOf = (view: BoughtTogetherPageView, id: string) =>
  view.rows.find(({ productId }) => productId === product(id))!;
const offered = (id: string): string[] => {
  const metafield = [...shop.metafields.values()].find((one) => one.key === "offers" && one.ownerId === product(id));
  return metafield === undefined ? [] : parseProductOffer(metafield.value)!.companions.map((one) => one.product);
};

async function setMode(mode: "automatic" | "review" | "manual"): Promise<void> {
  await changeFirstOffers(app.shop, { mode }, app.context);
  await app.drain();
}

test("a row says what orders say, and apart from it what shoppers see", async () => {
  const view = await look();
  expect(rowOf(view, TEA!)).toMatchObject({ orders: 100, evidence: "strong", display: "shown" });
  expect(rowOf(view, TEA!).shown.sort()).toEqual(["Teapot", "カップ"].sort());
  expect(rowOf(view, SPOON!)).toMatchObject({ evidence: "none", display: "no-suggestion", shown: [] });
  expect(view.first!.productId).toBe(product(RICE!));
  expect(await readCompanions(app.shop, product(TEA!), "", app.context)).toMatchObject({
    ordersMissing: null,
    bestSellers: [],
  });
  expect(view.analysedAt?.slice(0, 10)).toBe("2026-11-20");
  expect(view.publishedAt).not.toBe(null);
});

test("where the shop shows only pins, evidence stays evidence", async () => {
  await setMode("manual");
  const view = await look();
  expect(rowOf(view, TEA!)).toMatchObject({ evidence: "strong", display: "to-pin", shown: [] });
  expect(titles(await look("?show=no-evidence"))).not.toContain("ｾﾝﾁｬ Sencha");
  expect((await look("?show=live")).rows).toEqual([]);
  await setMode("automatic");
});

test("what waits for review is counted and listed, and is not shown", async () => {
  await setMode("review");
  const waiting = await look("?show=review");
  expect(titles(waiting).sort()).toEqual(["Teapot", "ｾﾝﾁｬ Sencha", "カップ"].sort());
  expect(waiting).toMatchObject({ toReview: 3, total: 3 });
  expect(rowOf(waiting, TEA!).display).toBe("to-review");
  expect(offered(TEA!)).toEqual([]);
  await setMode("automatic");
  expect(await look("?show=review")).toMatchObject({ toReview: 0, total: 0 });
});

test("a companion is replaced by a product of a person's choice, and comes back with its undo", async () => {
  const before = offered(TEA!);
  const pair = { trigger: product(TEA!), companion: product(CUP!), by: product(SPOON!) };
  const replaced = await send({ intent: "replace", ...pair });
  expect(replaced).toMatchObject({ code: "ok", before: { companion: null, by: null } });
  await app.drain();
  expect(offered(TEA!)).toEqual([SPOON, POT]);
  const undone = await send({ intent: "undo-replace", ...pair, before: JSON.stringify(replaced.before) });
  expect(undone).toMatchObject({ code: "ok" });
  await app.drain();
  expect(offered(TEA!)).toEqual(before);
});

test("what replaces a pin takes its place, and its undo brings the pin back", async () => {
  for (const companion of [CLOTH!, RICE!]) {
    await send({ intent: "pin", trigger: product(TEA!), companion: product(companion) });
  }
  const pair = { trigger: product(TEA!), companion: product(CLOTH!), by: product(SPOON!) };
  const replaced = await send({ intent: "replace", ...pair });
  expect(replaced).toMatchObject({ code: "ok", before: { companion: "pin", by: null } });
  await app.drain();
  expect(offered(TEA!).slice(0, 2)).toEqual([SPOON, RICE]);
  await send({ intent: "undo-replace", ...pair, before: JSON.stringify(replaced.before) });
  await app.drain();
  expect(offered(TEA!).slice(0, 2)).toEqual([CLOTH, RICE]);
  for (const companion of [CLOTH!, RICE!]) {
    await send({ intent: "unpin", trigger: product(TEA!), companion: product(companion) });
  }
  await app.drain();
});

test("a product is replaced by neither itself nor its trigger, nor by what is not in the shop", async () => {
  const pair = { trigger: product(TEA!), companion: product(CUP!) };
  for (const by of [TEA!, CUP!]) {
    expect(await send({ intent: "replace", ...pair, by: product(by) })).toMatchObject({ code: "same-product" });
  }
  expect(await send({ intent: "replace", ...pair, by: product("999") })).toMatchObject({ code: "unknown-product" });
  for (const before of ["", "[]", '{"companion":"steal","by":null}']) {
    expect(await send({ intent: "undo-replace", ...pair, by: product(POT!), before })).toMatchObject({
      code: "invalid",
    });
  }
});

async function setLimits(typed: { companionPricePercent?: string; leastMarginPercent?: string }): Promise<void> {
  const { view } = await settings.loader({
    ...{ request: pageRequest("/app/settings", { shop: app.shop }), params: {}, context: app.loadContext },
  });
  const form = JSON.stringify({ fields: { ...settingsForm(view), ...typed }, version: view.version });
  const request = pageRequest("/app/settings", { shop: app.shop }, new URLSearchParams({ intent: "save", form }));
  const answer = await settings.action({ request, params: {}, context: app.loadContext });
  expect(await answer.json()).toMatchObject({ code: "saved" });
  await app.drain();
}
async function setPrice(id: string, priceMinor: number): Promise<void> {
  const priced = shop.products.get(id)!;
  priced.variants[0]!.priceMinor = priceMinor;
  // Later than what the import read, and than the price before it.
  priced.updatedAt = Math.max(priced.updatedAt, NOW) + 60_000;
  await syncProduct(app.shop, product(id), app.context);
  await app.drain();
}
const limitOf = async (id: string) =>
  (await readCompanions(app.shop, product(TEA!), "", app.context))!.companions.find(
    ({ productId }) => productId === product(id),
  )!.limit;

test("what costs too much beside a product is not suggested with it, unless a person pins it", async () => {
  const before = offered(TEA!);
  await setLimits({ companionPricePercent: "200" });
  expect(offered(TEA!)).toEqual([CUP]);
  expect([await limitOf(POT!), await limitOf(CUP!)]).toEqual(["too-expensive", null]);
  // The tea is the cheaper one of the two.
  expect(offered(POT!)).toEqual([TEA]);
  const pair = { trigger: product(TEA!), companion: product(POT!) };
  await send({ intent: "pin", ...pair });
  await app.drain();
  expect(offered(TEA!).toSorted()).toEqual([CUP, POT]);
  await send({ intent: "unpin", ...pair });
  await setPrice(POT!, 3_998);
  expect(offered(TEA!)).toEqual(before);
  await setPrice(POT!, 9_999);
  await setLimits({ companionPricePercent: "" });
  expect(offered(TEA!)).toEqual(before);
});

test("no discount takes a suggested product below its cost, and a margin is kept without one", async () => {
  const before = offered(TEA!);
  await changeFirstOffers(app.shop, { discountBasisPoints: 1_000 }, app.context);
  await app.drain();
  expect(offered(TEA!)).toEqual([CUP]);
  expect(await limitOf(POT!)).toBe("low-margin");
  await changeFirstOffers(app.shop, { discountBasisPoints: 0 }, app.context);
  await app.drain();
  expect(offered(TEA!)).toEqual(before);
  await setLimits({ leastMarginPercent: "6" });
  expect(offered(TEA!)).toEqual([CUP]);
  await setLimits({ leastMarginPercent: "0" });
  expect(offered(TEA!)).toEqual(before);
});

test("a product is excluded everywhere with one decision, and comes back with its undo", async () => {
  const before = offered(TEA!);
  expect(before.toSorted()).toEqual([CUP, POT]);
  const decided = await send({ intent: "exclude", product: product(CUP!), asTrigger: "true", asCompanion: "true" });
  expect(decided).toMatchObject({ code: "ok", before: { asTrigger: false, asCompanion: false } });
  await app.drain();
  expect(offered(TEA!)).toEqual([POT]);
  expect(offered(CUP!)).toEqual([]);
  const listed = await look("?show=excluded");
  expect(titles(listed)).toEqual(["カップ"]);
  expect(listed.rows[0]).toMatchObject({ display: "excluded", excluded: { asTrigger: true, asCompanion: true } });
  const detail = (await readCompanions(app.shop, product(TEA!), "", app.context))!;
  expect(detail.companions.find(({ productId }) => productId === product(CUP!))).toMatchObject({ excluded: true });

  await send({ intent: "exclude", product: product(CUP!), asTrigger: "false", asCompanion: "false" });
  await app.drain();
  expect(offered(TEA!)).toEqual(before);
  expect((await look("?show=excluded")).rows).toEqual([]);
});

test("a product can be excluded as a companion alone, or as what others are suggested with; a pin changes nothing", async () => {
  await send({ intent: "exclude", product: product(TEA!), asTrigger: "false", asCompanion: "true" });
  await app.drain();
  expect(offered(CUP!)).toEqual([]);
  expect(offered(TEA!).length).toBe(2);
  await send({ intent: "pin", trigger: product(CUP!), companion: product(TEA!) });
  await send({ intent: "exclude", product: product(TEA!), asTrigger: "true", asCompanion: "true" });
  await send({ intent: "exclude", product: product(TEA!), asTrigger: "true", asCompanion: "false" });
  await app.drain();
  expect(offered(CUP!)).toContain(TEA);
  expect(offered(TEA!)).toEqual([]);
  await send({ intent: "unpin", trigger: product(CUP!), companion: product(TEA!) });
  await send({ intent: "exclude", product: product(TEA!), asTrigger: "false", asCompanion: "false" });
  await app.drain();
});

test("a product without a suggestion says how many orders are missing, and offers best sellers to pin", async () => {
  const spoon = (await readCompanions(app.shop, product(SPOON!), "", app.context))!;
  // Three of the five orders that fair evidence takes are there.
  expect(spoon.ordersMissing).toBe(2);
  // Of its own type first, then what sells best.
  expect(spoon.bestSellers.map(({ title }) => title).slice(0, 4)).toEqual(["Rice", "Cloth", "ｾﾝﾁｬ Sencha", "カップ"]);
  expect(spoon.bestSellers[0]).toMatchObject({ orders: 500, sameType: true });
  await send({ intent: "exclude", product: product(CUP!), asTrigger: "false", asCompanion: "true" });
  const without = (await readCompanions(app.shop, product(SPOON!), "", app.context))!;
  expect(without.bestSellers.map(({ title }) => title)).not.toContain("カップ");
  await send({ intent: "exclude", product: product(CUP!), asTrigger: "false", asCompanion: "false" });
  await app.drain();
});

test.each([
  ["half-width kana finds full-width", "セン", ["ｾﾝﾁｬ Sencha"]],
  ["hiragana finds katakana", "かっぷ", ["カップ"]],
  ["full-width letters find plain ones", "ＴＥＡＰＯＴ", ["Teapot"]],
  ["a part of a SKU", "tsu-0042", ["Teapot"]],
  ["a vendor", "arita", ["カップ", "Teapot", "Spoon"]],
])("search: %s", async (_, typed, found) => {
  expect(titles(await look(`?q=${encodeURIComponent(typed)}`))).toEqual(found);
});

test("the list is narrowed to a vendor and a type", async () => {
  expect(titles(await look("?vendor=Uji&type=Food"))).toEqual(["Rice", "Cloth"]);
  const request = pageRequest("/app/product-groups", { shop: app.shop });
  expect(await groups.loader({ request, params: {}, context: app.loadContext })).toEqual({
    vendors: ["Arita", "Uji"],
    types: ["Food", "Cup", "Pot", "Tea"],
  });
});

test("pages run through products with orders first, each product once, and end at the last page", async () => {
  const seen: string[] = [];
  for (const page of [1, 2]) seen.push(...titles(await look(`?page=${page}`)));
  expect(seen.length).toBe(31);
  expect(new Set(seen).size).toBe(31);
  expect(seen.slice(0, 3)).toEqual(["Rice", "ｾﾝﾁｬ Sencha", "カップ"]);
  expect(await look("?page=99")).toMatchObject({ page: 2, pageCount: 2, total: 31 });
});

test("what was sent and makes no sense is refused, and changes nothing", async () => {
  const senseless: Record<string, string>[] = [
    { intent: "exclude", product: "42", asTrigger: "maybe", asCompanion: "true" },
    { intent: "exclude", product: product("99999999999999999999"), asTrigger: "true", asCompanion: "true" },
    { intent: "approve", products: "all of them" },
    { intent: "approve", products: JSON.stringify(Array.from({ length: 51 }, (_, n) => product(String(n + 1)))) },
    { intent: "take-back", approved: JSON.stringify([{ trigger: "moon", companion: "sun" }]) },
  ];
  for (const fields of senseless) {
    expect(await send(fields)).toMatchObject({ code: "invalid" });
  }
  const gone = await send({ intent: "exclude", product: product("999"), asTrigger: "true", asCompanion: "true" });
  expect(gone).toMatchObject({ code: "unknown-product" });
});

/** What the page sends for one row that stands closed. */
test("a closed row carries no companion's figures", async () => {
  const { rows } = await look();
  for (const row of rows) expect(JSON.stringify(row).length).toBeLessThan(700);
  expect(Object.keys(rows[0]!)).not.toContain("companions");
  const unknown = await readCompanions(app.shop, product("999") as ProductId, "", app.context);
  expect(unknown).toBe(null);
});
