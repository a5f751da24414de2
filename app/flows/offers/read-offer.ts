import type { ShopDomain } from "../../domain/ids.ts";
import { areAllProductsGone, namedProducts } from "../../domain/offers/named-products.ts";
import { offerState } from "../../domain/offers/offer-state.ts";
import { isForAll, runningOffers } from "../../domain/offers/running-offers.ts";
import { isOfferTypeName, type OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { contentShape, OFFER_TYPES } from "../../domain/offers/offer-types.ts";
import { countProductsWithPlans } from "../../persistence/catalogue/products-with-plans.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readFailingOffers } from "../../persistence/offers/failing-offers.ts";
import { runningExperimentsOf } from "../../persistence/measurement/experiment-rows.ts";
import { findGoneProducts } from "../../persistence/offers/gone-products.ts";
import { readActiveOffers, readStoredOffer, type StoredOffer } from "../../persistence/offers/offer-rows.ts";
import { countFoundUpgrades, readUpgradeRun } from "../../persistence/mining/upgrades/upgrades.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import {
  type ForeignOfferView,
  isForeign,
  type OfferEditorView,
  type StoredOfferView,
} from "../../views/offer-editor-view.ts";
import { readBundleView } from "../bundles/read-bundle-view.ts";
import type { FlowContext } from "../context.ts";
import { readProposal } from "../playbooks/read-proposals.ts";
import { failingView } from "./failing-view.ts";

/** What the page of one offer shows; null where there is no such offer. */
export async function readOffer(
  shop: ShopDomain,
  number: number,
  context: FlowContext,
): Promise<OfferEditorView | ForeignOfferView | null> {
  const view = await inShop(context.database, shop, async (tx): Promise<OfferEditorView | ForeignOfferView | null> => {
    const found = await readStoredOffer(tx, number);
    if (found === null) return null;
    const stored = await storedView(tx, found, context.now());
    const { type, name, fault } = found;
    if (!isOfferTypeName(type) || fault?.code === "newer-version") return { stored, name, type };
    return { stored, type, content: found.content!, ...(await shopFacts(tx, type, context.now())) };
  });
  return view === null || isForeign(view) ? view : withBundle(shop, number, view, context);
}

/** With what Shopify says of it, where it is a bundle. */
async function withBundle(shop: ShopDomain, number: number | null, view: OfferEditorView, context: FlowContext) {
  return view.type === "fixed-bundle" ? { ...view, bundle: await readBundleView(shop, number, context) } : view;
}

/**
 * The page of a proposed offer: of a new one, or of the draft that it fills in. Null where it is not proposed, or not any
 * more.
 */
export function openProposal(shop: ShopDomain, id: string, context: FlowContext): Promise<OfferEditorView | null> {
  return inShop(context.database, shop, async (tx) => {
    const found = await readProposal(tx, id, context.now());
    if (found === null) return null;
    const { proposal, view } = found;
    const { type, content } = proposal;
    const draft = proposal.draft === null ? null : await readStoredOffer(tx, proposal.draft);
    return {
      stored: draft === null ? null : await storedView(tx, draft, context.now()),
      ...{ type, content: draft?.content ?? contentShape(type).default },
      ...(await shopFacts(tx, type, context.now())),
      proposal: { view, content: { ...content, name: content.name || (draft?.name ?? "") } },
    };
  });
}

/** What the page of an offer that is yet to be made shows. */
export async function newOffer(shop: ShopDomain, type: OfferTypeName, context: FlowContext): Promise<OfferEditorView> {
  const view = await inShop(context.database, shop, async (tx) => ({
    ...{ stored: null, type, content: contentShape(type).default },
    ...(await shopFacts(tx, type, context.now())),
  }));
  return withBundle(shop, null, view, context);
}

async function shopFacts(
  tx: ShopTransaction,
  type: OfferTypeName,
  now: Date,
): Promise<
  Pick<
    OfferEditorView,
    "shop" | "shippingRates" | "upgradesFound" | "productsWithPlans" | "forAll" | "shopMode" | "paused"
  >
> {
  const shop = await theShop(tx);
  const { currency, currencies, timezone } = shop;
  const { shippingRates, paused, shopMode } = await readShopSettings(tx);
  const upgradesFound = type === "upgrade" && (await readUpgradeRun(tx)) !== null ? await countFoundUpgrades(tx) : null;
  const plans = type === "subscription" ? { productsWithPlans: await countProductsWithPlans(tx) } : {};
  const running = runningOffers(await readActiveOffers(tx), now, shop);
  // Offers without conditions on products say in other ways which ones they are for.
  const isByProduct = OFFER_TYPES[type].conditions.length > 0;
  const forAll = running.filter((offer) => isByProduct && offer.type === type && isForAll(offer));
  return {
    ...{ shop: { currency, currencies, timezone }, shippingRates: [...shippingRates] },
    ...{ upgradesFound, ...plans, paused, shopMode },
    forAll: forAll.map(({ number, name, priority }) => ({ number, name, priority })),
  };
}

async function storedView(tx: ShopTransaction, found: StoredOffer, now: Date): Promise<StoredOfferView> {
  const { offer, number, version, status, fault } = found;
  const gone = await findGoneProducts(tx, offer === null ? [] : namedProducts(offer.conditions));
  const areProductsGone = offer !== null && areAllProductsGone(offer.conditions, (product) => gone.has(product));
  const { timezone } = await theShop(tx);
  return {
    ...{ number, version, fault },
    state: offerState(status, offer, { now, timezone, areProductsGone }),
    changedAt: found.updatedAt.toISOString(),
    canUndo: found.hasBefore,
    goneProducts: [...gone],
    failing: failingView((await readFailingOffers(tx, [number])).get(number)),
    experiments: await runningExperimentsOf(tx, number),
  };
}
