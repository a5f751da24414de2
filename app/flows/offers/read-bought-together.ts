import { composition } from "../../composition.ts";
import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import { LISTED_COMPANIONS } from "../../domain/placements/published.ts";
import type { LearntList } from "../../domain/mining/lists/learnt-lists.ts";
import type {
  BoughtTogetherPageView,
  CompanionView,
  MoneyView,
  PlacedView,
  ProductRowView,
  SeasonView,
  SimilarEvidenceView,
} from "../../domain/reports/views.ts";
import type { Segment } from "../../domain/mining/segments/segment.ts";
import { segmentOfCode, useOfSegment } from "../../domain/reports/segment-use.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readProductPage } from "../../persistence/products/product-pages.ts";
import type { CatalogueEntry } from "../../persistence/products/products.ts";
import { readSegmentsInUse } from "../../persistence/lists/segment-lists.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import {
  chooseOffers,
  readShopEvidence,
  type ChosenOffer,
  type Considered,
  type ShopEvidence,
} from "./choose-offers.ts";
import type { FlowContext } from "../context.ts";

const PAGE_SIZE = 20;
/** Mined companions listed with a product, shown to shoppers or not. */
const LISTED = 10;

/** A page of products with what goes with each, and the evidence for it; as one segment sees it where it is named. */
export function readBoughtTogether(
  shop: ShopDomain,
  query: Pick<BoughtTogetherPageView, "search" | "page" | "filter"> & { segment?: string },
  context: FlowContext = composition(),
): Promise<BoughtTogetherPageView> {
  return inShop(context.database, shop, async (tx) => {
    const { currency } = await theShop(tx);
    const search = query.search.trim();
    const at = (page: number) => ({ search, filter: query.filter, offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE });
    let found = await readProductPage(tx, at(query.page));
    const pageCount = Math.max(Math.ceil(found.total / PAGE_SIZE), 1);
    const page = Math.min(query.page, pageCount);
    if (page !== query.page) found = await readProductPage(tx, at(page));
    const evidence = await readShopEvidence(tx, context.now());
    const segments = (await readSegmentsInUse(tx)).map((one) => ({
      ...one,
      use: useOfSegment(one, evidence.settings),
    }));
    const segment = segmentOfCode(query.segment ?? "", segments);
    const offers = await chooseOffers(tx, evidence, found.products, segment);
    const rows = offers.flatMap((offer) => productRow(offer, evidence, currency, segment));
    return { search, page, pageCount, total: found.total, filter: query.filter, segments, segment, rows };
  });
}

function productRow(
  everybodys: ChosenOffer,
  evidence: ShopEvidence,
  currency: string,
  segment: Segment | null,
): ProductRowView[] {
  const product = evidence.catalogue.get(everybodys.trigger);
  if (product === undefined) return [];
  const own = segment === null ? undefined : everybodys.segments[0];
  const offer = own === undefined ? everybodys : { ...everybodys, companions: own.companions };
  return [
    {
      productId: offer.trigger,
      title: product.title,
      imageUrl: product.imageUrl,
      price: price(product, currency),
      orders: evidence.basketCounts.get(offer.trigger) ?? 0,
      status: statusOf(offer, evidence),
      ownList: own !== undefined,
      companions: companionViews(offer, evidence, currency),
    },
  ];
}

function statusOf(offer: ChosenOffer, { settings }: ShopEvidence): ProductRowView["status"] {
  if (offer.companions.length > 0) return "live";
  const worthy = offer.considered.filter(({ grade, listed }) => grade !== "thin" && listed?.insteadOf == null);
  if (worthy.some(({ blocked }) => !blocked) && settings.mode === "review") return "review";
  return worthy.length > 0 && worthy.every(({ blocked }) => blocked) ? "blocked" : "no-evidence";
}

