/**
 * The one door from the surfaces to the app's rules: nothing else in this folder, nor in the extensions that build on
 * it, imports `app/`. Only `app/domain` is behind it: rules and money, no I/O.
 */
export { gid } from "../app/domain/ids.ts";
export { exponentOf, isCurrencyCode, minorUnitsPerUnit } from "../app/domain/money/currency.ts";
export { withNarrowYen } from "../app/domain/money/format.ts";
export { type Money, money, parseDecimal } from "../app/domain/money/money.ts";
export {
  HOLDOUT_NUMBER,
  parseSplit,
  type PublishedSplit,
} from "../app/domain/measurement/experiments/published-split.ts";
export { hashOf } from "../app/domain/shoppers/hash.ts";
export { ANSWERS, type Choice, type Question } from "../app/domain/measurement/voice/answers.ts";
export { armBefore, type Pair, pairsOf } from "../app/domain/measurement/experiments/assigned-arms.ts";
export { type CartReward, type CartRewards, rewardsOfCart } from "../app/domain/offers/types/goal/at-checkout.ts";
export { goalSteps, type StepsProgress } from "../app/domain/offers/types/goal/goal.ts";
export {
  isShownOn,
  listedProducts,
  parseProductOffer,
  type PublishedOffer,
} from "../app/domain/offers/types/bought-together/published.ts";
export { type TierInCurrency, tierPriceMinor } from "../app/domain/offers/types/quantity-breaks/published.ts";
export { chosenPriceMinor } from "../app/domain/offers/types/mix-and-match/published.ts";
export { againOfferId, CLAIM_PROPERTY, claimedOffer, claimOf, offerKeyOf } from "../app/domain/offers/offer-id.ts";
export { promisedCredits } from "../app/domain/offers/promised-credits.ts";
export { addedToCart, closeGap } from "../app/domain/placements/close-gap.ts";
export { isNearIdentical } from "../app/domain/placements/near-identical.ts";
export {
  ADD_ON_SHARE_BASIS_POINTS,
  type CartSuggestion,
  rankForCart,
  type RankedFor,
  withinAddOnCap,
} from "../app/domain/placements/suggest-for-cart.ts";
export { amountOff } from "../app/domain/pricing/kernel/amounts.ts";
export { PERCENT } from "../app/domain/pricing/kernel/rewards.ts";
export { discountedPriceMinor } from "../app/domain/pricing/price.ts";
export type { ShopperFacts } from "../app/domain/pricing/buyer-facts.ts";
export { shopEntriesInForce } from "../app/domain/publishing/entries-in-force.ts";
export { PUBLISHED } from "../app/domain/publishing/addresses.ts";
export { parseCustomer, type PublishedCustomer } from "../app/domain/publishing/published-customer.ts";
export { parseCheckout, type PublishedCheckout } from "../app/domain/publishing/shop-envelopes.ts";
export type { SurfaceName } from "../app/domain/offers/surface.ts";
export { setCreditOutcomes } from "../app/domain/simulation/set-credit.ts";
export type { Shopper } from "../app/domain/shoppers/shopper.ts";
