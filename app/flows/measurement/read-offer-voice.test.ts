import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { OfferId } from "../../domain/ids.ts";
import type { Choice } from "../../domain/measurement/voice/answers.ts";
import { installShop } from "../shop/install-shop.ts";
import { scheduleNightlyWork } from "../shop/schedule-nightly-work.ts";
import { uninstallShop } from "../shop/uninstall-shop.ts";
import { readOfferVoice } from "./read-offer-voice.ts";
import { storeAnswers } from "./store-answers.ts";

const DAY_MS = 86_400_000;
const NOW = Date.parse("2026-11-20T12:00:00Z");
let now = NOW;
let app: WiredApp;

beforeAll(async () => {
  app = await wireApp([smallShop(["101"])], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
});
afterAll(() => app.close());
beforeEach(async () => {
  now = NOW;
  await sql("DELETE FROM answers; DELETE FROM attributions");
});

const sql = (text: string, ...values: unknown[]) => app.context.database.pool.query(text, values);
const bought = (order: number, offerId = "bt-1-101") =>
  sql(
    `INSERT INTO attributions (shop, line_id, order_id, order_name, at, offer_id, surface, title, revenue_minor,
       refunded_minor, currency) VALUES ($1, $2, $2, '#1', $3, $4, 'product', 'Cup', 900, 0, 'USD')`,
    ...[app.shop, order, new Date(now), offerId],
  );
const chose = (order: number, choice: Choice, offerId = "bt-1-101", at = now) =>
  storeAnswers(app.shop, [{ ...choice, order: String(order), offerId: offerId as OfferId, offer: 1, at }], app.context);
const yes: Choice = { question: "helpful", answer: "yes" };
const voice = () => readOfferVoice(app.shop, 1, app.context);

test("an answer counts where its order has a line that came through the offer, and nowhere else", async () => {
  for (let order = 1; order <= 10; order++) {
    await bought(order);
    await chose(order, order <= 8 ? yes : { question: "helpful", answer: "no" });
    await chose(order, { question: "recommend", answer: "9" });
  }
  // Orders that nobody placed, that used another offer, or that were answered long ago.
  for (let order = 50; order <= 60; order++) await chose(order, yes);
  await bought(61, "bt-1-102");
  await chose(61, yes);
  await bought(62);
  await chose(62, yes, "bt-1-101", now - 181 * DAY_MS);
  expect(await voice()).toMatchObject({
    helpful: { answers: 10, result: { yes: 8, share: 0.8 } },
    recommend: { answers: 10, result: { score: 100 } },
  });
  // The answer may come before its order is read.
  await bought(50);
  expect(await voice()).toMatchObject({ helpful: { answers: 11 } });
});

test("what no order proves within days is forgotten, and everything with the shop", async () => {
  await bought(1);
  await chose(1, yes);
  await chose(2, yes);
  now += 2 * DAY_MS;
  await scheduleNightlyWork(app.context);
  const stored = async () => (await sql("SELECT order_id::text AS id FROM answers ORDER BY 1")).rows;
  expect(await stored()).toEqual([{ id: "1" }, { id: "2" }]);
  now += 2 * DAY_MS;
  await scheduleNightlyWork(app.context);
  expect(await stored()).toEqual([{ id: "1" }]);
  await uninstallShop(app.shop, app.context);
  expect(await stored()).toEqual([]);
  expect(await chose(1, yes)).toBe(0);
  expect(await stored()).toEqual([]);
});
