import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DevOrder, DevShop } from "../../../test/dev-store/shop/state.ts";
import { changeFirstOffers } from "../../../test/fixtures/first-offers.ts";
import { smallOrder, smallProduct, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import type { PublishedOffer } from "../../domain/offers/types/bought-together/published.ts";
import type { SegmentedBy } from "../../domain/shoppers/shopper.ts";
import { parseProductOffer } from "../../domain/offers/types/bought-together/published.ts";
import { streamInShop } from "../../persistence/database/in-shop.ts";
import { deleteSegmentListsExcept, saveSegmentLists } from "../../persistence/mining/lists/segment-lists.ts";
import { formSettings, type FormSettings } from "../../domain/settings/sections.ts";
import { chooseCompanion, takeBackChoice } from "./choose-companion.ts";
import { installShop } from "../shop/install-shop.ts";
import { markPublishDue } from "../../persistence/publishing/publish-due.ts";
import { publishOffers } from "../publishing/publish-offers.ts";
import { readBoughtTogether } from "./read-bought-together.ts";
import { saveSettings } from "../settings/save-settings.ts";
import { DAY_MS } from "../../domain/time/day.ts";

const LAST_ORDER = Date.parse("2026-11-20T10:00:00Z");
const TEA = "11";
/** What the tea is bought with, all well attested; the cup most often, which alone was in ten orders lately. */
const COMPANIONS = Array.from({ length: 10 }, (_, n) => String(12 + n));
const CUP = "12";
/** Bought with the tea once. */
const CHANCE = "30";

function history(): Map<string, DevOrder> {
  const orders = new Map<string, DevOrder>();
  const add = (products: readonly string[], at: number) => {
    const id = String(1000 + orders.size);
    orders.set(id, { ...smallOrder(id, products, at), customerId: String(500 + orders.size) });
  };
  for (let day = 0; day < 300; day++) {
    const at = LAST_ORDER - (299 - day) * DAY_MS;
    add([TEA, COMPANIONS[day % 10]!], at);
    if (day % 2 === 0) add([TEA, CUP], at - 1000);
    for (const single of ["40", "41", COMPANIONS[(day + 5) % 10]!, CHANCE]) add([single], at - 2000);
  }
  add([TEA, CHANCE], LAST_ORDER - 5000);
  return orders;
}

let app: WiredApp;
let shop: DevShop;
let now = LAST_ORDER + DAY_MS;

beforeAll(async () => {
  const ids = [TEA, ...COMPANIONS, CHANCE, "40", "41"];
  const products = new Map(ids.map((id) => [id, smallProduct(id)]));
  shop = smallShop([], { products, orders: history() });
  app = await wireApp([shop], { now: () => now });
  app.store.context(app.shop).setScopes([...shop.installation.scopes, "write_customers"]);
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());
beforeEach(() => {
  now = LAST_ORDER + DAY_MS;
});

const held = (key: string) =>
  [...shop.metafields.values()].find((one) => one.key === key && one.ownerId === gid("Product", TEA))?.value;
const offer = (): PublishedOffer => parseProductOffer(held("offers"))!;
const productsOf = (companions: PublishedOffer["companions"]) => companions.map(({ product }) => product);
const own = () => productsOf(offer().companions);
const segments = () => (offer().segments ?? []).map((one) => [one.by, one.is, productsOf(one.companions)]);

async function learnt(lists: readonly [SegmentedBy, string, readonly string[]][]): Promise<void> {
  const rows = lists.map(([by, is, companions], place) => ({
    ...{ product: TEA, by, is, place },
    companions: companions.map((item, n) => ({ item, weight: 0.5 / (n + 1) })),
  }));
  await streamInShop(app.context.database, app.shop, async (tx) => {
    await saveSegmentLists(tx, rows);
    await deleteSegmentListsExcept(tx, rows);
    await markPublishDue(tx, [gid("Product", TEA)]);
  });
  await publishOffers(app.shop, app.context);
}

async function choose(change: Partial<FormSettings>): Promise<void> {
  expect(await saveSettings(app.shop, { ...formSettings.default, ...change }, null, app.context)).toMatchObject({
    code: "saved",
  });
  await publishOffers(app.shop, app.context);
}

test("a segment that shoppers online can be in has its list published, followed by the best of the default list", async () => {
  const [first, , , ninth] = [own()[0]!, own()[1]!, own()[2]!, own()[8]!];
  await learnt([
    ["channel", "pos", [ninth]],
    ["customer", "returning", [ninth, first]],
    ["rank", "A", [ninth]],
  ]);
  expect(segments()).toEqual([["customer", "returning", [ninth, first, ...own().slice(1, 7)]]]);
  expect(JSON.parse(held("segment_companions")!)).toEqual([gid("Product", ninth)]);
  await choose({ useCustomerHistory: true });
  expect(segments().map(([by]) => by)).toEqual(["customer", "rank"]);
  await choose({});
});

test("a list that every shopper online has ends the search for others", async () => {
  const [first, second] = own();
  await learnt([
    ["channel", "online", [second!, first!]],
    ["market", "EUR", [second!]],
  ]);
  expect(segments()).toEqual([["channel", "online", [second, first, ...own().slice(2, 8)]]]);
});

test("what the default list does not offer no segment is offered: thin evidence, deleted products, blocks; pins come first", async () => {
  const [first, second] = own();
  await learnt([["market", "EUR", [CHANCE, "999", second!]]]);
  expect(segments()).toEqual([["market", "EUR", [second, first, ...own().slice(2, 8)]]]);
  await chooseCompanion(
    app.shop,
    { trigger: gid("Product", TEA), companion: gid("Product", second!), kind: "block" },
    app.context,
  );
  await publishOffers(app.shop, app.context);
  expect(segments()).toEqual([]);
  await takeBackChoice(
    app.shop,
    { trigger: gid("Product", TEA), companion: gid("Product", second!), kind: "block" },
    app.context,
  );
  await chooseCompanion(
    app.shop,
    { trigger: gid("Product", TEA), companion: gid("Product", CHANCE), kind: "pin" },
    app.context,
  );
  await publishOffers(app.shop, app.context);
  expect(segments()[0]![2]!.slice(0, 3)).toEqual([CHANCE, second, first]);
  await changeFirstOffers(app.shop, { mode: "review" }, app.context);
  await publishOffers(app.shop, app.context);
  expect([own(), segments()]).toEqual([[CHANCE], []]);
  await takeBackChoice(
    app.shop,
    { trigger: gid("Product", TEA), companion: gid("Product", CHANCE), kind: "pin" },
    app.context,
  );
  await changeFirstOffers(app.shop, { mode: "automatic" }, app.context);
  await publishOffers(app.shop, app.context);
});

test("what only segments needed is deleted with the last of them", async () => {
  await learnt([["market", "EUR", [own()[8]!]]]);
  expect(held("segment_companions")).toBeDefined();
  await learnt([]);
  expect([held("segment_companions"), offer().segments]).toEqual([undefined, undefined]);
});

test("shoppers see numbers of orders only where the merchant wants it, from ten on, with the end of their days", async () => {
  await choose({});
  expect(held("offers")).not.toContain("orders");
  await choose({ tellOrdersTogether: true });
  const shown = offer().companions.flatMap(({ product, orders }) => (orders === undefined ? [] : [[product, orders]]));
  const from = LAST_ORDER - 90 * DAY_MS;
  const lately = [...history().values()].filter(({ processedAt, lines }) => {
    const products = lines.map(({ productId }) => productId);
    return processedAt >= from && products.includes(TEA) && products.includes(CUP);
  });
  expect(shown).toEqual([[CUP, lately.length]]);
  expect(offer().ordersUntil).toBe(LAST_ORDER / 1000);
  const { first } = await readBoughtTogether(
    app.shop,
    { search: `Product ${TEA}`, page: 1, filter: "all" },
    app.context,
  );
  const seen = first!.companions.flatMap(({ productId, ordersShown }) =>
    ordersShown === null ? [] : [productId, ordersShown],
  );
  expect(seen).toEqual([gid("Product", CUP), lately.length]);
});

test("no number is shown once the last order lies more than a week back", async () => {
  await choose({ tellOrdersTogether: true });
  now = LAST_ORDER + 7 * DAY_MS;
  await publishOffers(app.shop, app.context);
  expect(offer().ordersUntil).toBeDefined();
  now = LAST_ORDER + 8 * DAY_MS;
  await publishOffers(app.shop, app.context);
  expect(held("offers")).not.toContain("orders");
});
