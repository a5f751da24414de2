import { createHmac } from "node:crypto";
import type { ShopDomain } from "../../domain/ids.ts";

/** What a redaction is filed under: it can be looked up by who knows the shop, and tells nothing to who does not. */
export function hashOfShop(shop: ShopDomain, key: string): string {
  return createHmac("sha256", key).update(`shop/${shop}`).digest("base64url");
}
