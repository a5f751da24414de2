import type { ShopDomain } from "../../domain/ids.ts";
import { AccessDenied, isTemporary } from "../../shopify/client/errors.ts";
import {
  AUTOMATIC_DISCOUNTS,
  CODE_DISCOUNT,
  type CombinesWith,
  type Combining,
} from "../../shopify/operations/shop-discounts.ts";
import { OWN_PARTS, type OwnPart, type ShopDiscountsView, type ShopDiscountView } from "../../views/simulator-view.ts";
import type { FlowContext } from "../context.ts";

/** The shop's other discounts, as far as Shopify lets apps know: which there are, and what they combine with. */
export async function readShopDiscounts(
  shop: ShopDomain,
  codes: readonly string[],
  { gateway: { client }, log }: FlowContext,
): Promise<ShopDiscountsView> {
  try {
    const { app, discountNodes } = await client.query(shop, AUTOMATIC_DISCOUNTS, {});
    const isOurs = ({ discount }: (typeof discountNodes.nodes)[number]) =>
      discount.appDiscountType?.appKey === app.apiKey;
    const ours = discountNodes.nodes.find(isOurs)?.discount.combinesWith ?? MADE_WITH;
    const others = discountNodes.nodes.filter((node) => !isOurs(node));
    const entered = [];
    for (const code of codes) {
      const found = (await client.query(shop, CODE_DISCOUNT, { code })).codeDiscountNodeByCode?.codeDiscount ?? null;
      const known = found === null ? null : { ...discountView(found, ours), active: found.status === "ACTIVE" };
      entered.push({ entered: code, found: known });
    }
    const automatic = others.map(({ discount }) => discountView(discount, ours));
    return { code: "known", automatic, more: discountNodes.pageInfo.hasNextPage, codes: entered };
  } catch (error) {
    if (error instanceof AccessDenied) return { code: "not-allowed" };
    if (!isTemporary(error)) throw error;
    log.warn({ shop, reason: error.message }, "discounts not read");
    return { code: "no-answer" };
  }
}

/** What our discount combines with where the merchant has changed nothing. */
const MADE_WITH: CombinesWith = { productDiscounts: true, orderDiscounts: true, shippingDiscounts: true };

/**
 * What of our discount may be in one order with another: Shopify asks both whether they allow the other's class, and never
 * takes two discounts off shipping.
 */
function discountView(
  { title = "", combinesWith, discountClasses = [] }: Combining,
  ours: CombinesWith,
): ShopDiscountView {
  const byClass = { PRODUCT: ours.productDiscounts, ORDER: ours.orderDiscounts, SHIPPING: ours.shippingDiscounts };
  const isTaken = discountClasses.every((one) => byClass[one]);
  const takes: Readonly<Record<OwnPart, boolean | undefined>> = {
    products: combinesWith?.productDiscounts,
    order: combinesWith?.orderDiscounts,
    delivery: combinesWith?.shippingDiscounts === true && !discountClasses.includes("SHIPPING"),
  };
  return {
    title,
    beside: OWN_PARTS.filter((part) => isTaken && takes[part] === true),
    onProducts: discountClasses.includes("PRODUCT"),
  };
}
