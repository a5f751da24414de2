import { gid, type ProductId } from "../../domain/ids.ts";
import type { Offer } from "../../domain/offers/offer.ts";
import { offersOf } from "../../domain/offers/offer-types.ts";
import { isForSale } from "../../domain/offers/types/bought-together/choose-companions.ts";
import { betterLines } from "../../domain/offers/types/upgrade/better-lines.ts";
import type { FoundCandidate, UpgradeChoice } from "../../domain/offers/types/upgrade/listed-upgrades.ts";
import { readCatalogue } from "../../persistence/catalogue/products.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readApprovedUpgrades } from "../../persistence/mining/upgrades/approved-upgrades.ts";
import { readHiddenUpgrades } from "../../persistence/mining/upgrades/hidden-upgrades.ts";
import { readFoundUpgrades } from "../../persistence/mining/upgrades/upgrades.ts";
import { readCompatibility } from "../../persistence/offers/compatibility.ts";
import { readExclusions } from "../../persistence/offers/exclusions.ts";
import { theShop } from "../../persistence/shop/shops.ts";

/**
 * What could be offered in place of each of some products: what was found for it without what people refuse, and what the
 * offers' own pairs name, with the prices of today.
 */
export async function readUpgradeChoices(
  tx: ShopTransaction,
  products: readonly ProductId[],
  offers: readonly Offer[],
): Promise<Map<ProductId, UpgradeChoice>> {
  const { currency } = await theShop(tx);
  const found = await readFoundUpgrades(tx, products);
  const named = offersOf("upgrade", offers).flatMap(({ config }) => config.pairs.flatMap((pair) => pair.upgrade));
  const candidates = [...found.values()].flatMap((one) => one.candidates.map(({ id }) => gid("Product", id)));
  const catalogue = await readCatalogue(tx, [...new Set([...products, ...named, ...candidates])]);
  const compatibility = await readCompatibility(tx);
  const { asTrigger, asCompanion } = await readExclusions(tx);
  const hidden = await readHiddenUpgrades(tx, products);
  const approved = await readApprovedUpgrades(tx, products);
  return new Map(
    products.map((product) => [
      product,
      {
        currency,
        priceMinor: asTrigger.has(product) ? null : (catalogue.get(product)?.priceMinor ?? null),
        candidates: (found.get(product)?.candidates ?? []).map(({ id, differences }): FoundCandidate => {
          const candidate = gid("Product", id);
          const isApproved = approved.get(product)?.has(candidate) === true;
          return { product: candidate, approved: isApproved, better: betterLines(differences) };
        }),
        fitsInPlace: (other) => compatibility.canReplace(product, other),
        priceOf: (other) => {
          const known = catalogue.get(other);
          const isRefused = asCompanion.has(other) || hidden.get(product)?.has(other) === true;
          return isRefused || !isForSale(known) ? null : known!.priceMinor;
        },
      },
    ]),
  );
}
