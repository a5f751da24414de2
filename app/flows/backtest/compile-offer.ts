import {
  type PriceList,
  replayedAsBundle,
  replayedByProducts,
  replayedByShop,
} from "../../domain/backtest/compile-replay.ts";
import type { ReplayedOffer } from "../../domain/backtest/replayed-offer.ts";
import { bareNumber, type ProductId } from "../../domain/ids.ts";
import type { ProductCompiledType } from "../../domain/offers/compiled-type.ts";
import { compiledType } from "../../domain/offers/compiled-types.ts";
import { conditionsHold } from "../../domain/offers/conditions/conditions.ts";
import { type ConfigOf, offersOf } from "../../domain/offers/offer-types.ts";
import type { Offer } from "../../domain/offers/offer.ts";
import { PRICED_TYPES } from "../../domain/pricing/rules.ts";
import type { PublishedEntry } from "../../domain/publishing/entry.ts";
import { type CatalogueEntry, readCatalogue } from "../../persistence/catalogue/products.ts";
import { readBundleVariants } from "../../persistence/catalogue/simulated-variants.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readConditionFacts } from "../../persistence/offers/condition-facts.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import { chooseOffers, readShopEvidence } from "../publishing/choose-offers.ts";
import { readUpgradeChoices } from "../publishing/upgrade-choices.ts";

/** Few enough that choosing for them keeps nobody waiting. */
const PRODUCTS_AT_ONCE = 200;

type ProductType = ProductCompiledType<unknown, PublishedEntry, unknown>;

/** An offer as past orders are priced with it: with what would be published of it today if it ran, and of no other. */
export async function compileForReplay(tx: ShopTransaction, offer: Offer, now: Date): Promise<ReplayedOffer> {
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
  return replayedByProducts(offer, type, await entriesOf(tx, { offer, type, products, now }), given);
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

/** What each product would carry of the offer. */
async function entriesOf(
  tx: ShopTransaction,
  given: { offer: Offer; type: ProductType; products: readonly ProductId[]; now: Date },
): Promise<Map<ProductId, PublishedEntry>> {
  const { offer, type, products, now } = given;
  const entries = new Map<ProductId, PublishedEntry>();
  const choose = await chooserOf(tx, offer, type, now);
  for (let from = 0; from < products.length; from += PRODUCTS_AT_ONCE) {
    const facts = await readConditionFacts(tx, products.slice(from, from + PRODUCTS_AT_ONCE));
    const batch = [...facts.keys()].filter((product) => {
      return conditionsHold(offer.conditions, { product: facts.get(product)! }) === true;
    });
    const chosen = batch.length === 0 ? null : await choose(batch);
    for (const product of batch) {
      const choice = chosen?.get(product) ?? null;
      if (type.needsChoice !== false && choice === null) continue;
      const { hasSellingPlans } = facts.get(product)!;
      const own = { product, hasSellingPlans, chosen: choice, ordersUntil: null, discountIsActive: true };
      const entry = type.compile(offer, own);
      if (entry !== null) entries.set(product, entry);
    }
  }
  return entries;
}

type Choose = (products: readonly ProductId[]) => Promise<ReadonlyMap<ProductId, unknown> | null>;

/** Chooses for products as publishing would. Gives null for a type that needs no choice, and for bundles. */
async function chooserOf(tx: ShopTransaction, offer: Offer, type: ProductType, now: Date): Promise<Choose> {
  if (type.needsChoice === false || type.needsChoice === "bundles") return () => Promise.resolve(null);
  if (type.needsChoice === "upgrades") return (products) => readUpgradeChoices(tx, products, [offer]);
  const evidence = await readShopEvidence(tx, now);
  const running = { ...evidence.running, boughtTogether: offersOf("bought-together", [offer]) };
  return async (products) => {
    const chosen = await chooseOffers(tx, { ...evidence, running }, products);
    return new Map(chosen.map((one) => [one.trigger, one]));
  };
}
