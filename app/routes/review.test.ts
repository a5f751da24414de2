import { afterAll, beforeAll, expect, test } from "vitest";
import { changeFirstOffers } from "../../test/fixtures/first-offers.ts";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { smallOrder, smallProduct, smallShop } from "../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import type { DevOrder, DevShop } from "../../test/dev-store/shop/state.ts";
import { gid, shopDomain } from "../domain/ids.ts";
import { parseProductOffer } from "../domain/offers/types/bought-together/published.ts";
import { DAY_MS } from "../domain/time/day.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import { readHome } from "../flows/shop/read-home.ts";
import type { ReviewView } from "../views/review-view.ts";
import * as activityRoute from "./app.activity.tsx";
import type { ReviewResult } from "../ui/pages/review/review-actions.ts";
import * as route from "./app.review.tsx";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const OTHER_SHOP = "neighbour.myshopify.com";
const [TEA, CUP, POT, RICE] = ["1", "2", "3", "4"] as [string, string, string, string];
const product = (id: string) => gid("Product", id);

/** Tea with cups, tea with pots, and many of rice alone. */
function orders(): Map<string, DevOrder> {
  const placed = new Map<string, DevOrder>();
  const add = (ids: readonly string[]) => {
    const id = String(1000 + placed.size);
    placed.set(id, smallOrder(id, ids, NOW - (300 - (placed.size % 300)) * DAY_MS));
  };
  for (let n = 0; n < 60; n++) add([TEA, CUP]);
  for (let n = 0; n < 40; n++) add([TEA, POT]);
  for (let n = 0; n < 500; n++) add([RICE]);
  return placed;
}

let app: WiredApp;
let shop: DevShop;
let now = NOW;

beforeAll(async () => {
  const titles = { [TEA]: "Tea", [CUP]: "Cup", [POT]: "Pot", [RICE]: "Rice" };
  const products = () => new Map(Object.entries(titles).map(([id, title]) => [id, smallProduct(id, { title })]));
  shop = smallShop([], { products: products(), orders: orders() });
  app = await wireApp([shop, smallShop([], { domain: OTHER_SHOP, products: products(), orders: orders() })], {
    now: () => now,
  });
  for (const domain of [app.shop, shopDomain(OTHER_SHOP)]) {
    await app.signIn(domain);
    await installShop(domain, app.context);
    await changeFirstOffers(domain, { mode: "review" }, app.context);
  }
  await app.drain();
});
afterAll(() => app.close());

async function look(query = "", from: string = app.shop): Promise<ReviewView> {
  const request = pageRequest(`/app/review${query}`, { shop: from });
  return (await route.loader({ request, params: {}, context: app.loadContext })).view;
}

async function send(fields: Record<string, string>): Promise<ReviewResult> {
  now += 1_000;
  const request = pageRequest("/app/review", { shop: app.shop }, new URLSearchParams(fields));
  return route.action({ request, params: {}, context: app.loadContext });
}

const pairsOf = (...pairs: [string, string][]) =>
  JSON.stringify(pairs.map(([trigger, companion]) => ({ trigger: product(trigger), companion: product(companion) })));
const waiting = ({ rows }: ReviewView) =>
  rows.flatMap(({ title, waiting: companions }) => companions.map((one) => `${title} ${one.title}`)).sort();
const offered = (id: string): string[] => {
  const metafield = [...shop.metafields.values()].find((one) => one.key === "offers" && one.ownerId === product(id));
  return metafield === undefined ? [] : parseProductOffer(metafield.value)!.companions.map((one) => one.product);
};
const toReview = async () => (await readHome(app.shop, app.context)).offers.toReview;

test("what orders support waits with its evidence, and shoppers see nothing of it", async () => {
  const view = await look();
  expect(waiting(view)).toEqual(["Cup Tea", "Pot Tea", "Tea Cup", "Tea Pot"]);
  expect(view).toMatchObject({ total: 3, pairs: 4, page: 1, isReviewing: true });
  expect(view.rows[0]).toMatchObject({ title: "Tea", shown: [], waiting: [{ ordersTogether: 60 }, {}] });
  expect(await toReview()).toEqual({ products: 3, pairs: 4 });
  expect([TEA, CUP, POT].flatMap(offered)).toEqual([]);
});

