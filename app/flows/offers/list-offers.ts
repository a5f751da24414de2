import type { ShopDomain } from "../../domain/ids.ts";
import { areAllProductsGone, namedProducts } from "../../domain/offers/named-products.ts";
import { offerState } from "../../domain/offers/offer-state.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readFailingOffers } from "../../persistence/offers/failing-offers.ts";
import { findGoneProducts } from "../../persistence/offers/gone-products.ts";
import { listOffers as readPart } from "../../persistence/offers/offer-list.ts";
import type { StoredOffer } from "../../persistence/offers/offer-rows.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import { pageOf } from "../../views/list-page.ts";
import type { OfferRowView, OffersQuery, OffersView } from "../../views/offers-view.ts";
import type { FlowContext } from "../context.ts";
import { readProposals } from "../playbooks/read-proposals.ts";
import { failingView } from "./failing-view.ts";

const OFFERS_A_PAGE = 25;
const LONGEST_SEARCH = 100;

/** One page of the shop's offers, those changed last first. */
export function listOffers(
  shop: ShopDomain,
  { page, ...query }: OffersQuery & { readonly page: number },
  context: FlowContext,
): Promise<OffersView> {
  return inShop(context.database, shop, async (tx) => {
    const { timezone } = await theShop(tx);
    const search = query.search.slice(0, LONGEST_SEARCH).replaceAll("\0", "");
    const part = await pageOf(Math.max(1, Math.floor(page) || 1), OFFERS_A_PAGE, (rows) =>
      readPart(tx, { ...query, search, ...rows }),
    );
    const { offers, total } = part.found;
    return {
      offers: await rowViews(tx, offers, { now: context.now(), timezone }),
      ...{ total, page: part.page, pageCount: part.pageCount, timezone, query: { ...query, search } },
      proposals: await readProposals(tx, context.now()),
      paused: (await readShopSettings(tx)).paused,
    };
  });
}

async function rowViews(
  tx: ShopTransaction,
  stored: readonly StoredOffer[],
  at: { now: Date; timezone: string },
): Promise<OfferRowView[]> {
  const named = stored.flatMap(({ offer }) => (offer === null ? [] : namedProducts(offer.conditions)));
  const gone = await findGoneProducts(tx, [...new Set(named)]);
  const failing = await readFailingOffers(
    tx,
    stored.map(({ number }) => number),
  );
  return stored.map(({ offer, updatedAt, hasBefore, ...one }) => {
    const areProductsGone = offer !== null && areAllProductsGone(offer.conditions, (product) => gone.has(product));
    return {
      ...one,
      state: offerState(one.status, offer, { ...at, areProductsGone }),
      surfaces: [...(offer?.surfaces ?? [])],
      schedule: offer?.schedule ?? null,
      changedAt: updatedAt.toISOString(),
      canUndo: hasBefore,
      failing: failingView(failing.get(one.number)),
    };
  });
}
