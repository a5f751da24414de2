import { afterAll, beforeAll, expect, test } from "vitest";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { smallShop } from "../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { gid, shopDomain } from "../domain/ids.ts";
import { experimentContent } from "../domain/measurement/experiments/experiment.ts";
import { contentShape } from "../domain/offers/offer-types.ts";
import { DAY_MS } from "../domain/time/day.ts";
import { createNewOffer } from "../flows/offers/save-offer.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import { inShop } from "../persistence/database/in-shop.ts";
import { saveHistory } from "../persistence/orders/save-orders.ts";
import * as one from "./app.experiments.$id.tsx";
import * as file from "./app.experiments.$id_.file.tsx";
import * as all from "./app.experiments._index.tsx";

const NOW = Date.UTC(2026, 10, 28, 12);
const OTHER = shopDomain("other.myshopify.com");
let app: WiredApp;
let offer = 0;

beforeAll(async () => {
  app = await wireApp([smallShop(["101"]), smallShop(["501"], { domain: OTHER })], { now: () => NOW });
  for (const shop of [app.shop, OTHER]) {
    await app.signIn(shop);
    await installShop(shop, app.context);
  }
  const content = { ...contentShape("bought-together").default, name: "Sets", status: "active", reward: null };
  const made = await createNewOffer(app.shop, "bought-together", content, app.context);
  offer = made.code === "saved" ? made.number! : 0;
});
afterAll(() => app.close());

async function send(id: string, fields: Record<string, string>, shop = app.shop) {
  const path = `/app/experiments/${id}?_data=routes%2Fapp.experiments.%24id`;
  const request = pageRequest(path, { shop }, new URLSearchParams(fields));
  return (await (await one.action({ request, params: { id }, context: app.loadContext })).json()) as { code: string };
}

async function read(id: string, search = "", shop = app.shop) {
  const request = pageRequest(`/app/experiments/${id}?_data=routes%2Fapp.experiments.%24id${search}`, { shop });
  return one.loader({ request, params: { id }, context: app.loadContext });
}

async function list(shop = app.shop) {
  const request = pageRequest("/app/experiments?index&_data=routes%2Fapp.experiments._index", { shop });
  return (await all.loader({ request, params: {}, context: app.loadContext })).view;
}

test("opens the form with the offer that is to be tested", async () => {
  expect((await read("new", `&offer=${offer}`)).fresh).toMatchObject({
    content: { offers: [offer] },
    offers: expect.arrayContaining([{ number: offer, type: "bought-together", name: "Sets", isShown: true }]),
  });
  expect((await read("new", "&offer=99999")).fresh!.content.offers).toEqual([]);
  expect((await read("new", `&offer=${offer}`, OTHER)).fresh).toMatchObject({ content: { offers: [] } });
});