test("one is approved, one is rejected, and each comes back with its undo", async () => {
  const approved = await send({ intent: "approve", pairs: pairsOf([TEA, POT]) });
  expect(approved).toMatchObject({ intent: "approve", code: "ok", pairs: 1 });
  expect(waiting(await look())).toEqual(["Cup Tea", "Pot Tea", "Tea Cup"]);
  const rejected = await send({ intent: "reject", pairs: pairsOf([TEA, CUP]) });
  expect(rejected).toMatchObject({ intent: "reject", code: "ok", pairs: 1 });
  await app.drain();
  expect(offered(TEA)).toEqual([POT]);
  expect(waiting(await look())).toEqual(["Cup Tea", "Pot Tea"]);

  await send({ intent: "undo", decision: "reject", at: rejected.at! });
  await app.drain();
  const view = await look();
  expect(waiting(view)).toEqual(["Cup Tea", "Pot Tea", "Tea Cup"]);
  // Until somebody decides about the cup, shoppers see what was approved before.
  expect(view.rows[0]).toMatchObject({ title: "Tea", shown: ["Pot"] });
  expect(offered(TEA)).toEqual([POT]);
  await send({ intent: "undo", decision: "approve", at: approved.at! });
  await app.drain();
  expect(offered(TEA)).toEqual([]);
  expect((await look()).pairs).toBe(4);
});

test("all are approved at once and taken back at once, in this shop only", async () => {
  const approved = await send({ intent: "approve" });
  expect(approved).toMatchObject({ code: "ok", pairs: 4 });
  expect(await look()).toMatchObject({ rows: [], total: 0, pairs: 0, publishing: true });
  expect(await toReview()).toEqual({ products: 0, pairs: 0 });
  await app.drain();
  expect([offered(TEA), offered(CUP), offered(POT)]).toEqual([[CUP, POT], [TEA], [TEA]]);
  expect((await look("", OTHER_SHOP)).pairs).toBe(4);
  expect(await send({ intent: "undo", decision: "approve", at: approved.at! })).toMatchObject({ pairs: 4 });
  expect(await send({ intent: "undo", decision: "approve", at: approved.at! })).toMatchObject({ pairs: 0 });
  await app.drain();
  expect([TEA, CUP, POT].flatMap(offered)).toEqual([]);
  expect((await look()).pairs).toBe(4);
});

test("what does not wait is left as it is, whatever is sent", async () => {
  expect(await send({ intent: "approve", pairs: pairsOf([RICE, CUP], [TEA, RICE]) })).toMatchObject({ pairs: 0 });
  const wrong: Record<string, string>[] = [
    { intent: "approve", pairs: "[]" },
    { intent: "approve", pairs: '[{"trigger":"1","companion":"2"}]' },
    { intent: "approve", pairs: pairsOf(["99999999999999999999", CUP]) },
    { intent: "undo", decision: "approve", at: "yesterday" },
    { intent: "burn" },
  ];
  for (const fields of wrong) expect(await send(fields)).toEqual({ intent: null, code: "invalid" });
  expect((await look("?page=nonsense")).pairs).toBe(4);
  expect(await look("?page=7")).toMatchObject({ page: 1, total: 3 });
});

test("in automatic mode nothing waits, and what was approved or not makes no difference", async () => {
  await send({ intent: "approve", pairs: pairsOf([TEA, POT]) });
  await changeFirstOffers(app.shop, { mode: "automatic" }, app.context);
  await app.drain();
  expect(await look()).toMatchObject({ rows: [], pairs: 0, isReviewing: false });
  expect(offered(TEA)).toEqual([CUP, POT]);
  await changeFirstOffers(app.shop, { mode: "review" }, app.context);
  await app.drain();
  expect(offered(TEA)).toEqual([POT]);
  expect(waiting(await look())).toEqual(["Cup Tea", "Pot Tea", "Tea Cup"]);
});

test("every decision is listed in the activity", async () => {
  const request = pageRequest("/app/activity", { shop: app.shop });
  const { view } = await activityRoute.loader({ request, params: {}, context: app.loadContext });
  const reviewed = view.rows.filter(({ count }) => count !== null);
  expect(reviewed.map(({ kind, count }) => `${kind} ${count}`)).toEqual([
    "suggestions-approved 1",
    "review-undone 4",
    "suggestions-approved 4",
    "review-undone 1",
    "review-undone 1",
    "suggestions-rejected 1",
    "suggestions-approved 1",
  ]);
});
