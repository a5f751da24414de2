import { gid, type ProductId, type VariantId } from "../../domain/ids.ts";
import type { StoredUpgrades } from "../../domain/mining/upgrades/stored-upgrades.ts";
import type { Offer } from "../../domain/offers/offer.ts";
import { offersOf } from "../../domain/offers/offer-types.ts";
import { isForSale } from "../../domain/offers/types/bought-together/choose-companions.ts";
import { betterLines } from "../../domain/offers/types/upgrade/better-lines.ts";
import {
  type FoundCandidate,
  type FoundVariant,
  stepBetween,
  stepOf,
  type UpgradeChoice,
} from "../../domain/offers/types/upgrade/listed-upgrades.ts";
import { readCatalogue } from "../../persistence/catalogue/products.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readApprovedUpgrades } from "../../persistence/mining/upgrades/approved-upgrades.ts";
import { readHiddenUpgrades } from "../../persistence/mining/upgrades/hidden-upgrades.ts";
import {
  readFoundUpgrades,
  readProductsOfVariants,
  readVariantFacts,
  type VariantFacts,
} from "../../persistence/mining/upgrades/upgrades.ts";
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
  const variants = await readVariants(tx, products, { found, offers });
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
        variants: asCompanion.has(product)
          ? []
          : betterVariants(found.get(product), { approved: approved.get(product), hidden: hidden.get(product) }),
        priceOfVariant: (variant) => variants.get(variant)?.priceMinor ?? null,
        stepOfPair: (from, to) => {
          const [one, other] = [variants.get(from), variants.get(to)];
          if (one?.product !== product || other?.product !== product) return null;
          const isRefused = asCompanion.has(product) || isHidden(hidden.get(product), from, to);
          return isRefused ? null : stepBetween(one.options, other.options);
        },
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

/** The variants of the products that have a better one of their own, by what was found or by pairs of staff. */
async function readVariants(
  tx: ShopTransaction,
  products: readonly ProductId[],
  { found, offers }: { found: ReadonlyMap<ProductId, StoredUpgrades>; offers: readonly Offer[] },
): Promise<Map<VariantId, VariantFacts>> {
  const paired = offersOf("upgrade", offers).flatMap(({ config }) =>
    config.variantPairs.flatMap(({ variant }) => variant),
  );
  const ofPairs = new Set(paired.length === 0 ? [] : await readProductsOfVariants(tx, [...new Set(paired)]));
  const hasBetter = (product: ProductId) => ofPairs.has(product) || (found.get(product)?.variants.length ?? 0) > 0;
  return readVariantFacts(tx, products.filter(hasBetter));
}

/** Whether staff hid a variant, in place of another one or of any. */
function isHidden(hidden: ReadonlySet<string> | undefined, from: VariantId, to: VariantId): boolean {
  return hidden?.has(to) === true || hidden?.has(`${from}>${to}`) === true;
}

/** The better variants that were found of one product and that nobody hid, and whether a person approved each. */
export function betterVariants(
  found: StoredUpgrades | undefined,
  said: { readonly approved?: ReadonlySet<string> | undefined; readonly hidden?: ReadonlySet<string> | undefined } = {},
): FoundVariant[] {
  return (found?.variants ?? []).flatMap((one): FoundVariant[] => {
    const [from, to] = [gid("ProductVariant", one.of), gid("ProductVariant", one.id)];
    if (isHidden(said.hidden, from, to)) return [];
    const approved = said.approved?.has(`${from}>${to}`) === true;
    return [{ from, to, step: stepOf(one), approved, needsApproval: one.better.code === "price" }];
  });
}
