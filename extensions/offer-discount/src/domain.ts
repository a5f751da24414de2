/** All that this extension shares with the app: rules and money, no I/O. */
export type { DiscountLine } from "../../../app/domain/offers/types/bought-together/set-discounts.ts";
export { discountMessages } from "../../../app/domain/publishing/policy.ts";
export { setDiscounts } from "../../../app/domain/offers/types/bought-together/set-discounts.ts";
export { shippingDiscounts } from "../../../app/domain/offers/types/goal/shipping-discounts.ts";
export { isCurrencyCode } from "../../../app/domain/money/currency.ts";
export { money, parseDecimal, toDecimalString } from "../../../app/domain/money/money.ts";
export { parsePolicy } from "../../../app/domain/publishing/policy.ts";
export { parseProductOffer } from "../../../app/domain/offers/types/bought-together/published.ts";
