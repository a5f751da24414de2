import type { ProductId, ShopDomain } from "../../domain/ids.ts";
import type { LearntList } from "../../domain/mining/lists/learnt-lists.ts";
import type { Segment } from "../../domain/shoppers/shopper.ts";
import type { PublishedOffer } from "../../domain/offers/types/bought-together/published.ts";
import { LISTED_COMPANIONS } from "../../domain/shoppers/list-lengths.ts";
import { segmentOfCode } from "../../domain/offers/segment-use.ts";
import type {
  BestSellerView,
  CompanionView,
  PlacedView,
  ProductDetailView,
  SeasonView,
  SimilarEvidenceView,
} from "../../views/bought-together-view.ts";
import type { MoneyView } from "../../views/money-view.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readSegmentsInUse } from "../../persistence/mining/lists/segment-lists.ts";
import { readPublishedOffers } from "../../persistence/publishing/published.ts";
import { readBestSellers } from "../../persistence/offers/suggested.ts";
import { readCatalogue, type CatalogueEntry } from "../../persistence/catalogue/products.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import type { ChosenOffer, Considered } from "../../domain/offers/types/bought-together/chosen-offer.ts";
import { chooseOffers, readShopEvidence, type ShopEvidence } from "../publishing/choose-offers.ts";
import { shownTo } from "./shown-to.ts";

/** Mined companions listed with a product, shown to shoppers or not. */
const LISTED = 10;
const BEST_SELLERS = 5;

/**
 * What goes with one product and the evidence for it, as one segment sees it where its code is given; null where the
 * product is not in the catalogue.
 */
export function readCompanions(
  shop: ShopDomain,
  product: ProductId,
  segmentCode: string,
  context: FlowContext,
): Promise<ProductDetailView | null> {
  return inShop(context.database, shop, async (tx) => {
    const { currency } = await theShop(tx);
    const segment = segmentCode === "" ? null : segmentOfCode(segmentCode, await readSegmentsInUse(tx));
    return detailOf(tx, product, { segment, currency, now: context.now() });
  });
}

/** As {@link readCompanions}, within a transaction. */
export async function detailOf(
  tx: ShopTransaction,
  product: ProductId,
  { segment, currency, now }: { segment: Segment | null; currency: string; now: Date },
): Promise<ProductDetailView | null> {
  const evidence = await readShopEvidence(tx, now, [product]);
  if (!evidence.catalogue.has(product)) return null;
  const [ofAllShoppers] = await chooseOffers(tx, evidence, [product], { seenBy: segment });
  const own = segment === null ? undefined : ofAllShoppers!.segments[0];
  const offer = own === undefined ? ofAllShoppers! : { ...ofAllShoppers!, companions: own.companions };
  const published = (await readPublishedOffers(tx, [product])).get(product) ?? null;
  const companions = companionViews(offer, { evidence, currency, published, segment });
  const isBare = offer.suggested === null && companions.every(({ pinned, chosen }) => !pinned && !chosen);
  return {
    productId: product,
    ownList: own !== undefined,
    companions,
    ordersMissing: offer.ordersMissing(),
    bestSellers: isBare ? await bestSellers(tx, product, companions, currency) : [],
  };
}

async function bestSellers(
  tx: ShopTransaction,
  product: ProductId,
  companions: readonly CompanionView[],
  currency: string,
): Promise<BestSellerView[]> {
  const blocked = companions.filter((one) => one.blocked).map(({ productId }) => productId as ProductId);
  const found = await readBestSellers(tx, product, { without: blocked, limit: BEST_SELLERS });
  const catalogue = await readCatalogue(
    tx,
    found.map((one) => one.product),
  );
  return found.flatMap(({ product: id, baskets: orders, sameType }) => {
    const entry = catalogue.get(id);
    if (entry === undefined) return [];
    const { title, imageUrl } = entry;
    return [{ productId: id, title, imageUrl, price: price(entry, currency), orders, sameType }];
  });
}