/** Shown ones in the order in which shoppers see them, then the rest: pins, blocks, and the best of the mined. */
function companionViews(offer: ChosenOffer, evidence: ShopEvidence, currency: string): CompanionView[] {
  const place = new Map(offer.companions.map(({ product }, index) => [product, index]));
  const placeOf = (product: ProductId) => place.get(product) ?? Infinity;
  const ordered = offer.considered.toSorted((a, b) => {
    const [first, second] = [placeOf(a.product), placeOf(b.product)];
    return first === second ? 0 : first - second;
  });
  const chosen = ordered.filter(({ pinned, blocked }) => pinned || blocked);
  const mined = ordered.filter(({ pinned, blocked }) => !pinned && !blocked).slice(0, LISTED);
  return ordered
    .filter((considered) => chosen.includes(considered) || mined.includes(considered))
    .flatMap((considered) => {
      const product = evidence.catalogue.get(considered.product);
      if (product === undefined) return [];
      const shown = placeOf(considered.product) < LISTED_COMPANIONS;
      const ordersTold = offer.ordersTold.get(considered.product) ?? null;
      const why = whyThere(considered, offer, evidence);
      return [{ ...companionView(considered, product, currency), ...why, shown, ordersTold }];
    });
}

type Why = Pick<CompanionView, "source" | "placed" | "similar" | "insteadOf" | "season">;

function whyThere(considered: Considered, { list }: ChosenOffer, { catalogue }: ShopEvidence): Why {
  const placed = placedView(considered, list);
  return {
    source: considered.pinned ? "pinned" : (placed?.ranker ?? "confidence"),
    placed,
    similar: considered.from.flatMap(({ product, association }): SimilarEvidenceView[] => {
      const title = catalogue.get(product)?.title;
      const { together: ordersTogether, ordersA: orders } = association;
      return title === undefined ? [] : [{ productId: product, title, ordersTogether, orders }];
    }),
    insteadOf: considered.listed?.insteadOf ?? null,
    season: seasonView(considered),
  };
}

function placedView({ listed }: Considered, list: LearntList | null): PlacedView | null {
  if (listed === null || list === null) return null;
  const { placedBy: by, rank, confidenceRank } = listed;
  const ranker = { page: list.ranker, cart: list.cartRanker, similar: "new-product" }[by];
  return { by, ranker, rank, confidenceRank };
}

function seasonView({ listed, season }: Considered): SeasonView | null {
  if (listed === null || listed.season === null || season.state === "all-year") return null;
  const { months, together, togetherInSeason, years } = listed.season;
  return { months: [...months], together, togetherInSeason, years, now: season.state, resting: season.resting };
}

function companionView(
  { product: productId, association, grade, pinned, blocked }: Considered,
  product: CatalogueEntry,
  currency: string,
): Omit<CompanionView, keyof Why | "shown" | "ordersTold"> {
  const { together, ordersA, ordersB, support, confidenceAB, lift, firstAt, lastAt, trend } = association;
  return {
    productId,
    title: product.title,
    imageUrl: product.imageUrl,
    price: price(product, currency),
    available: product.published && product.inStock,
    ordersTogether: together,
    ordersTrigger: ordersA,
    ordersCompanion: ordersB,
    support,
    confidence: confidenceAB.value,
    confidenceLow: confidenceAB.low,
    confidenceHigh: confidenceAB.high,
    lift: lift.value,
    liftLow: lift.low,
    // JSON knows no infinity: where there is no upper end, the figure itself is given.
    liftHigh: Number.isFinite(lift.high) ? lift.high : lift.value,
    firstSeen: firstAt === null ? null : new Date(firstAt).toISOString(),
    lastSeen: lastAt === null ? null : new Date(lastAt).toISOString(),
    trend,
    grade,
    pinned,
    blocked,
  };
}

function price({ priceMinor }: CatalogueEntry, currency: string): MoneyView | null {
  return priceMinor === null ? null : { amountMinor: priceMinor, currency };
}
