import {
  type PriceList,
  replayedAsBundle,
  replayedByProducts,
  replayedByShop,
} from "../../domain/backtest/compile-replay.ts";
import type { ReplayedOffer } from "../../domain/backtest/replayed-offer.ts";
import { bareNumber, type ProductId } from "../../domain/ids.ts";
import { compiledType } from "../../domain/offers/compiled-types.ts";
import type { ConfigOf } from "../../domain/offers/offer-types.ts";
import type { Offer } from "../../domain/offers/offer.ts";
import { PRICED_TYPES } from "../../domain/pricing/rules.ts";
import type { PublishedEntry } from "../../domain/publishing/entry.ts";
import { type CatalogueEntry, readCatalogue } from "../../persistence/catalogue/products.ts";
import { readBundleVariants } from "../../persistence/catalogue/simulated-variants.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import { entriesOf, type WantedEntries } from "./entries-of.ts";

/** Finds what each of some products would carry of an offer. */
export type FindEntries = (wanted: WantedEntries) => Promise<ReadonlyMap<ProductId, PublishedEntry>>;

/** An offer as past orders are priced with it: with what would be published of it today if it ran, and of no other. */
export async function compileForReplay(
  tx: ShopTransaction,
  offer: Offer,
  now: Date,
  findEntries: FindEntries = (wanted) => entriesOf(tx, wanted),
): Promise<ReplayedOffer> {
  const { currency } = await theShop(tx);
  if (offer.type === "fixed-bundle") return compileBundle(tx, offer as Offer<ConfigOf<"fixed-bundle">>, currency);
  const catalogue = await readCatalogue(tx);
  const given = { currency, prices: pricesOf(catalogue) };
  const type = compiledType(offer.type);
  if (type.anchor === "shop") {
    // What the shop's own rates give is replayed as if it were the offer's: it would have been shown all the same.
    const ships: Offer = { ...offer, reward: offer.reward ?? { kind: "free-shipping" } };
    const compiled = type.compile(ships, { discountIsActive: true, ownRates: [] });
    return replayedByShop(offer, compiled?.rules ?? [], given);
  }
  // A bundle keeps its price: it carries no offer that changes prices.
  const isPriced = Object.hasOwn(PRICED_TYPES, offer.type);
  const canCarry = ({ isGiftCard, isBundle }: CatalogueEntry) => !isGiftCard && !(isPriced && isBundle === true);
  const products = [...catalogue.values()].filter(canCarry).map(({ id }) => id);
  return replayedByProducts(offer, type, await findEntries({ offer, products, now: now.getTime() }), given);
}

/** Components that Shopify would refuse are none. */
async function compileBundle(
  tx: ShopTransaction,
  offer: Offer<ConfigOf<"fixed-bundle">>,
  currency: string,
): Promise<ReplayedOffer> {
  const chosen = offer.config.components.flatMap(({ variant }) => variant.map(bareNumber));
  const found = [...(await readBundleVariants(tx, chosen)).values()];
  const usable = found.filter(({ isGiftCard, isBundle }) => !isGiftCard && !isBundle);
  return replayedAsBundle(offer, new Map(usable.map(({ id, product }) => [id, product])), currency);
}

/** Products that cannot be bought today are nothing that a shopper could add. */
function pricesOf(catalogue: ReadonlyMap<ProductId, CatalogueEntry>): PriceList {
  return new Map(
    [...catalogue.values()].flatMap(({ id, published, priceMinor, costShare }) => {
      if (!published || priceMinor === null) return [];
      const costMinor = costShare === null ? null : Math.round(costShare * priceMinor);
      return [[bareNumber(id), { priceMinor, costMinor }] as const];
    }),
  );
}
