import { compileProductOffer } from "../../domain/offers/types/bought-together/compile.ts";
import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import { discountOf, setRewardOf } from "../../domain/offers/types/bought-together/applying-offer.ts";
import { LEAST_ORDERS_SHOWN } from "../../domain/offers/types/bought-together/published.ts";
import { EMPTY_PREVIEW, type PreviewOf } from "../preview.ts";

/** A set of the product and its companions. */
export const previewBoughtTogether: PreviewOf<ConfigOf<"bought-together">> = ({ config, reward }, facts) => {
  const { companions, similar, viewed = false, tellOrdersTogether } = facts;
  if (companions.length === 0) return EMPTY_PREVIEW;
  const entry = compileProductOffer({
    product: facts.product,
    discountBasisPoints: discountOf({ reward }),
    setReward: setRewardOf({ reward, config }),
    setSize: config.setSize,
    ...{ similar, viewed },
    companions: companions.map(({ product, orders }) => {
      const isShown = tellOrdersTogether && !similar && !viewed && orders >= LEAST_ORDERS_SHOWN;
      return { product, weight: 1, orders: isShown ? orders : undefined };
    }),
    ordersUntil: facts.now,
  });
  return entry === null ? EMPTY_PREVIEW : { ...EMPTY_PREVIEW, blocks: ["bought-together"], productEntries: [entry] };
};
