import { bareNumber } from "../../domain/ids.ts";
import { offerId } from "../../domain/offers/offer-id.ts";
import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import { listedUpgrades } from "../../domain/offers/types/upgrade/listed-upgrades.ts";
import type { PublishedUpgrade } from "../../domain/offers/types/upgrade/published.ts";
import { EMPTY_PREVIEW, type PreviewOf } from "../preview.ts";

/** What is offered in place of the page's product, as if everything that was found had been approved. */
export const previewUpgrade: PreviewOf<ConfigOf<"upgrade">> = (
  { config },
  { product, currency, companions, prices, variantPrices, betterVariants },
) => {
  const upgrades = listedUpgrades(
    product,
    { config, mode: "automatic" },
    {
      ...{ currency, priceMinor: prices.get(product) ?? null },
      candidates: companions.map((one) => ({ product: one.product, approved: true, better: one.better })),
      variants: betterVariants.map((one) => ({ ...one, approved: true })),
      priceOfVariant: (variant) => variantPrices.get(variant) ?? null,
      stepOfPair: (from, to) => (variantPrices.has(from) && variantPrices.has(to) ? `${from}>${to}` : null),
      fitsInPlace: () => true,
      priceOf: (other) => prices.get(other) ?? null,
    },
  );
  if (upgrades.length === 0) return EMPTY_PREVIEW;
  const entry: PublishedUpgrade = {
    ...{ type: "upgrade", id: offerId("upgrade", 1, bareNumber(product)) },
    ...{ show: config.upgradesShown, cap: config.upgradeCap, upgrades },
  };
  return { ...EMPTY_PREVIEW, blocks: ["upgrade"], productEntries: [entry] };
};
