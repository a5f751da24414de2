import { type BareId, bareNumber, type ProductId } from "../../domain/ids.ts";
import { hiddenOffers } from "../../domain/measurement/experiments/shown-offers.ts";
import type { CompiledType } from "../../domain/offers/compiled-type.ts";
import { compiledType, PRODUCT_TYPES } from "../../domain/offers/compiled-types.ts";
import type { ProductFacts } from "../../domain/offers/conditions/condition.ts";
import type { Offer } from "../../domain/offers/offer.ts";
import { offersOf } from "../../domain/offers/offer-types.ts";
import { type ProductEntry, productMetafields } from "../../domain/offers/product-metafields.ts";
import { type PromisedCredit, promisedCredits } from "../../domain/offers/promised-credits.ts";
import { readTested } from "../../domain/offers/tested-entry.ts";
import type { ProductRules } from "../../domain/pricing/rules.ts";
import { PUBLISHED } from "../../domain/publishing/addresses.ts";
import { entriesIn, envelopeOf } from "../../domain/publishing/envelope.ts";
import { objectIn } from "../../domain/publishing/read-json.ts";
import { readSplit } from "../../persistence/measurement/experiments.ts";
import { readBundlesForSale } from "../../persistence/offers/made-bundles.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readOfferEntries } from "../../persistence/publishing/offer-entries.ts";
import { chooseOffers, readShopEvidence } from "../publishing/choose-offers.ts";
import { compileEntries } from "../publishing/compile-entries.ts";
import { readUpgradeChoices } from "../publishing/upgrade-choices.ts";

/** The entries of each product: an offer, and what the product carries of it. */
export type EntriesOfProducts = ReadonlyMap<ProductId, readonly ProductEntry[]>;

/** The entries that Shopify holds. An offer that is gone, or an entry that this release cannot read, is left out. */
export async function publishedEntries(
  tx: ShopTransaction,
  products: readonly ProductId[],
  offers: readonly Offer[],
): Promise<EntriesOfProducts> {
  const rows = await readOfferEntries(tx, products);
  const read = products.map((product): [ProductId, ProductEntry[]] => [
    product,
    (rows.get(product) ?? []).flatMap(({ offerNumber, value }) => {
      const offer = offers.find(({ number }) => number === offerNumber);
      const type: CompiledType | null = offer === undefined ? null : compiledType(offer.type);
      const [unread] = entriesIn([objectIn(value)]);
      const entry = type?.anchor !== "product" || unread === undefined ? null : readTested(type, unread);
      return entry === null ? [] : [{ offer: offer!, entry }];
    }),
  ]);
  const byPriority = (a: ProductEntry, b: ProductEntry) =>
    b.offer.priority - a.offer.priority || a.offer.number - b.offer.number;
  return new Map(read.map(([product, entries]) => [product, entries.toSorted(byPriority)]));
}

/** The entries that a publish would compile from these offers, taken as running. */
export async function plannedEntries(
  tx: ShopTransaction,
  facts: ReadonlyMap<ProductId, ProductFacts>,
  given: { readonly running: readonly Offer[]; readonly discountIsActive: boolean; readonly now: Date },
): Promise<EntriesOfProducts> {
  const products = [...facts.keys()];
  if (products.length === 0) return new Map();
  const evidence = await readShopEvidence(tx, given.now, products);
  const boughtTogether = offersOf("bought-together", given.running);
  const shop = { ...evidence, running: { ...evidence.running, boughtTogether } };
  const chosen = new Map((await chooseOffers(tx, shop, products)).map((one) => [one.trigger, one]));
  const bundles = await readBundlesForSale(tx);
  const upgrades = await readUpgradeChoices(tx, products, given.running);
  const hidden = hiddenOffers(await readSplit(tx));
  return new Map(
    products.map((product) => [
      product,
      compileEntries({
        ...{ product, offers: given.running, hidden, stored: [], sendsAll: true },
        chosen: { companions: chosen.get(product) ?? null, upgrades: upgrades.get(product) ?? null, bundles },
        ...{ types: PRODUCT_TYPES, conditionFacts: { product: facts.get(product)! } },
        ...{ discountIsActive: given.discountIsActive, ordersUntil: evidence.ordersUntil, mayBeOffered: () => true },
      }),
    ]),
  );
}

/** The products that a shopper could add from an entry, the best first. */
export function listedIn({ offer, entry }: ProductEntry): BareId[] {
  const type: CompiledType = compiledType(offer.type);
  if (type.anchor !== "product") return [];
  const { companions, segmentCompanions } = type.references(entry);
  return [...new Set([...[...companions, ...segmentCompanions].map(bareNumber), ...(type.listed?.(entry) ?? [])])];
}

/** What the discount Function reads of an entry; null where it changes no price. */
export function rulesOfEntry({ offer, entry }: ProductEntry): ProductRules | null {
  const type: CompiledType = compiledType(offer.type);
  return type.anchor === "product" ? type.rules(entry, offer) : null;
}

/** The store credit that a product's entries promise. */
export function creditsOfEntries(product: ProductId, entries: readonly ProductEntry[]): PromisedCredit[] {
  return promisedCredits(product, envelopeOf(entries.map(({ entry }) => entry)));
}

/** What a product's metafield for the discount Function says. */
export function rulesText(product: ProductId, entries: readonly ProductEntry[]): [BareId, string][] {
  const metafield = productMetafields(entries).find(({ address }) => address === PUBLISHED.rules);
  return metafield === undefined ? [] : [[bareNumber(product), JSON.parse(metafield.value) as string]];
}