export interface ViewContext {
  readonly evidence: ShopEvidence;
  readonly currency: string;
  /** What Shopify holds now; null for nothing. */
  readonly published: PublishedOffer | null;
  readonly segment: Segment | null;
}

/** What was considered for a product, as pages show it: what was decided about, and the best of the others. */
export function companionViews(offer: ChosenOffer, context: ViewContext): CompanionView[] {
  const { evidence, currency, published, segment } = context;
  const held = new Set(published === null ? [] : shownTo(published, segment).slice(0, LISTED_COMPANIONS));
  const place = new Map(offer.companions.map(({ product }, index) => [product, index]));
  const placeOf = (product: ProductId) => place.get(product) ?? Infinity;
  const ordered = offer.considered.toSorted((a, b) => {
    const [first, second] = [placeOf(a.product), placeOf(b.product)];
    return first === second ? 0 : first - second;
  });
  const isDecided = ({ pinned, approved, blocked }: Considered) => pinned || approved || blocked;
  const decided = ordered.filter(isDecided);
  const mined = ordered.filter((one) => !isDecided(one)).slice(0, LISTED);
  return ordered
    .filter((considered) => decided.includes(considered) || mined.includes(considered))
    .flatMap((considered) => {
      const product = evidence.catalogue.get(considered.product);
      if (product === undefined) return [];
      const chosen = placeOf(considered.product) < LISTED_COMPANIONS;
      const shown = held.has(considered.product) && product.published && product.inStock;
      const ordersShown = offer.ordersShown.get(considered.product) ?? null;
      const why = whyThere(considered, offer, evidence);
      const nearIdentical = offer.nearIdentical.has(considered.product);
      const shows = { chosen, shown, ordersShown, nearIdentical };
      return [{ ...companionView(considered, product, currency), ...why, ...shows }];
    });
}

type Why = Pick<CompanionView, "source" | "placed" | "viewed" | "similar" | "insteadOf" | "season">;

function whyThere(considered: Considered, { list }: ChosenOffer, { catalogue }: ShopEvidence): Why {
  const placed = placedView(considered, list);
  return {
    source: considered.pinned ? "pinned" : (placed?.ranker ?? "confidence"),
    placed,
    similar: considered.from.flatMap(({ product, own }): SimilarEvidenceView[] => {
      const title = catalogue.get(product)?.title;
      const { together: ordersTogether, ordersA: orders } = own.pair;
      return title === undefined ? [] : [{ productId: product, title, ordersTogether, orders }];
    }),
    viewed: considered.grade === "thin" ? (considered.listed?.viewed ?? null) : null,
    insteadOf: considered.listed?.insteadOf ?? null,
    season: seasonView(considered),
  };
}

function placedView({ listed }: Considered, list: LearntList | null): PlacedView | null {
  if (listed === null || list === null) return null;
  const { placedBy: by, rank, confidenceRank } = listed;
  const ranker = { page: list.ranker, cart: list.cartRanker, viewed: "viewed", similar: "new-product" }[by];
  return { by, ranker, rank, confidenceRank };
}

function seasonView({ listed, season }: Considered): SeasonView | null {
  if (listed === null || listed.season === null || season.state === "all-year") return null;
  const { months, together, togetherInSeason, years } = listed.season;
  return { months: [...months], together, togetherInSeason, years, now: season.state, resting: season.resting };
}

function companionView(
  { product: productId, own, grade, limit, pinned, approved, blocked, excluded }: Considered,
  product: CatalogueEntry,
  currency: string,
): Omit<CompanionView, keyof Why | "chosen" | "shown" | "ordersShown" | "nearIdentical"> {
  const { together, ordersA, ordersB, support, confidenceAB, lift, firstAt, lastAt, trend } = own.associate();
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
    approved,
    limit,
    blocked,
    excluded,
  };
}

function price({ priceMinor }: CatalogueEntry, currency: string): MoneyView | null {
  return priceMinor === null ? null : { amountMinor: priceMinor, currency };
}
