import { gid } from "../../../ids.ts";
import { STORE_CREDIT } from "../../../store-credit/terms.ts";
import type { ProductCompiledType, ProductPublishFacts } from "../../compiled-type.ts";
import { discountOf, setRewardOf, type BoughtTogetherOffer } from "./applying-offer.ts";
import type { ChosenCompanion } from "./choose-companions.ts";
import type { ChosenOffer } from "./chosen-offer.ts";
import { compileProductOffer, referencesOf, smallerOffer } from "./compile.ts";
import { boughtTogether, type BoughtTogetherConfig } from "./config.ts";
import { isOfferToReplace } from "./material-change.ts";
import { creditOf, namedBy, type PublishedOffer, readEntry } from "./published.ts";
import { boughtTogetherRules } from "./rules.ts";

/** Bought together, as publishing sees it: compiled from what is chosen for each product. */
export const compiledBoughtTogether: ProductCompiledType<BoughtTogetherConfig, PublishedOffer, ChosenOffer> = {
  anchor: "product",
  needsChoice: "companions",
  compile,
  read: readEntry,
  smaller: smallerOffer,
  rules: (entry, offer) => (takesOff(entry) ? boughtTogetherRules(entry, offer) : null),
  references: referencesOf,
  listed: namedBy,
  credit: creditOf,
  isToReplace: (published, compiled, mayBeOffered) =>
    isOfferToReplace(published, compiled, (product) => mayBeOffered(gid("Product", product))),
};

/** Whether prices or shipping change: store credit is given after the order, and the Function reads nothing of it. */
function takesOff({ discountBasisPoints, setReward }: PublishedOffer): boolean {
  return discountBasisPoints > 0 || (setReward !== undefined && setReward.kind !== STORE_CREDIT);
}

/**
 * A set that rests on what shoppers view or on similar products' companions tells nothing of orders, its pins included,
 * and has no segments.
 */
function compile(
  offer: BoughtTogetherOffer,
  { product, chosen, ordersUntil, discountIsActive }: ProductPublishFacts<ChosenOffer>,
): PublishedOffer | null {
  const { companions, segments, ordersShown } = chosen;
  const isOf = (wanted: ChosenCompanion["source"]) => companions.some(({ source }) => source === wanted);
  const isGuess = !isOf("mined") && (isOf("viewed") || isOf("similar"));
  const similar = isGuess && isOf("similar");
  const draft = (one: ChosenCompanion) => ({
    ...{ product: one.product, weight: one.weight },
    orders: isGuess ? undefined : ordersShown.get(one.product),
  });
  return compileProductOffer({
    ...{ number: offer.number, product, setSize: offer.config.setSize, ordersUntil },
    ...{ similar, viewed: isGuess && !similar },
    discountBasisPoints: discountIsActive ? discountOf(offer) : 0,
    setReward: setRewardOf(offer, discountIsActive),
    ...(boughtTogether.surfaces.every((surface) => offer.surfaces.includes(surface)) ? {} : { on: offer.surfaces }),
    companions: companions.map(draft),
    segments: isGuess ? [] : segments.map((one) => ({ ...one, companions: one.companions.map(draft) })),
  });
}
