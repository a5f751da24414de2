import { afterAll, beforeAll, expect, test } from "vitest";
import { readExperiment } from "../../../app/flows/measurement/experiments/read-experiment.ts";
import { readOfferVoice } from "../../../app/flows/measurement/read-offer-voice.ts";
import { readReconciliation } from "../../../app/flows/measurement/read-reconciliation.ts";
import { readResults } from "../../../app/flows/measurement/read-results.ts";
import { readResultsEffect } from "../../../app/flows/measurement/read-results-effect.ts";
import { readResultsFunnel } from "../../../app/flows/measurement/read-results-funnel.ts";
import { receiveWebhook } from "../../../app/flows/receive-webhook.ts";
import { installShop } from "../../../app/flows/shop/install-shop.ts";
import { generateShop } from "../../../test/dev-store/generator/generate-shop.ts";
import { orderTotals } from "../../../test/dev-store/shop/order-totals.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { letMonthPass } from "./let-month-pass.ts";

// A small shop lives through a month with the app, its database and the dev store.

const DAY = 86_400_000;
const TO = Date.parse("2026-11-29T12:00:00Z");
const FROM = TO - 28 * DAY;
const RANGE = { range: "30", from: "", to: "" } as const;

const shopify = generateShop({ locale: "en", seed: 7, now: TO, until: FROM, orders: 1_000, months: 6 });
const before = shopify.orders.size;
const clock = { now: FROM };
let app: WiredApp;

beforeAll(async () => {
  app = await wireApp([shopify], {
    now: () => clock.now,
    unlimitedCalls: true,
    deliver: async (request) => {
      const topic = request.headers.get("x-shopify-topic")!;
      const webhookId = request.headers.get("x-shopify-webhook-id")!;
      const delivery = { shop: app.shop, topic, webhookId, eventId: null, triggeredAt: null };
      await receiveWebhook({ ...delivery, payload: await request.json() }, app.context);
      return new Response(null, { status: 200 });
    },
  });
  await app.signIn();
  await app.context.events.keepDays(new Date(TO));
  await installShop(app.shop, app.context);
  await app.drain();
  const control = async (what: string, body?: object): Promise<unknown> => {
    const asked = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await app.store.fetch(new Request(`http://localhost:4000/__control/${what}`, asked));
    if (!response.ok) throw new Error(await response.text());
    const answer: unknown = await response.json();
    // Whatever a worker would do beside it.
    if (what === "settled") await app.drain();
    return answer;
  };
  const { shop, context } = app;
  await letMonthPass({ shop, locale: "en", context, clock, control, from: FROM, to: TO });
}, 240_000);
afterAll(() => app.close());

test("every order of the month is at Shopify and in the app, and offers earned some of what was sold", async () => {
  const placed = [...shopify.orders.values()].slice(before);
  expect(placed.length).toBeGreaterThanOrEqual(shopify.upcoming!.filter((order) => !order.test).length);
  const { now: figures, rows } = await readResults(app.shop, { range: RANGE, by: "offer" }, app.context);
  expect(figures.attributed.amountMinor).toBeGreaterThan(0);
  expect(figures.attributed.amountMinor).toBeLessThan(figures.net.amountMinor / 2);
  expect(figures.attributedOrders).toBeLessThan(figures.orders);
  expect(placed.filter(({ refunds }) => refunds.length > 0).length).toBeGreaterThan(0);
  const earned = rows.reduce((sum, { attributed }) => sum + attributed.amountMinor, 0);
  expect(earned).toBe(figures.attributed.amountMinor);
  // Each of the sets that are compared earns for itself.
  expect(rows.filter(({ key, attributed }) => key.startsWith("bt-") && attributed.amountMinor > 0)).toHaveLength(2);
});

test("the steps of the funnel have no rate above one", async () => {
  const { total, rows } = await readResultsFunnel(app.shop, { range: RANGE, by: "offer" }, app.context);
  for (const { shown, seen, clicked, added } of [total, ...rows]) {
    const steps = [shown, seen, clicked, added].flatMap((count) => count ?? []);
    expect(steps).toEqual(steps.toSorted((a, b) => b - a));
  }
  expect(total.added).toBeGreaterThan(0);
});

test("some shoppers were held out, and it is known who met an offer before an order", async () => {
  const effect = await readResultsEffect(app.shop, { range: RANGE, by: "offer" }, app.context);
  expect(["not-enough", "estimate"]).toContain(effect.incremental.kind);
  expect(effect.assisted.knownOrders).toBeGreaterThan(0);
  expect(effect.assisted.total.amountMinor).toBeGreaterThan(0);
});

test("an experiment runs, with a look for every night and as many visitors as were planned", async () => {
  const experiment = (await readExperiment(app.shop, 1, app.context))!;
  expect(experiment).toMatchObject({ status: "running", startedAt: new Date(FROM + 7 * DAY).toISOString() });
  expect(experiment.looks.length).toBeGreaterThanOrEqual(20);
  const visitors = experiment.reading!.arms.map(({ units }) => units);
  expect(Math.min(...visitors)).toBeGreaterThan(0.8 * Math.max(...visitors));
});

test("customers said what they think of the offer", async () => {
  expect((await readOfferVoice(app.shop, 1, app.context)).helpful.answers).toBeGreaterThan(0);
});

test("a day's sales by Shopify's rules are those of the dev store's orders", async () => {
  const day = "2026-11-20";
  const { shopify: theirs } = await readReconciliation(app.shop, day, app.context);
  const ofDay = [...shopify.orders.values()].filter(
    ({ createdAt, test: isTest }) =>
      !isTest && new Date(createdAt).toLocaleDateString("en-CA", { timeZone: shopify.timezone }) === day,
  );
  expect(ofDay.length).toBeGreaterThan(0);
  const sold = ofDay.reduce((sum, order) => sum + orderTotals(order).subtotalMinor, 0);
  const giftCards = ofDay.flatMap(({ lines }) => lines.filter(({ isGiftCard }) => isGiftCard));
  const ofCards = giftCards.reduce((sum, { unitPriceMinor, quantity }) => sum + unitPriceMinor * quantity, 0);
  expect(theirs.grossMinor - theirs.discountsMinor).toBe(sold - ofCards);
});
