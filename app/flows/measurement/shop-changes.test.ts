import { afterAll, beforeAll, expect, test } from "vitest";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { smallOrder, smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import { experimentContent } from "../../domain/measurement/experiments/experiment.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { createNewOffer } from "../offers/save-offer.ts";
import { beginImport } from "../orders/start-import.ts";
import { receiveWebhook } from "../receive-webhook.ts";
import { installShop } from "../shop/install-shop.ts";
import { measureExperiments } from "./experiments/measure-experiments.ts";
import { readExperiment } from "./experiments/read-experiment.ts";
import { saveExperiment } from "./experiments/save-experiment.ts";
import { startExperiment } from "./experiments/start-experiment.ts";
import { readResults } from "./read-results.ts";

// What the merchant changes at Shopify reaches figures and experiments by webhook, and never makes a figure wrong.

const START = Date.parse("2026-11-20T12:00:00Z");
const [TEA, CUP] = ["101", "102"];
const EVENING = Date.parse("2026-11-10T20:00:00Z");

let app: WiredApp;
let shop: DevShop;
let now = START;

beforeAll(async () => {
  shop = smallShop([TEA, CUP]);
  // Enough buyers to plan an experiment, one an hour, and one of an evening in UTC, which is the next morning in Tokyo.
  for (let n = 0; n < 60; n++) {
    const id = String(1000 + n);
    shop.orders.set(id, { ...smallOrder(id, [TEA], START - 20 * DAY_MS + n * 3_600_000), customerId: id });
  }
  shop.orders.set("2000", smallOrder("2000", [TEA], EVENING));
  app = await wireApp([shop], {
    now: () => now,
    deliver: async (request) => {
      const topic = request.headers.get("x-shopify-topic")!;
      const webhookId = request.headers.get("x-shopify-webhook-id")!;
      const delivery = { shop: app.shop, topic, webhookId, eventId: null, triggeredAt: null };
      await receiveWebhook({ ...delivery, payload: await request.json() }, app.context);
      return new Response(null, { status: 200 });
    },
  });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
  await inShop(app.context.database, app.shop, (tx) => beginImport(tx, app.context.now()));
  await app.drain();
});
afterAll(() => app.close());

const atShopify = () => app.store.shops.get(shop.domain)!;

/** A running experiment with an offer about one product, against no offer. */
async function runningExperiment(product: string): Promise<number> {
  const content = {
    ...contentShape("bought-together").default,
    ...{ name: "Sets", status: "active", reward: null },
    conditions: [[{ condition: "products", products: [gid("Product", product)] }]],
  };
  const offer = await createNewOffer(app.shop, "bought-together", content, app.context);
  if (offer.code !== "saved" || offer.number === undefined) throw new Error(JSON.stringify(offer));
  const draft = { ...experimentContent.default, name: "Cart", offers: [offer.number], weights: [1, 1] };
  const made = await saveExperiment(app.shop, null, draft, app.context);
  if (made.code !== "saved") throw new Error(JSON.stringify(made));
  const started = await startExperiment(app.shop, made, app.context);
  if (started.code !== "saved") throw new Error(JSON.stringify(started));
  return made.number;
}

async function seen(number: number) {
  await measureExperiments(app.shop, app.context);
  const view = await readExperiment(app.shop, number, app.context);
  return { status: view!.status, verdict: view!.verdict };
}

async function ordersOf(day: string) {
  const range = { range: "own", from: day, to: day } as const;
  const view = await readResults(app.shop, { range, by: "offer" }, app.context);
  return { orders: view.now.orders, net: view.now.net, others: view.otherCurrencyOrders };
}

test("a product that is deleted at Shopify ends the experiment that is about it, and no other", async () => {
  now = START;
  const [about, other] = [await runningExperiment(CUP), await runningExperiment(TEA)];
  expect(await seen(about)).toMatchObject({ status: "running", verdict: { kind: "not-enough" } });
  now = START + 3 * DAY_MS;
  atShopify().deleteProduct(CUP);
  await app.drain();
  expect(await seen(about)).toEqual({
    status: "ended",
    verdict: { kind: "interrupted", reason: "product-removed", at: now },
  });
  expect((await seen(other)).status).toBe("running");
});

test("in another time zone an order is one of the day that it was placed on there", async () => {
  now = START;
  expect([await ordersOf("2026-11-10"), await ordersOf("2026-11-11")].map(({ orders }) => orders)).toEqual([1, 0]);
  atShopify().updateShop({ timezone: "Asia/Tokyo" });
  await app.drain();
  expect([await ordersOf("2026-11-10"), await ordersOf("2026-11-11")].map(({ orders }) => orders)).toEqual([0, 1]);
  atShopify().updateShop({ timezone: "UTC" });
  await app.drain();
  expect((await ordersOf("2026-11-10")).orders).toBe(1);
});

test("another currency ends what runs, and no figure adds amounts of both", async () => {
  now = START;
  const number = await runningExperiment(TEA);
  expect(await ordersOf("2026-11-10")).toEqual({
    ...{ orders: 1, net: { amountMinor: 1999, currency: "USD" }, others: 0 },
  });
  now = START + DAY_MS;
  atShopify().updateShop({ currency: "EUR" });
  await app.drain();
  expect(await seen(number)).toMatchObject({
    ...{ status: "ended", verdict: { kind: "interrupted", reason: "currency-changed" } },
  });
  expect(await ordersOf("2026-11-10")).toEqual({
    ...{ orders: 0, net: { amountMinor: 0, currency: "EUR" }, others: 1 },
  });
});
