import { createHmac, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { parseShopDomain } from "../domain/ids.ts";
import { refuse } from "./access-log.ts";
import type { ServerEnv } from "./server-env.ts";

const LONGEST_AGE_SECONDS = 300;
const GIVEN_ONCE = ["shop", "path_prefix", "timestamp", "signature", "logged_in_customer_id"];

/**
 * Lets through what Shopify passes on from a storefront's /apps/tsuide: signed over every parameter, about a real shop,
 * and fresh. No session is loaded for it. Nothing that a shopper needs depends on it.
 */
export function verifyProxyRequest(options: { apiSecret: string; now: () => Date }): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const query = new URL(c.req.url).searchParams;
    if (GIVEN_ONCE.some((name) => query.getAll(name).length > 1)) return refuse(c, 400, "repeated-parameter");
    if (!isSigned(query, options.apiSecret)) return refuse(c, 401, "not-verified");
    const shop = query.get("shop") ?? "";
    if (parseShopDomain(shop) !== shop) return refuse(c, 400, "not-a-shop");
    const timestamp = query.get("timestamp") ?? "";
    const age = Math.abs(options.now().getTime() / 1000 - Number(timestamp));
    if (!/^\d{1,12}$/.test(timestamp) || age > LONGEST_AGE_SECONDS) return refuse(c, 400, "stale");
    return next();
  };
}

/** Shopify signs "name=value" of every other parameter, sorted and joined by nothing; repeated values by commas. */
function isSigned(query: URLSearchParams, secret: string): boolean {
  const signature = query.get("signature") ?? "";
  if (!/^[0-9a-f]{64}$/.test(signature)) return false;
  const names = [...new Set(query.keys())].filter((name) => name !== "signature");
  const text = names.map((name) => `${name}=${query.getAll(name).join(",")}`).sort();
  const expected = createHmac("sha256", secret).update(text.join("")).digest();
  return timingSafeEqual(expected, Buffer.from(signature, "hex"));
}
