/** All that this extension shares with the app: rules and money, no I/O. */
export type { DiscountLine } from "../../../app/domain/discounts/cart.ts";
export { discountMessages } from "../../../app/domain/discounts/message.ts";
export { setDiscounts } from "../../../app/domain/discounts/set-discounts.ts";
export { shippingDiscounts } from "../../../app/domain/discounts/shipping-discounts.ts";
export { isCurrencyCode } from "../../../app/domain/money/currency.ts";
export { money, parseDecimal, toDecimalString } from "../../../app/domain/money/money.ts";
export { parsePolicy, parseProductOffer } from "../../../app/domain/placements/read-published.ts";
