import type { ShopDomain } from "../../domain/ids.ts";
import { type CombinesWith, partsBeside } from "../../domain/offers/beside-ours.ts";
import { AccessDenied, isTemporary } from "../../shopify/client/errors.ts";
import {
  AUTOMATIC_DISCOUNTS,
  CODE_DISCOUNT,
  type Combining,
  othersAndOurs,
} from "../../shopify/operations/shop-discounts.ts";
import type { ShopDiscountsView, ShopDiscountView } from "../../views/simulator-view.ts";
import type { FlowContext } from "../context.ts";

/** The shop's other discounts, as far as Shopify lets apps know: which there are, and what they combine with. */
export async function readShopDiscounts(
  shop: ShopDomain,
  codes: readonly string[],
  { gateway: { client }, log }: FlowContext,
): Promise<ShopDiscountsView> {
  try {
    const found = await client.query(shop, AUTOMATIC_DISCOUNTS, {});
    const { others, ours } = othersAndOurs(found);
    const entered = [];
    for (const code of codes) {
      const named = (await client.query(shop, CODE_DISCOUNT, { code })).codeDiscountNodeByCode?.codeDiscount ?? null;
      const known = named === null ? null : { ...discountView(named, ours), active: named.status === "ACTIVE" };
      entered.push({ entered: code, found: known });
    }
    const automatic = others.map((one) => discountView(one, ours));
    return { code: "known", automatic, more: found.discountNodes.pageInfo.hasNextPage, codes: entered };
  } catch (error) {
    if (error instanceof AccessDenied) return { code: "not-allowed" };
    if (!isTemporary(error)) throw error;
    log.warn({ shop, reason: error.message }, "discounts not read");
    return { code: "no-answer" };
  }
}

function discountView(other: Combining, ours: CombinesWith): ShopDiscountView {
  const { title = "", discountClasses = [] } = other;
  return { title, beside: partsBeside(other, ours), onProducts: discountClasses.includes("PRODUCT") };
}
