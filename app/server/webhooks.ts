import { createHmac, timingSafeEqual } from "node:crypto";
import type { Handler } from "hono";
import { parseShopDomain } from "../domain/ids.ts";
import type { IncomingWebhook } from "../flows/receive-webhook.ts";
import { refuse } from "./access-log.ts";
import type { ServerContext, ServerEnv } from "./server-env.ts";
import type { WebhookIntake } from "./webhook-intake.ts";

export interface WebhookOptions {
  readonly apiSecret: string;
  readonly now: () => Date;
  readonly intake: WebhookIntake;
}

/** Shopify repeats a delivery for four hours; this leaves room for a day of ours being away. */
const LONGEST_AGE_MS = 36 * 3_600_000;
/** Clocks differ. */
const FUTURE_MS = 10 * 60_000;
const RETRY_AFTER_SECONDS = "5";

const TOPIC = /^[a-z_]{1,60}\/[a-z_]{1,60}$/;
const ID = /^[\w-]{1,100}$/;

/**
 * A webhook: signature, shop and age are checked in this order (method and size before), with the app's secret alone: no
 * session is read and no token is refreshed. What was verified is stored and answered; what was verified and needs
 * nothing (an unknown topic, a shop that left) is answered with 200 too, or Shopify would send it again for hours.
 */
export function takeWebhook({ apiSecret, now, intake }: WebhookOptions): Handler<ServerEnv> {
  return async (c) => {
    if (intake.isFull) return busy(c);
    const leave = intake.enter();
    try {
      const body = Buffer.from(await c.req.arrayBuffer());
      if (!isSigned(body, c.req.header("x-shopify-hmac-sha256"), apiSecret)) return refuse(c, 401, "not-verified");
      const webhook = readWebhook(c, body, now());
      if (typeof webhook === "string") return refuse(c, 400, webhook);
      c.set("logged", { topic: webhook.topic, shop: webhook.shop });
      const { code } = await intake.take(webhook);
      if (code === "busy") return busy(c);
      if (code === "malformed") return refuse(c, 400, "malformed");
      c.set("logged", { topic: webhook.topic, shop: webhook.shop, outcome: code });
      return c.body(null, 200);
    } finally {
      leave();
    }
  };
}

function busy(c: ServerContext): Response {
  return refuse(c, 503, "busy", { "retry-after": RETRY_AFTER_SECONDS });
}

/** Whether the bytes carry Shopify's signature: base64 of HMAC-SHA256 with the app's secret. */
export function isSigned(body: Uint8Array, signature: string | undefined, secret: string): boolean {
  const given = Buffer.from(signature ?? "", "base64");
  const expected = createHmac("sha256", secret).update(body).digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The delivery that a verified request is, or why it is none. Headers are not signed: each is looked at. */
function readWebhook(c: ServerContext, body: Buffer, now: Date): IncomingWebhook | string {
  const shop = parseShopDomain(c.req.header("x-shopify-shop-domain") ?? "");
  if (shop === null) return "not-a-shop";
  const topic = (c.req.header("x-shopify-topic") ?? "").toLowerCase();
  if (!TOPIC.test(topic)) return "not-a-topic";
  const webhookId = c.req.header("x-shopify-webhook-id") ?? "";
  if (!ID.test(webhookId)) return "not-a-delivery";
  const eventId = c.req.header("x-shopify-event-id") ?? null;
  if (eventId !== null && !ID.test(eventId)) return "not-an-event";
  const triggered = c.req.header("x-shopify-triggered-at");
  const triggeredAt = triggered === undefined ? null : new Date(triggered);
  if (triggeredAt !== null) {
    const age = now.getTime() - triggeredAt.getTime();
    if (!(age <= LONGEST_AGE_MS && age >= -FUTURE_MS)) return "stale";
  }
  const payload = parseJson(body);
  return payload === undefined ? "malformed" : { shop, topic, webhookId, eventId, triggeredAt, payload };
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Undefined for what is no JSON in UTF-8; a byte order mark is none. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
  }
}
