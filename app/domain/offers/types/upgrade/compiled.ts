import { bareNumber, gid } from "../../../ids.ts";
import type { ProductCompiledType, ProductPublishFacts } from "../../compiled-type.ts";
import { offerId } from "../../offer-id.ts";
import type { Offer } from "../../offer.ts";
import { upgrade, type UpgradeConfig } from "./config.ts";
import { listedUpgrades, type UpgradeChoice } from "./listed-upgrades.ts";
import { type ListedUpgrade, type PublishedUpgrade, readEntry } from "./published.ts";

/** Upgrades, as publishing sees them: what was found or decided for each product. They change no price. */
export const compiledUpgrade: ProductCompiledType<UpgradeConfig, PublishedUpgrade, UpgradeChoice> = {
  anchor: "product",
  needsChoice: "upgrades",
  compile,
  read: readEntry,
  smaller,
  rules: () => null,
  references: ({ upgrades }) => ({
    // Liquid has the page's own product without a reference.
    companions: upgrades.flatMap(({ product, variants }) => (variants === undefined ? gid("Product", product) : [])),
    segmentCompanions: [],
  }),
  listed: ({ upgrades }) => [...new Set(upgrades.map(({ product }) => product))],
  shownVariants: ({ upgrades }) => upgrades.flatMap(({ variants }) => variants ?? []),
  isToReplace: (published, compiled) => JSON.stringify(published) !== JSON.stringify(compiled),
};

function compile(
  offer: Offer<UpgradeConfig>,
  { product, chosen }: ProductPublishFacts<UpgradeChoice>,
): PublishedUpgrade | null {
  const { number, config, surfaces } = offer;
  const upgrades = listedUpgrades(product, offer, chosen);
  if (upgrades.length === 0) return null;
  const isEverywhere = upgrade.surfaces.every((surface) => surfaces.includes(surface));
  return {
    ...{ type: "upgrade", id: offerId("upgrade", number, bareNumber(product)) },
    ...{ show: config.upgradesShown, cap: config.upgradeCap },
    ...(Object.keys(config.priceBelow).length === 0 ? {} : { below: config.priceBelow }),
    ...(isEverywhere ? {} : { on: upgrade.surfaces.filter((surface) => surfaces.includes(surface)) }),
    upgrades,
  };
}

/** Without its last upgrade; the only one without the words about it. */
function smaller(entry: PublishedUpgrade): PublishedUpgrade | null {
  const [first, ...others] = entry.upgrades as [ListedUpgrade, ...ListedUpgrade[]];
  if (others.length > 0) return { ...entry, upgrades: entry.upgrades.slice(0, -1) };
  const { words, better, ...bare } = first;
  return words === undefined && better === undefined ? null : { ...entry, upgrades: [bare] };
}
