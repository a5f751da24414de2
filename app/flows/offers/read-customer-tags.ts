import type { ShopDomain } from "../../domain/ids.ts";
import { AccessDenied, isTemporary } from "../../shopify/client/errors.ts";
import { CUSTOMER_TAGS } from "../../shopify/operations/customer-tags.ts";
import type { FlowContext } from "../context.ts";

/** Tags that are read at most: staff can type others. */
const MOST_TAGS = 250;

/** The tags that the shop's customers have, as Shopify lists them; none where it does not let the app know or gives no answer. */
export async function readCustomerTags(
  shop: ShopDomain,
  { gateway: { client }, log }: FlowContext,
): Promise<readonly string[]> {
  try {
    return (await client.query(shop, CUSTOMER_TAGS, { first: MOST_TAGS })).shop.customerTags.nodes;
  } catch (error) {
    if (error instanceof AccessDenied) return [];
    if (!isTemporary(error)) throw error;
    log.warn({ shop, reason: error.message }, "tags of customers not read");
    return [];
  }
}
