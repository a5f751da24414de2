import { afterAll, beforeAll, expect, test } from "vitest";
import { makeSessionToken } from "../../test/dev-store/auth/session-token.ts";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { smallProduct, smallShop } from "../../test/fixtures/small-shop.ts";
import { APP, wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { gid, shopDomain } from "../domain/ids.ts";
import { KEEP_ACTIVITY_DAYS } from "../domain/shop/activity.ts";
import { DAY_MS } from "../domain/time/day.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import { scheduleNightlyWork } from "../flows/shop/schedule-nightly-work.ts";
import { inShop } from "../persistence/database/in-shop.ts";
import type { ActivityView } from "../views/activity-view.ts";
import * as activityRoute from "./app.activity.tsx";
import * as boughtTogetherRoute from "./app.bought-together.tsx";
import * as offersRoute from "./app.offers._index.tsx";
import * as settingsRoute from "./app.settings.tsx";
import * as upgradesRoute from "./app.upgrades.tsx";

const SHOP = "small.myshopify.com";
const OTHER_SHOP = "neighbour.myshopify.com";
const [KEN, MIA] = ["42", "77"];

let app: WiredApp;
let now = Date.now();

beforeAll(async () => {
  const products = () => new Map(["1", "2"].map((id) => [id, smallProduct(id, { title: id === "1" ? "Tea" : "Cup" })]));
  const shops = [smallShop([], { products: products() }), smallShop([], { domain: OTHER_SHOP, products: products() })];
  app = await wireApp(shops, { now: () => now });
  for (const domain of [SHOP, OTHER_SHOP].map(shopDomain)) {
    await app.signIn(domain);
    await installShop(domain, app.context);
  }
  await app.drain();
});
afterAll(() => app.close());

const tokenOf = (user: string, shop = SHOP) => makeSessionToken(APP, shop, Date.now(), { sub: user });

async function look(query = "", user = KEN!, shop = SHOP): Promise<ActivityView> {
  const request = pageRequest(`/app/activity${query}`, { shop, token: tokenOf(user, shop) });
  return (await activityRoute.loader({ request, params: {}, context: app.loadContext })).view;
}

type Route = { action: (args: { request: Request; params: object; context: never }) => Promise<unknown> };

async function send(route: unknown, path: string, fields: Record<string, string>, user = KEN!): Promise<unknown> {
  const request = pageRequest(path, { shop: SHOP, token: tokenOf(user) }, new URLSearchParams(fields));
  return (route as Route).action({ request, params: {}, context: app.loadContext as never });
}

test("what staff change is listed with who changed it, and in no other shop", async () => {
  expect(await look()).toMatchObject({ rows: [], total: 0 });
  const [tea, cup] = [gid("Product", "1"), gid("Product", "2")];
  await send(offersRoute, "/app/offers?index", { intent: "pause", numbers: "[1]" });
  await send(boughtTogetherRoute, "/app/bought-together", { intent: "pin", trigger: tea, companion: cup }, MIA);
  const exclusion = { intent: "exclude", product: cup, asTrigger: "false", asCompanion: "true" };
  await send(boughtTogetherRoute, "/app/bought-together", exclusion);
  await send(upgradesRoute, "/app/upgrades", { intent: "cap", percent: "140" });
  await send(settingsRoute, "/app/settings", { intent: "pause" });
  await send(settingsRoute, "/app/settings", { intent: "resume" });

  const view = await look();
  expect(view.rows.map(({ kind }) => kind)).toEqual([
    "everything-resumed",
    "everything-paused",
    "upgrade-limit-set",
    "product-excluded-as-companion",
    "companion-pin",
    "offer-paused",
  ]);
  expect(view.rows[3]).toMatchObject({ product: "Cup", who: { userId: KEN, isReader: true } });
  expect(view.rows[4]).toMatchObject({ product: "Tea", other: "Cup", who: { userId: MIA, isReader: false } });
  expect(view.rows[5]!.offer).toMatchObject({ number: 1 });
  expect((await look("", MIA)).rows[4]!.who).toEqual({ userId: MIA, isReader: true });
  expect(await look("", KEN, OTHER_SHOP)).toMatchObject({ rows: [], total: 0 });
});

test("a request that changes nothing is not listed", async () => {
  const { total } = await look();
  await send(boughtTogetherRoute, "/app/bought-together", { intent: "pin", trigger: "x", companion: "y" });
  const same = { intent: "pin", trigger: gid("Product", "1"), companion: gid("Product", "1") };
  await send(boughtTogetherRoute, "/app/bought-together", same);
  await send(offersRoute, "/app/offers?index", { intent: "pause", numbers: "[1]" });
  expect((await look()).total).toBe(total);
});

test("long logs come in pages, and a page that is not there is the last", async () => {
  const { total } = await look();
  for (let n = 0; n < 51; n++) await send(settingsRoute, "/app/settings", { intent: n % 2 === 0 ? "pause" : "resume" });
  const first = await look();
  expect(first).toMatchObject({ page: 1, total: total + 51, pageCount: 2 });
  expect(first.rows).toHaveLength(50);
  const last = await look("?page=99");
  expect(last).toMatchObject({ page: 2 });
  expect(last.rows.at(-1)!.kind).toBe("offer-paused");
  expect((await look("?page=nonsense")).page).toBe(1);
});

test("what is older than a year is deleted at night", async () => {
  now += (KEEP_ACTIVITY_DAYS + 1) * DAY_MS;
  expect((await look()).rows).toEqual([]);
  await scheduleNightlyWork(app.context);
  const kept = await inShop(app.context.database, shopDomain(SHOP), (tx) => tx.db.activity.count());
  expect(kept).toBe(0);
});
