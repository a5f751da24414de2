import { parseGid, type ProductId } from "../../domain/ids.ts";
import { type HidingSplit, splitText } from "../../domain/measurement/experiments/published-split.ts";
import { discountedByArm, hiddenOffers } from "../../domain/measurement/experiments/shown-offers.ts";
import type { Offer } from "../../domain/offers/offer.ts";
import { offersOf } from "../../domain/offers/offer-types.ts";
import { productMetafields, type ProductEntry } from "../../domain/offers/product-metafields.ts";
import { runningOffers } from "../../domain/offers/running-offers.ts";
import { publishedCampaigns } from "../../domain/offers/shopper-conditions/campaign.ts";
import { shopMetafields } from "../../domain/offers/shop-metafields.ts";
import { isForSale } from "../../domain/offers/types/bought-together/choose-companions.ts";
import type { SuggestedCompanions } from "../../domain/offers/types/bought-together/chosen-offer.ts";
import type { UpgradeChoice } from "../../domain/offers/types/upgrade/listed-upgrades.ts";
import { PRICED_TYPES } from "../../domain/pricing/rules.ts";
import { PUBLISHED } from "../../domain/publishing/addresses.ts";
import { readBundleProducts, readCatalogue, type CatalogueEntry } from "../../persistence/catalogue/products.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readBundlesForSale } from "../../persistence/offers/made-bundles.ts";
import { readSplit } from "../../persistence/measurement/experiments.ts";
import { readConditionFacts } from "../../persistence/offers/condition-facts.ts";
import { readActiveOffers } from "../../persistence/offers/offer-rows.ts";
import { replaceSuggested } from "../../persistence/offers/suggested.ts";
import { readShownBestSellers } from "../../persistence/mining/counts/best-selling.ts";
import { readOfferEntries, type OfferEntryRow } from "../../persistence/publishing/offer-entries.ts";
import {
  readPublished,
  readPublishedProducts,
  type PublishedKey,
  type PublishedRow,
} from "../../persistence/publishing/published.ts";
import { readShopSettings, type ShopSettings } from "../../persistence/settings/settings.ts";
import type { ShopRow } from "../../persistence/shop/shops.ts";
import type { MetafieldInput } from "../../shopify/operations/metafields.ts";
import { chooseOffers, readShopEvidence, type OfferedProduct, type ShopEvidence } from "./choose-offers.ts";
import { compileEntries } from "./compile-entries.ts";
import type { DiscountState } from "./look-after-discount.ts";
import { entryRow, isEnvelope, metafield, nameOf, publishedRow, refusedRow } from "./metafield-rows.ts";
import { publishScope, typesFor, type PublishScope } from "./publish-scope.ts";
import { readUpgradeChoices } from "./upgrade-choices.ts";

/** Liquid reads the first 50 references of a list. A few orders by chance make no best seller. */
const BEST_SELLERS = { leastOrders: 5, limit: 50 };

/** Few enough that choosing their offers delays no other job of the process. */
const PRODUCTS_AT_ONCE = 50;

/** What differs between what is to be offered and what Shopify holds. */
export interface PublishPlan {
  readonly scope: PublishScope;
  readonly changed: readonly MetafieldInput[];
  readonly ended: readonly PublishedKey[];
  /** The entries of each product that was looked at: noted once Shopify holds its envelope. */
  readonly entries: ReadonlyMap<ProductId, readonly OfferEntryRow[]>;
  /** Products whose envelope Shopify holds already. */
  readonly settled: readonly ProductId[];
  /** For how many products the orders were looked at. */
  readonly chosenFor: number;
}

interface Planning {
  readonly tx: ShopTransaction;
  /** Products that exist: those to look at, and what may be offered with those to choose for. */
  readonly catalogue: ReadonlyMap<ProductId, CatalogueEntry>;
  /** What choosing needs to know; null where there is nothing to choose. */
  readonly evidence: ShopEvidence | null;
  /** Whether companions are to be chosen for every product. */
  readonly choosesForAll: boolean;
  readonly settings: ShopSettings;
  readonly offers: readonly Offer[];
  readonly split: HidingSplit;
  readonly scope: PublishScope;
  readonly discountIsActive: boolean;
  readonly all: boolean;
}

/**
 * Compares what is to be offered with what Shopify holds. Looks at the products that something changed for, or at all
 * where the offers of a type changed, and at all of them with `all`; for the others everything stays as it is.
 */