test("makes, starts, ends and deletes experiments of its own shop, and of no other", async () => {
  const content = JSON.stringify({
    ...experimentContent.default,
    name: "Sets or not",
    offers: [offer],
    weights: [1, 1],
  });
  expect(await send("new", { intent: "create", content })).toEqual({ code: "saved", number: 1, version: 1 });
  expect(await send("1", { intent: "start", version: "1" })).toEqual({
    ...{ code: "refused", refusal: { reason: "few-buyers", buyers: 0, needed: 50 } },
  });
  const heads = Array.from({ length: 80 }, (_, n) => {
    const at = NOW - (n % 50) * DAY_MS - 1000;
    return {
      ...{ id: gid("Order", String(1000 + n)), name: `#${n}`, createdAt: at, processedAt: at, updatedAt: at },
      ...{ cancelledAt: null, test: false, currency: "USD", presentmentCurrency: "USD", channel: "online" as const },
      ...{ channelSource: null, customerKey: null, netMinor: 2000 + 50 * n, refundedMinor: 0 },
    };
  });
  await inShop(app.context.database, app.shop, (tx) => saveHistory(tx, heads, []));
  expect(await send("1", { intent: "start", version: "1" }, OTHER)).toEqual({ code: "not-found" });
  expect(await send("1", { intent: "start", version: "1" })).toMatchObject({ code: "saved", version: 2 });
  const { view } = await read("1");
  expect(view).toMatchObject({
    status: "running",
    isDecided: false,
    arms: [{ offer: null }, { offer: { number: offer } }],
  });
  expect(view!.plan!.days % 7).toBe(0);
  expect((await list()).experiments.map(({ number, status }) => [number, status])).toEqual([[1, "running"]]);
  expect((await list(OTHER)).experiments).toEqual([]);
  await expect(read("1", "", OTHER)).rejects.toMatchObject({ status: 404 });
  expect(await send("1", { intent: "measure" })).toEqual({ code: "requested" });
  expect((await read("1")).view!.measuring).toBe(0);
  await app.drain();
  expect((await read("1")).view).toMatchObject({ measuring: null, measuredAt: new Date(NOW).toISOString() });
  expect(await send("1", { intent: "stop", version: "2", keep: "0" })).toMatchObject({ code: "saved", version: 3 });
  await app.drain();
  const ended = (await read("1")).view!;
  expect(ended).toMatchObject({
    status: "ended",
    isDecided: true,
    verdict: { kind: "interrupted", reason: "stopped" },
  });
  expect(ended.arms[1]!.offer!.isShown).toBe(false);
});

test.each([
  ["nothing", []],
  ["offers", []],
  ["offers", [1]],
] as const)("a draft that compares %s with the offers %j is never started", async (compares, places) => {
  const offers = places.map(() => offer);
  const content = JSON.stringify({
    ...experimentContent.default,
    compares,
    offers,
    weights: [1, 1].slice(places.length),
  });
  const { number } = (await send("new", { intent: "create", content })) as { code: string; number: number };
  const refused = { refusal: { reason: "few-offers" } };
  expect((await read(String(number))).view!.outlook).toEqual(refused);
  expect(await send(String(number), { intent: "start", version: "1" })).toEqual({ code: "refused", ...refused });
  expect((await read(String(number))).view).toMatchObject({ status: "draft", version: 1 });
  expect(await send(String(number), { intent: "delete", version: "1" })).toEqual({ code: "deleted" });
});

test("gives files of its own shop's experiments, in the language of the page", async () => {
  const { number } = (await send("new", { intent: "create", content: JSON.stringify(experimentContent.default) })) as {
    code: string;
    number: number;
  };
  const get = (search: string, id = String(number), shop = app.shop) => {
    const request = pageRequest(`/app/experiments/${id}/file?${search}`, { shop });
    return file.loader({ request, params: { id }, context: app.loadContext });
  };
  const answer = await get("file=arms&locale=ja");
  expect(answer.headers.get("content-disposition")).toBe(
    `attachment; filename="tsuide-small-experiment-${number}-arms.csv"`,
  );
  expect(await answer.text()).toContain("訪問者1人あたりの売上");
  await expect(get("file=all")).rejects.toMatchObject({ status: 404 });
  await expect(get("file=arms", "x")).rejects.toMatchObject({ status: 404 });
  await expect(get("file=arms", "999")).rejects.toMatchObject({ status: 404 });
  await expect(get("file=arms", String(number), OTHER)).rejects.toMatchObject({ status: 404 });
});

test("refuses what no page sends", async () => {
  for (const fields of [
    {},
    { intent: "start" },
    { intent: "start", version: "x" },
    { intent: "stop", version: "1", keep: "-1" },
    { intent: "create", content: "x".repeat(5000) },
  ]) {
    expect(await send("1", fields as Record<string, string>)).toEqual({ code: "unreadable" });
  }
  expect(await send("new", { intent: "create", content: "{" })).toMatchObject({ code: "invalid" });
  expect(await send("new", { intent: "start", version: "1" })).toEqual({ code: "not-found" });
  await expect(read("0")).rejects.toMatchObject({ status: 404 });
});
