import { createHmac, randomUUID } from "node:crypto";
import type { WebhookSubscription } from "../shop/app-toml.ts";

const API_VERSION = "2026-07";
const TIMEOUT_MS = 5000;
/** Eight retries within four hours, close together at first. */
const RETRY_DELAYS_MS = [1, 5, 15, 60, 300, 1200, 3600, 8400].map((seconds) => seconds * 1000);
const KEPT = 500;
/** How long a delivery waits for a later one to overtake it. */
const OVERTAKE_MS = 400;

export interface WebhookDelivery {
  topic: string;
  shop: string;
  webhookId: string;
  eventId: string;
  triggeredAt: string;
  url: string;
  body: string;
  attempts: { at: number; status: number | null }[];
}

export interface WebhookOptions {
  app: { apiSecret: string; url: string };
  subscriptions: readonly WebhookSubscription[];
  now(): number;
  deliver(request: Request): Promise<Response>;
  wait(ms: number): Promise<void>;
  retryDelaysMs?: readonly number[];
}

/** The part of a payload that `include_fields` names; a dot goes into an object. */
function pick(payload: Readonly<Record<string, unknown>>, fields: readonly string[] | null): Record<string, unknown> {
  if (fields === null) return { ...payload };
  const picked: Record<string, unknown> = {};
  for (const field of fields) {
    const [name = "", ...rest] = field.split(".");
    const value = payload[name];
    if (value === undefined) continue;
    const inner =
      rest.length > 0 && typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
    picked[name] =
      inner === null ? value : { ...(picked[name] as object | undefined), ...pick(inner, [rest.join(".")]) };
  }
  return picked;
}

/**
 * Sends webhooks as Shopify does: signed over the raw body, at least once, tried again with growing pauses, in no
 * promised order. `order` repeats and reorders on demand.
 */
export class WebhookSender {
  readonly #options: WebhookOptions;
  readonly #deliveries: WebhookDelivery[] = [];
  readonly #pending = new Set<Promise<void>>();
  #reorder = false;
  #waiting: (() => void)[] = [];
  #down = false;
  #closed = false;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  deliveries(): readonly WebhookDelivery[] {
    return this.#deliveries;
  }

  setReorder(enabled: boolean): void {
    this.#reorder = enabled;
  }

  /** As if the app's address answered nothing. */
  setDown(down: boolean): void {
    this.#down = down;
  }

  /** Sends to every subscription of the topic; returns at once. `triggeredAt` in ms. */
  send(
    topic: string,
    shop: string,
    payload: Readonly<Record<string, unknown>>,
    triggeredAt = this.#options.now(),
  ): void {
    const eventId = randomUUID();
    for (const { topics, uri, includeFields } of this.#options.subscriptions) {
      if (!topics.includes(topic)) continue;
      const delivery: WebhookDelivery = {
        topic,
        shop,
        webhookId: randomUUID(),
        eventId,
        triggeredAt: new Date(triggeredAt).toISOString(),
        url: new URL(uri, this.#options.app.url).href,
        body: JSON.stringify(pick(payload, includeFields)),
        attempts: [],
      };
      this.#deliveries.push(delivery);
      if (this.#deliveries.length > KEPT) this.#deliveries.shift();
      this.#track(this.#deliverWithRetries(delivery));
    }
  }

  /** Sends the last deliveries (of a topic) once more, with the same ids. Returns how many. */
  async again(topic: string | null, count = 1): Promise<number> {
    const last = this.#deliveries.filter((each) => topic === null || each.topic === topic).slice(-count);
    for (const delivery of last) await this.#attempt(delivery);
    return last.length;
  }

  /** Resolves when nothing is being delivered or waits for a retry. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  close(): void {
    this.#closed = true;
    for (const release of this.#waiting) release();
  }

  #track(work: Promise<void>): void {
    this.#pending.add(work);
    void work.finally(() => this.#pending.delete(work));
  }

  /** With reordering on, a delivery waits until the next one has gone out, or a moment has passed. */
  async #letOvertake(): Promise<void> {
    if (!this.#reorder) return;
    const earlier = this.#waiting;
    this.#waiting = [];
    if (earlier.length > 0) {
      // This one goes first; those that waited follow.
      setTimeout(() => earlier.forEach((release) => release()), 20);
      return;
    }
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      setTimeout(resolve, OVERTAKE_MS);
    });
  }

  async #deliverWithRetries(delivery: WebhookDelivery): Promise<void> {
    await this.#letOvertake();
    if (await this.#attempt(delivery)) return;
    for (const delay of this.#options.retryDelaysMs ?? RETRY_DELAYS_MS) {
      await this.#options.wait(delay);
      if (this.#closed || (await this.#attempt(delivery))) return;
    }
  }

  async #attempt(delivery: WebhookDelivery): Promise<boolean> {
    const status = await this.#post(delivery);
    delivery.attempts.push({ at: this.#options.now(), status });
    return status !== null && status >= 200 && status < 300;
  }

  async #post(delivery: WebhookDelivery): Promise<number | null> {
    if (this.#down) return null;
    const request = new Request(delivery.url, {
      method: "POST",
      headers: webhookHeaders(delivery, this.#options.app.apiSecret),
      body: delivery.body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    try {
      const response = await this.#options.deliver(request);
      await response.body?.cancel();
      return response.status;
    } catch {
      return null;
    }
  }
}

/** The headers of one delivery, signature over the raw body included. */
export function webhookHeaders(
  delivery: Pick<WebhookDelivery, "topic" | "shop" | "webhookId" | "eventId" | "triggeredAt" | "body">,
  secret: string,
): Record<string, string> {
  return {
    "content-type": "application/json",
    "user-agent": "Shopify-Captain-Hook",
    "x-shopify-topic": delivery.topic,
    "x-shopify-hmac-sha256": createHmac("sha256", secret).update(delivery.body).digest("base64"),
    "x-shopify-shop-domain": delivery.shop,
    "x-shopify-api-version": API_VERSION,
    "x-shopify-webhook-id": delivery.webhookId,
    "x-shopify-event-id": delivery.eventId,
    "x-shopify-triggered-at": delivery.triggeredAt,
    "x-shopify-name": delivery.topic.replace("/", "-"),
  };
}
