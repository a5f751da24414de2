import type { ShopDomain } from "../../domain/ids.ts";
import { AccessDenied, isTemporary } from "../../shopify/client/errors.ts";
import {
  AUTOMATIC_DISCOUNTS,
  CODE_DISCOUNT,
  type AutomaticDiscount,
  type CombinesWith,
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
    const { app, discountNodes } = await client.query(shop, AUTOMATIC_DISCOUNTS, {});
    const others = discountNodes.nodes.filter(({ discount }) => discount.appDiscountType?.appKey !== app.apiKey);
    const entered = [];
    for (const code of codes) {
      const found = (await client.query(shop, CODE_DISCOUNT, { code })).codeDiscountNodeByCode?.codeDiscount ?? null;
      const known = found === null ? null : { ...discountView(found), active: found.status === "ACTIVE" };
      entered.push({ entered: code, found: known });
    }
    const automatic = others.map(({ discount }) => discountView(discount));
    return { code: "known", automatic, more: discountNodes.pageInfo.hasNextPage, codes: entered };
  } catch (error) {
    if (error instanceof AccessDenied) return { code: "not-allowed" };
    if (!isTemporary(error)) throw error;
    log.warn({ shop, reason: error.message }, "discounts not read");
    return { code: "no-answer" };
  }
}

/** What combines with our discount, which combines with all: Shopify asks both. */
function discountView({
  title = "",
  combinesWith,
}: Pick<AutomaticDiscount, "title"> & { readonly combinesWith?: CombinesWith }): ShopDiscountView {
  return {
    title,
    combinesWithProducts: combinesWith?.productDiscounts ?? false,
    combinesWithShipping: combinesWith?.shippingDiscounts ?? false,
  };
}
