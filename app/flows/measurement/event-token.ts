import { createHmac, timingSafeEqual } from "node:crypto";
import { parseShopDomain, type ShopDomain } from "../../domain/ids.ts";

const SUFFIX = ".myshopify.com";
const TOKEN = /^1\.([a-z0-9-]{1,63})\.([0-9a-z]{1,10})\.([\w-]{22})$/;
/** Of the signature, in base64url: 128 bits. */
const SIGNATURE_LENGTH = 22;

/**
 * What a shop's web pixel shows with its events: the shop, the second in which it installed the app, and our signature of
 * both. Shoppers can read it, so it allows nothing but sending events of this shop; nobody can make one. It is derived
 * and stored nowhere; a shop that installs the app again has another one.
 */
export function eventToken(shop: ShopDomain, installedAt: Date, key: string): string {
  const handle = shop.slice(0, -SUFFIX.length);
  const since = secondsOf(installedAt).toString(36);
  return `1.${handle}.${since}.${signature(shop, since, key)}`;
}

/** What a token says; null for one that we did not give. Whether the shop still has it is for the caller to look up. */
export function readEventToken(token: string, key: string): { shop: ShopDomain; installedSeconds: number } | null {
  const [, handle, since = "", signed = ""] = TOKEN.exec(token) ?? [];
  const shop = handle === undefined ? null : parseShopDomain(handle + SUFFIX);
  if (shop === null) return null;
  const isOurs = timingSafeEqual(Buffer.from(signed), Buffer.from(signature(shop, since, key)));
  return isOurs ? { shop, installedSeconds: Number.parseInt(since, 36) } : null;
}

export function secondsOf(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

function signature(shop: ShopDomain, since: string, key: string): string {
  return createHmac("sha256", key)
    .update(`event token/${shop}/${since}`)
    .digest("base64url")
    .slice(0, SIGNATURE_LENGTH);
}

/** The hash that stands for a browser in one shop: another shop's for the same browser says nothing about it. */
export function visitorHash(shop: ShopDomain, visitor: string, key: string): string {
  return createHmac("sha256", key).update(`visitor/${shop}/${visitor}`).digest("base64url").slice(0, SIGNATURE_LENGTH);
}
