import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { parseGid, shopDomain } from "../domain/ids.ts";
import { readOrderOffers } from "../flows/simulator/read-order-offers.ts";
import { ensureInstalled } from "../flows/shop/ensure-installed.ts";
import { pageIfOpened } from "../server/led-to-page.server.ts";

/** Numbers that a bigint of the database holds. */
const WHOLE_ID = /\/\d{1,18}$/;

/**
 * What our offers did for the order `id`, for the block on the order's page in Shopify's admin. That page is of another
 * origin and sends a session token: the shop is the token's, whatever else the request says.
 */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await pageIfOpened(request, context, "/app");
  const { session, cors } = await context.shopify.authenticate.admin(request);
  const shop = shopDomain(session.shop);
  await ensureInstalled(shop, context.flows);
  const { searchParams } = new URL(request.url);
  const text = searchParams.get("id") ?? "";
  const id = WHOLE_ID.test(text) ? parseGid("Order", text) : null;
  const language = searchParams.get("language")?.startsWith("ja") ? "ja" : "en";
  const view = id === null ? null : await readOrderOffers(shop, id, language, context.flows);
  return cors(
    view === null ? json({ code: "not-found" as const }, { status: 404 }) : json({ code: "found" as const, view }),
  );
}