export async function planPublish(
  tx: ShopTransaction,
  shop: ShopRow,
  { discount, now, all }: { discount: DiscountState; now: Date; all: boolean },
): Promise<PublishPlan> {
  const settings = await readShopSettings(tx);
  const offers = runningOffers(await readActiveOffers(tx), now, shop);
  const discountIsActive = discount.active;
  const split = await readSplit(tx);
  const scope = await publishScope(tx, shop, { offers, settings, split, discountIsActive, all });
  const material = await readMaterial(tx, scope, now);
  const planning = { tx, settings, offers, split, scope, discountIsActive, all, ...material };
  const wide = [...shopWide(shop, discount, planning), ...(await bestSellers(shop, planning))];
  const products = await productsOf(planning);
  const plan = await planProducts(products, planning);
  const held = await readPublished(tx, products);
  const { changed, ended, same } = compare([...wide, ...plan.wanted], held);
  const settled = same.flatMap((one) => (isEnvelope(one) ? (parseGid("Product", one.ownerId) ?? []) : []));
  return { scope, changed, ended, settled, entries: plan.entries, chosenFor: plan.chosenFor };
}

/** Reads what is known of the products to look at, and of those to choose for. */
async function readMaterial(
  tx: ShopTransaction,
  { due, changedTypes }: PublishScope,
  now: Date,
): Promise<Pick<Planning, "catalogue" | "evidence" | "choosesForAll">> {
  const choosesForAll = changedTypes.some(({ type }) => type.needsChoice === "companions");
  const triggers = choosesForAll ? undefined : due.map(({ product }) => product);
  const evidence = triggers?.length === 0 ? null : await readShopEvidence(tx, now, triggers);
  const needsWhole = changedTypes.length > 0 && !choosesForAll;
  const catalogue = needsWhole ? await readCatalogue(tx) : (evidence?.catalogue ?? new Map<ProductId, never>());
  return { catalogue, evidence, choosesForAll };
}

/** The shop-wide metafields: first, because a discount without its policy, or blocks without their switch, do nothing. */
function shopWide(shop: ShopRow, discount: DiscountState, { settings, offers, split, discountIsActive }: Planning) {
  // Where nothing is shown, nobody is split.
  const types = new Map(offers.map(({ number, type }) => [number, type]));
  const isShown = !settings.paused && offers.length > 0;
  const campaigns = publishedCampaigns(offers.map(({ audience }) => audience));
  const published = isShown ? splitText(split, types, campaigns) : null;
  const atCheckout = isShown ? splitText(split, types) : null;
  const { policy, asked, storefront, checkout, gifts } = shopMetafields(offers, {
    ...{ discountIsActive, ownRates: settings.shippingRates },
    // What customers' own histories add, nobody can approve.
    ...{ paused: settings.paused, history: settings.useCustomerHistory && settings.shopMode !== "manual" },
    split: atCheckout === null ? undefined : (JSON.parse(atCheckout) as unknown),
    byArm: discountedByArm(split),
  });
  return [
    // First what another refers to. A list that nothing refers to any more does no harm.
    ...(discount.id === null || asked === null ? [] : [metafield(discount.id, PUBLISHED.asked, asked)]),
    ...(discount.id === null ? [] : [metafield(discount.id, PUBLISHED.policy, policy)]),
    ...(gifts === "[]" ? [] : [metafield(shop.installationId, PUBLISHED.gifts, gifts)]),
    metafield(shop.installationId, PUBLISHED.storefront, storefront),
    ...(published === null ? [] : [metafield(shop.installationId, PUBLISHED.split, published)]),
    metafield(shop.shopifyId, PUBLISHED.checkout, checkout),
  ];
}

/**
 * What blocks on home, collection, search and 404 pages show; nothing where no product has enough orders, or where shoppers
 * are to see only what a person chose.
 */
async function bestSellers(shop: ShopRow, { tx, settings }: Planning): Promise<MetafieldInput[]> {
  const isKeptBack = settings.paused || settings.shopMode === "manual";
  const products = isKeptBack ? [] : await readShownBestSellers(tx, BEST_SELLERS);
  return products.length === 0 ? [] : [metafield(shop.shopifyId, PUBLISHED.bestSellers, JSON.stringify(products))];
}

/** The products to look at: with a changed type all that exist, and all that Shopify holds anything of ours for. */
async function productsOf({ tx, scope, catalogue }: Planning): Promise<ProductId[]> {
  const due = scope.due.map(({ product }) => product);
  if (scope.changedTypes.length === 0) return due;
  return [...new Set([...catalogue.keys(), ...(await readPublishedProducts(tx)), ...due])];
}

interface ProductsPlan {
  readonly wanted: MetafieldInput[];
  readonly entries: Map<ProductId, OfferEntryRow[]>;
  readonly chosenFor: number;
}

