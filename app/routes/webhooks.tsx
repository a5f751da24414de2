import type { ActionFunctionArgs } from "@remix-run/node";
import { composition } from "../composition.ts";
import { receiveWebhook } from "../flows/receive-webhook.ts";
import { authenticate } from "../shopify.server.ts";

/** Shopify's own largest bodies stay far below. */
const LARGEST_BODY = 2 * 1024 * 1024;
const SMALL_ENOUGH = 100;

const STATUS = { stored: 200, repeated: 200, "unknown-topic": 404, "unknown-shop": 404, malformed: 400 } as const;

/** Webhooks: bounded, verified, stored with their job, answered at once. What is refused leaves one line in the log. */
export async function action({ request }: ActionFunctionArgs) {
  const { log } = composition();
  const refused = (status: number, reason: string) => {
    log.warn({ status, reason, topic: heading(request, "x-shopify-topic") }, "webhook refused");
    return new Response(null, { status });
  };
  const body = await readBounded(request, LARGEST_BODY);
  if (body === null) return refused(413, "too-large");
  const webhook = await verified(request, body);
  if (webhook instanceof Response) return refused(webhook.status, "not-verified");
  if (webhook === null) return refused(400, "malformed");
  const { code } = await receiveWebhook({
    shop: webhook.shop,
    topic: webhook.topic,
    webhookId: webhook.webhookId,
    eventId: heading(request, "x-shopify-event-id"),
    triggeredAt: time(heading(request, "x-shopify-triggered-at")),
    payload: webhook.payload,
  });
  const status = STATUS[code];
  return status === 200 ? new Response(null, { status }) : refused(status, code);
}

/** The package's own check of the signature; its refusal, or null for a signed body that is no JSON. */
async function verified(request: Request, body: Uint8Array<ArrayBuffer>) {
  const { url, headers } = request;
  try {
    return await authenticate.webhook(new Request(url, { method: "POST", headers, body }));
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

/** The body, or null where it is larger than allowed: it is not read any further then. */
async function readBounded(request: Request, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get("content-length") ?? 0) > most) return null;
  const reader = request.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || value === undefined) break;
    length += value.length;
    if (length > most) {
      await reader?.cancel();
      return null;
    }
    parts.push(value);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function heading(request: Request, name: string): string | null {
  return request.headers.get(name)?.slice(0, SMALL_ENOUGH) ?? null;
}

function time(text: string | null): Date | null {
  const at = text === null ? NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at);
}
