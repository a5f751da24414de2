import { randomUUID } from "node:crypto";
import type { Asked } from "../../fixtures/server-program.ts";
import { signedWebhook, type WebhookChanges } from "../../fixtures/signed-requests.ts";

/** A request that is to be refused, and with which statuses it may be. */
export interface Tampered {
  readonly family: string;
  readonly what: string;
  readonly request: Asked;
  readonly statuses: readonly number[];
}

export const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
export const PAGES = [
  "/app",
  "/app/bought-together",
  "/app/upgrades",
  "/app/customers",
  "/app/settings",
  "/app/ranking",
];
export const STRANGE_SHOPS = [
  ...["evil.com", "evil.com/x.myshopify.com", "x.myshopify.com.evil.com", "myshopify.com", ".myshopify.com"],
  ...["x.myshopify.com/admin", "x.myshopify.com/../../etc/passwd", "x.myshopify.com:443", "x.myshopify.com@evil.com"],
  ...[
    "a'; DROP TABLE shops;--",
    "' OR '1'='1",
    "x.myshopify.com' UNION SELECT 1--",
    "x%00.myshopify.com",
    "x_y.myshopify.com",
  ],
  ...["https://x.myshopify.com", "x.myshopify.com?y=1", "x.myshopify.com#y", "-x.myshopify.com", "x..myshopify.com"],
  ...[
    "localhost",
    "127.0.0.1",
    "[::1]",
    "ｘ.myshopify.com",
    `${"x".repeat(64)}.myshopify.com`,
    "x.myshopify.com; script-src *",
  ],
];

/** The shop as Shopify's admin names it in the `host` parameter. */
export const hostOf = (shop: string) => Buffer.from(`${shop}/admin`).toString("base64");

/** A webhook of a shop, properly signed unless changed. */
export function webhook(shop: string, body: string | Uint8Array, changes: WebhookChanges = {}): Asked {
  const { method, headers } = signedWebhook(shop, body, changes);
  return { method: method!, path: "/webhooks", headers: Object.fromEntries(headers as Headers), body };
}

/** A client's own address, so that no two requests share a rate limit. */
export function fromItsOwnAddress({ request }: Tampered): Asked {
  const address = randomUUID().replaceAll("-", "").match(/.{4}/g)!.join(":");
  return { ...request, headers: { ...request.headers, "x-forwarded-for": address } };
}