async function planProducts(products: readonly ProductId[], planning: Planning): Promise<ProductsPlan> {
  const { tx, scope } = planning;
  const due = new Set(scope.due.map(({ product }) => product));
  const suggested = new Map<ProductId, SuggestedCompanions>();
  const plan: ProductsPlan & { chosenFor: number } = { wanted: [], entries: new Map(), chosenFor: 0 };
  for (let from = 0; from < products.length; from += PRODUCTS_AT_ONCE) {
    const batch = products.slice(from, from + PRODUCTS_AT_ONCE);
    const chosen = await choicesOf(batch, planning, due);
    for (const one of chosen.values()) if (one.suggested !== null) suggested.set(one.trigger, one.suggested);
    plan.chosenFor += chosen.size;
    const bundles = await readBundleProducts(tx, batch);
    for (const [product, entries] of await entriesOf(batch, { planning, due, chosen })) {
      plan.entries.set(
        product,
        entries.map((entry) => entryRow(product, entry)),
      );
      const metafields = productMetafields(entries, bundles.has(product));
      plan.wanted.push(...metafields.map(({ address, value }) => metafield(product, address, value)));
    }
  }
  await replaceSuggested(tx, suggested, planning.choosesForAll ? null : [...due]);
  return plan;
}

/** What is chosen for the products of a batch that are to be chosen for. */
async function choicesOf(
  batch: readonly ProductId[],
  { tx, catalogue, evidence, choosesForAll }: Planning,
  due: ReadonlySet<ProductId>,
): Promise<Map<ProductId, OfferedProduct>> {
  const triggers = batch.filter(
    (product) => catalogue.get(product)?.isGiftCard === false && (choosesForAll || due.has(product)),
  );
  const chosen = evidence === null || triggers.length === 0 ? [] : await chooseOffers(tx, evidence, triggers);
  return new Map(chosen.map((one) => [one.trigger, one]));
}

/** The entries that each product of a batch is to carry; while the shop is paused, none. */
async function entriesOf(
  batch: readonly ProductId[],
  given: {
    planning: Planning;
    due: ReadonlySet<ProductId>;
    chosen: ReadonlyMap<ProductId, OfferedProduct>;
  },
): Promise<Map<ProductId, readonly ProductEntry[]>> {
  const { tx, catalogue, evidence, settings, offers, split, scope, discountIsActive, all } = given.planning;
  if (settings.paused) return new Map(batch.map((product) => [product, []]));
  const stored = await readOfferEntries(tx, batch);
  const conditions = await readConditionFacts(tx, batch);
  const upgrades = await upgradesOf(batch, given);
  const bundles = await readBundlesForSale(tx);
  return new Map(
    batch.map((product) => {
      const own = conditions.get(product) ?? null;
      if (own === null || catalogue.get(product)?.isGiftCard !== false) return [product, []];
      const companions = given.chosen.get(product) ?? null;
      const entries = compileEntries({
        ...{ product, offers, hidden: hiddenOffers(split), discountIsActive, sendsAll: all },
        chosen: { companions, upgrades: upgrades.get(product) ?? null, bundles },
        types: typesFor(product, { due: given.due, changedTypes: scope.changedTypes }),
        conditionFacts: { product: own },
        stored: stored.get(product) ?? [],
        ordersUntil: evidence?.ordersUntil ?? null,
        mayBeOffered: (other) => isForSale(catalogue.get(other)) && companions?.refused.has(other) !== true,
      });
      return [product, own.isBundle === true ? entries.filter(changesNoPrice) : entries];
    }),
  );
}

/** What a bundle may carry: nothing that promises a discount on it. */
function changesNoPrice({ offer }: ProductEntry): boolean {
  return !Object.hasOwn(PRICED_TYPES, offer.type);
}

/** What could be offered in place of the products of a batch whose upgrades are to be compiled. */
async function upgradesOf(
  batch: readonly ProductId[],
  { planning: { tx, offers, scope }, due }: { planning: Planning; due: ReadonlySet<ProductId> },
): Promise<ReadonlyMap<ProductId, UpgradeChoice>> {
  const isCompiled = (product: ProductId) =>
    typesFor(product, { due, changedTypes: scope.changedTypes }).some(({ type }) => type.needsChoice === "upgrades");
  const products = offersOf("upgrade", offers).length === 0 ? [] : batch.filter(isCompiled);
  return products.length === 0 ? new Map() : readUpgradeChoices(tx, products, offers);
}

/** What is wanted and differs from what Shopify holds, what it holds that is not wanted, and what stays as it is. */
function compare(wanted: readonly MetafieldInput[], held: readonly PublishedRow[]) {
  const before = new Map(held.map((row) => [nameOf(row), row.digest]));
  const digestBefore = (one: MetafieldInput) => before.get(nameOf(one));
  const same = wanted.filter((one) => digestBefore(one) === publishedRow(one).digest);
  const isKnown = new Set(same);
  const changed = wanted.filter((one) => !isKnown.has(one) && digestBefore(one) !== refusedRow(one).digest);
  const names = new Set(wanted.map(nameOf));
  const ended = held
    .filter((row) => !names.has(nameOf(row)))
    .map(({ ownerId, namespace, key }): PublishedKey => ({ ownerId, namespace, key }));
  return { changed, ended, same };
}
