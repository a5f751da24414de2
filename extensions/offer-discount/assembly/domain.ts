/** All that the Function shares with the app: the pricing kernel, and how many digits a currency has. */
export { exponentOfLetters } from "../../../app/domain/money/currency-exponents.ts";
export { Buyer, LONGEST_ARMS, MET, UNMET } from "../../../app/domain/pricing/kernel/buyer.ts";
export { fitIntoOutput, sharesCandidate } from "../../../app/domain/pricing/kernel/candidates.ts";
export { Cart } from "../../../app/domain/pricing/kernel/cart.ts";
export { readMinor, writeMinor } from "../../../app/domain/pricing/kernel/decimals.ts";
export { collectDiscounts, Discounts } from "../../../app/domain/pricing/kernel/discounts.ts";
export {
  addFreeSets,
  countsTowardsGoal,
  freeOptions,
  isGift,
  isGoodFor,
  LOCAL_DELIVERY,
  OTHER_DELIVERY,
  PICK_UP,
  SHIPPING,
} from "../../../app/domain/pricing/kernel/goal.ts";
export { linesThatCount } from "../../../app/domain/pricing/kernel/gifts.ts";
export {
  atShopify,
  RATE_DIGITS,
  reachedOrderRewards,
  takesOrderReward,
} from "../../../app/domain/pricing/kernel/order-rewards.ts";
export {
  BOUGHT_TOGETHER,
  BUY_X_GET_Y,
  GIFT,
  GOAL,
  MIX_AND_MATCH,
  ORDER_REWARD,
  packCountry,
  PricedOffer,
  QUANTITY_BREAKS,
} from "../../../app/domain/pricing/kernel/offers.ts";
export { PERCENT } from "../../../app/domain/pricing/kernel/rewards.ts";
export { priceLines, rankOffers } from "../../../app/domain/pricing/kernel/price-lines.ts";
export { Products } from "../../../app/domain/pricing/kernel/products.ts";
export { closesProduct, RulesReader } from "../../../app/domain/pricing/kernel/read-rules.ts";
export { Stopped } from "../../../app/domain/pricing/kernel/stopped.ts";
export { tagNumber } from "../../../app/domain/pricing/kernel/tag-number.ts";
export { packLetters, TextReader } from "../../../app/domain/pricing/kernel/text-reader.ts";
