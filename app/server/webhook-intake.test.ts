import { afterEach, expect, test } from "vitest";
import { shopDomain } from "../domain/ids.ts";
import type { IncomingWebhook, WebhookOutcome } from "../flows/receive-webhook.ts";
import { createLog } from "./log.ts";
import { WebhookIntake, type IntakeOptions } from "./webhook-intake.ts";

const STORED: WebhookOutcome = { code: "stored" };
const log = createLog("silent");
let intake: WebhookIntake | undefined;
afterEach(() => intake?.close());

function webhook(id: string): IncomingWebhook {
  const shop = shopDomain("intake.myshopify.com");
  return { shop, topic: "orders/updated", webhookId: id, eventId: null, triggeredAt: null, payload: { id: 1 } };
}
const open = (store: IntakeOptions["store"], options: Partial<IntakeOptions> = {}) =>
  (intake = new WebhookIntake({ store, log, lateLoopMs: Infinity, ...options }));

test("stores what came during a call by one further call, and answers each by its own outcome", async () => {
  const sizes: number[] = [];
  const { take } = bound(
    open(async (webhooks) => {
      sizes.push(webhooks.length);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return webhooks.map(({ webhookId }) => ({ code: webhookId === "7" ? "malformed" : "stored" }));
    }),
  );
  const outcomes = await Promise.all(Array.from({ length: 40 }, (_, n) => take(webhook(String(n)))));
  expect(outcomes.map(({ code }) => code)).toEqual(outcomes.map((_, n) => (n === 7 ? "malformed" : "stored")));
  expect(sizes).toEqual([1, 1, 38]);
});

test("says busy once its patience ends where the database hangs, and stores no delivery that was sent away", async () => {
  let release = () => {};
  const hanging = new Promise<void>((resolve) => (release = resolve));
  const stored: string[] = [];
  const { take } = bound(
    open(
      async (webhooks) => {
        await hanging;
        stored.push(...webhooks.map(({ webhookId }) => webhookId));
        return webhooks.map(() => STORED);
      },
      { patienceMs: 100 },
    ),
  );
  const outcomes = await Promise.all(Array.from({ length: 300 }, (_, n) => take(webhook(String(n)))));
  expect(new Set(outcomes.map(({ code }) => code))).toEqual(new Set(["busy"]));
  release();
  await new Promise((resolve) => setTimeout(resolve, 50));
  // The two calls that were under way when it hung.
  expect(stored).toEqual(["0", "1"]);
});

test("is full while as many requests are inside as may be, and no longer", () => {
  const few = open(async () => [], { mostInside: 2 });
  const leave = [few.enter(), few.enter()];
  expect(few.isFull).toBe(true);
  leave[0]!();
  expect(few.isFull).toBe(false);
});

test("tries deliveries one by one where one of them makes the call fail, so that the others are stored", async () => {
  const { take } = bound(
    open(async (webhooks) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (webhooks.some(({ webhookId }) => webhookId === "5")) throw Object.assign(new Error("bad"), { code: "22P05" });
      return webhooks.map(() => STORED);
    }),
  );
  const outcomes = await Promise.all(Array.from({ length: 10 }, (_, n) => take(webhook(String(n)))));
  expect(outcomes.map(({ code }) => code)).toEqual(outcomes.map((_, n) => (n === 5 ? "busy" : "stored")));
});

function bound(made: WebhookIntake) {
  return { take: (incoming: IncomingWebhook) => made.take(incoming) };
}
