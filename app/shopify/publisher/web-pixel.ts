import type { ShopDomain } from "../../domain/ids.ts";
import type { AdminClient } from "../client/admin-client.ts";
import { refuseUserErrors } from "../client/gateway.ts";
import { CREATE_PIXEL, READ_PIXEL, UPDATE_PIXEL, type PixelSettings } from "../operations/web-pixel.ts";

/**
 * Makes sure that the shop has our web pixel with these settings. Says what had to be done. Throws `UserErrors` where
 * Shopify refuses it.
 */
export async function ensurePixel(
  client: AdminClient,
  shop: ShopDomain,
  settings: PixelSettings,
): Promise<{ code: "created" | "updated" | "unchanged" }> {
  const { webPixelCreate } = await client.query(shop, CREATE_PIXEL, { settings });
  if (webPixelCreate.webPixel !== null) return { code: "created" };
  // Asking first would be refused where there is none yet.
  const isThere = webPixelCreate.userErrors.some(({ code }) => code === "TAKEN");
  const known = isThere ? (await client.query(shop, READ_PIXEL, {})).webPixel : null;
  if (known === null) {
    refuseUserErrors("webPixelCreate", webPixelCreate.userErrors);
    throw new Error("Shopify made no web pixel and gave no reason");
  }
  if (isSame(known.settings, settings)) return { code: "unchanged" };
  const { webPixelUpdate } = await client.query(shop, UPDATE_PIXEL, { id: known.id, settings });
  refuseUserErrors("webPixelUpdate", webPixelUpdate.userErrors);
  return { code: "updated" };
}

function isSame(stored: unknown, { token, endpoint }: PixelSettings): boolean {
  let read: unknown = stored;
  try {
    if (typeof stored === "string") read = JSON.parse(stored);
  } catch {
    return false;
  }
  const found = (read ?? {}) as Partial<PixelSettings>;
  return found.token === token && found.endpoint === endpoint;
}
