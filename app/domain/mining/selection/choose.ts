import type { BasketTable } from "../../baskets/basket-table.ts";
import { chooseBrowsing, untriedBrowsing, type BrowsingChoice, type BrowsingMaterial } from "./choose-browsing.ts";
import { BESIDE_LISTS, chooseHistory } from "./choose-history.ts";
import type { HistoryChoice } from "./choose-history.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import { inShares, SUMMED_SHARES } from "./worker-pool.ts";
import type { WorkerPool } from "./worker-pool.ts";
import { heldOutQueries, joinScored, learningOrders, ofSlices } from "./held-out.ts";
import type { Found, HeldOutQuery, ScoredQueries, Surface } from "./held-out.ts";
import { onLists } from "./history-on-lists.ts";
import { learnRankers } from "./learn.ts";
import type { RidgeSettings } from "./learn.ts";
import type { PairWeights } from "../matrices/pair-weights.ts";
import { RANKERS } from "../rankers/rankers.ts";
import type { LearntRankers, RankerName, Scales } from "../rankers/rankers.ts";
import { publishedLists } from "./published-lists.ts";
import { isClearlyBetter, quality } from "./quality.ts";
import type { Quality } from "./quality.ts";
import type { RankingName } from "../rankers/ranker.ts";
import { trainingBaskets } from "../matrices/training-baskets.ts";
import type { TrainingBaskets } from "../matrices/training-baskets.ts";
import { DEFAULT_RIDGE, tuneRidge } from "./tune-ridge.ts";

/** How well one ranking did on the held-out orders: per slice, oldest first, and over all of them. */
export interface Contender {
  readonly name: RankingName;
  readonly scales: Scales;
  readonly slices: readonly Quality[];
  readonly overall: Quality;
}

/** The rankings that were tried for one surface, the one that was chosen, and why. */
export interface Choice {
  readonly surface: Surface | "customer";
  readonly contenders: readonly Contender[];
  readonly winner: RankingName;
  readonly reason:
    | "clearly-better-than-simpler-ones"
    | "nothing-was-clearly-better"
    /** Another one found more, but would lose more than {@link MOST_LOST} of its hits when published as lists. */
    | "the-best-cannot-be-published"
    | "too-few-orders";
  readonly scales: Scales;
  /** The best scales among those that can be published as lists; `scales` itself where it can. */
  readonly listedScales: Scales;
}

/** HitRate@10 of the published lists, summed over the held-out carts, and of the model that they approximate. */
export interface PublishedQuality {
  readonly hitRate10: number;
  readonly hitRate10OfModel: number;
}

/** All choices for one shop, and the orders that they are based on. */
export interface SelectionReport {
  readonly learningOrders: number;
  readonly heldOutOrders: number;
  readonly ridge: RidgeSettings;
  readonly cart: Choice;
  readonly page: Choice;
  /** As `cart`, for a shopper whose earlier orders are known. */
  readonly customer: Choice;
  /** What a known customer's own history adds to the published lists; null where too few customers are known. */
  readonly history: HistoryChoice | null;
  /** What shoppers' browsing adds to the lists; null where none is known, absent in choices of earlier versions. */
  readonly browsing?: BrowsingChoice | null;
  /** Null where there were too few orders to measure. */
  readonly published: PublishedQuality | null;
  /** Items in an average held-out cart, before the one that was hidden. */
  readonly cartSize: number;
}

/** Weight of popularity, so that it breaks ties between items that no ranker scored. */
const TIE_BREAK = 1e-6;
/** With fewer held-out orders a difference is chance, and the simplest sound ranking is used. */
const LEAST_ORDERS = 50;
/**
 * Relative gain in NDCG@10 that a more complex ranking needs over all slices; it must also gain in most of them. One
 * that cannot be published as lists has to gain more than such lists may lose.
 */
const WORTH = 0.005;
const WORTH_UNLISTED = 0.02;

/** Share of the first ten's hits that a ranking may lose when it is published as lists. */
const MOST_LOST = 0.02;

const POPULARITY = scalesOf({ prior: 1 });
const CONFIDENCE = scalesOf({ confidence: 1, prior: TIE_BREAK });
const RIDGE_ALONE = scalesOf({ ridge: 1, prior: TIE_BREAK });
const BEST_RULE = scalesOf({ bestRule: 1, prior: TIE_BREAK });
const BASKETS = scalesOf({ neighbours: 1, prior: TIE_BREAK });
/** Rankers that are sums of lists over the cart, and all rankers that score items for a cart. */
const LISTED: readonly RankerName[] = ["ridge", "confidence", "prior"];
const ALL: readonly RankerName[] = ["neighbours", "bestRule", "ridge", "confidence", "prior"];
const FROM_HISTORY: readonly RankerName[] = ["own", "ownCompanions"];

/**
 * The test: queries made of a shop's latest orders, for what is learnt from its earlier ones. Empty below {@link
 * LEAST_ORDERS}.
 */
export interface Examination {
  readonly learning: TrainingBaskets;
  readonly heldOutOrders: number;
  readonly ridge: RidgeSettings;
  /** Weighted pair counts of the earlier orders; null where they were not counted. */
  readonly pairs: PairWeights | null;
  readonly cart: readonly HeldOutQuery[];
  readonly page: readonly HeldOutQuery[];
}

/** Holds the latest orders out and tunes the item model on them. */
export async function examine(table: BasketTable, pool: WorkerPool): Promise<Examination> {
  const learnt = learningOrders(table.at.length);
  const learning = trainingBaskets(table, learnt);
  const cart = heldOutQueries(table, learnt, "cart").map(anonymously);
  const heldOutOrders = Math.round(cart.reduce((sum, query) => sum + query.weight, 0));
  if (heldOutOrders < LEAST_ORDERS) {
    return { learning, heldOutOrders, ridge: DEFAULT_RIDGE, pairs: null, cart: [], page: [] };
  }
  const page = heldOutQueries(table, learnt, "page").map(anonymously);
  const { settings: ridge, pairs } = await tuneRidge(learning, cart, pool);
  return { learning, heldOutOrders, ridge, pairs, cart, page };
}

/** The choice, and the lists that it gives for the earlier orders alone; null where there were too few orders. */
export interface Chosen {
  readonly report: SelectionReport;
  readonly earlier: EarlierLists | null;
}

/** What would have been published before the latest orders came: see `RankingModel`. */
export interface EarlierLists {
  readonly companions: CompanionLists;
  readonly pageCompanions: CompanionLists;
  readonly baskets: TrainingBaskets;
}

/**
 * Learns from the earlier orders, measures on the later ones, and chooses a ranking per surface, then whether `browsing`
 * adds to it. Deterministic.
 */
export async function chooseRanking(
  table: BasketTable,
  { learning, heldOutOrders, ridge, pairs, cart: cartQueries, page: pageQueries }: Examination,
  pool: WorkerPool,
  material: BrowsingMaterial | null = null,
): Promise<Chosen> {
  if (cartQueries.length === 0) return { report: undecided(learning.orders, heldOutOrders, material), earlier: null };
  const rankers = await learnRankers(table, learning, ridge, pool, pairs);
  const isKnown = (order: number) => hasHistory(rankers, table.customer[order]!);
  const known = heldOutQueries(table, learning.orders, "cart", isKnown);
  const forItems = async (surface: Surface, queries: readonly HeldOutQuery[]) =>
    chooseForItems(surface, await scored(rankers, queries, ALL, pool), pool);
  const [pageChoice, cartChoice] = await Promise.all([forItems("page", pageQueries), forItems("cart", cartQueries)]);
  const cartSize = cartQueries.reduce((sum, query) => sum + query.cart.length * query.weight, 0) / heldOutOrders;
  const companions = publishedLists(rankers, cartChoice.listedScales, cartSize);
  const pageCompanions = publishedLists(rankers, pageChoice.listedScales, 1);
  const [pageHits, hitRate10] = await Promise.all([
    hitRateOfLists(pageCompanions, rankers, pageQueries, pool),
    hitRateOfLists(companions, rankers, cartQueries, pool),
  ]);
  const page = publishable(pageChoice, pageHits);
  const cart = publishable(cartChoice, hitRate10);
  const asked = RANKERS.filter((ranker, index) => FROM_HISTORY.includes(ranker) || cart.scales[index] !== 0);
  const customer = await chooseForCustomers(await scored(rankers, known, asked, pool), cart, pool);
  const published = { hitRate10, hitRate10OfModel: winnerOf(cart).overall.hitRate10 };
  const history = await onPublished(onLists(rankers, companions), known, pool);
  const scales = { cart: cart.listedScales, page: page.listedScales };
  const browsing =
    material === null ? null : await chooseBrowsing(table, { rankers, ridge, scales, cartSize }, material, pool);
  const orders = { learningOrders: learning.orders, heldOutOrders };
  const report = { ...orders, ridge, cart, page, customer, history, browsing, published, cartSize };
  return { report, earlier: { companions, pageCompanions, baskets: learning } };
}

/** What histories add to the published lists, which take the place of `rankers.confidence`. */
async function onPublished(
  rankers: LearntRankers,
  known: readonly HeldOutQuery[],
  pool: WorkerPool,
): Promise<HistoryChoice | null> {
  if (known.reduce((sum, { weight }) => sum + weight, 0) < LEAST_ORDERS) return null;
  return chooseHistory(rankers, known, await scored(rankers, known, BESIDE_LISTS, pool), pool);
}

async function scored(
  rankers: LearntRankers,
  queries: readonly HeldOutQuery[],
  asked: readonly RankerName[],
  pool: WorkerPool,
): Promise<ScoredQueries> {
  const shares = inShares(queries, pool.size);
  return joinScored(
    await Promise.all(shares.map((share) => pool.run("score-queries", { rankers, queries: share, asked }))),
  );
}

/** HitRate@10 of published lists. */
async function hitRateOfLists(
  lists: CompanionLists,
  { prior }: LearntRankers,
  queries: readonly HeldOutQuery[],
  pool: WorkerPool,
): Promise<number> {
  const shares = inShares(queries, SUMMED_SHARES);
  const found = await Promise.all(shares.map((share) => pool.run("found-by-lists", { lists, prior, queries: share })));
  const sum = (of: (share: Found) => number) => found.reduce((all, share) => all + of(share), 0);
  return sum(({ hits10 }) => hits10) / sum(({ asked }) => asked);
}

/** The choice, if its lists rank nearly as well; otherwise the best ranking that consists of lists. */
function publishable(choice: Choice, hitRateOfLists: number): Choice {
  const isListed = choice.scales === choice.listedScales;
  if (isListed || hitRateOfLists >= (1 - MOST_LOST) * winnerOf(choice).overall.hitRate10) return choice;
  const listed = choice.contenders.find(({ scales }) => scales === choice.listedScales)!;
  return { ...choice, winner: listed.name, reason: "the-best-cannot-be-published", scales: listed.scales };
}

function winnerOf({ contenders, winner }: Choice): Contender {
  return contenders.find(({ name }) => name === winner)!;
}

/** Scales by ranker as an array in the order of RANKERS; rankers that are not named get 0. */
export function scalesOf(scaleOf: Partial<Record<RankerName, number>>): Scales {
  return RANKERS.map((ranker) => scaleOf[ranker] ?? 0);
}

/** Simple first: a later contender replaces an earlier one only if it is clearly better. */
async function chooseForItems(surface: Surface, queries: ScoredQueries, pool: WorkerPool): Promise<Choice> {
  const simple = [
    measured("popularity", queries, POPULARITY),
    measured("confidence", queries, CONFIDENCE),
    measured("neighbour-ridge", queries, RIDGE_ALONE),
  ];
  const blend = await blended("blend", queries, best(surface, simple).scales, LISTED, pool);
  return decide(surface, [
    ...simple,
    blend,
    measured("best-rule", queries, BEST_RULE),
    measured("basket-neighbours", queries, BASKETS),
    await blended("basket-blend", queries, blend.scales, ALL, pool),
  ]);
}

/** The cart's choice, alone and with the customer's own history added. */
async function chooseForCustomers(queries: ScoredQueries, cart: Choice, pool: WorkerPool): Promise<Choice> {
  const without = measured(cart.winner, queries, cart.scales);
  if (without.overall.orders < LEAST_ORDERS) {
    return { ...decide("customer", [without]), reason: "too-few-orders" };
  }
  return decide("customer", [without, await blended("blend", queries, cart.scales, FROM_HISTORY, pool)]);
}

function decide(surface: Choice["surface"], contenders: readonly Contender[]): Choice {
  const winner = best(surface, contenders);
  const listed = best(
    surface,
    contenders.filter(({ name }) => surface === "customer" || isListed(surface, name)),
  );
  const reason = winner === contenders[0] ? "nothing-was-clearly-better" : "clearly-better-than-simpler-ones";
  return {
    surface,
    contenders,
    winner: winner.name,
    reason,
    scales: winner.scales,
    listedScales: listed.scales,
  };
}

function best(surface: Choice["surface"], contenders: readonly Contender[]): Contender {
  return contenders.reduce((winner, next) => (isWorth(surface, next, winner) ? next : winner));
}

/**
 * Two-fold cross-validation: even slices are ranked with scales found on the odd ones, and the other way round. The
 * scales that are used are found on all slices.
 */
async function blended(
  name: RankingName,
  queries: ScoredQueries,
  from: Scales,
  open: readonly RankerName[],
  pool: WorkerPool,
): Promise<Contender> {
  const halves = [0, 1].map((half) => ofSlices(queries, (slice) => slice % 2 === half));
  const [scales, ...crossScales] = await Promise.all(
    [queries, ...halves].map((of) => pool.run("search-blend", { queries: of, from, open })),
  );
  const crossed = halves.map((half, index) => quality(half, crossScales[1 - index]!));
  const slices = quality(queries, from)
    .slice(0, -1)
    .map((_, slice) => crossed[slice % 2]![slice]!);
  return { name, scales: scales!, slices, overall: pooled(slices) };
}

function pooled(slices: readonly Quality[]): Quality {
  const orders = slices.reduce((sum, slice) => sum + slice.orders, 0);
  const mean = (of: (slice: Quality) => number) =>
    orders === 0 ? 0 : slices.reduce((sum, slice) => sum + of(slice) * slice.orders, 0) / orders;
  return {
    orders,
    hitRate4: mean((slice) => slice.hitRate4),
    hitRate10: mean((slice) => slice.hitRate10),
    ndcg10: mean((slice) => slice.ndcg10),
  };
}

function measured(name: RankingName, queries: ScoredQueries, scales: Scales): Contender {
  const figures = quality(queries, scales);
  return { name, scales, slices: figures.slice(0, -1), overall: figures.at(-1)! };
}

/** Whether the more complex `next` earns its place: clearly more found overall, and more in most of the slices. */
function isWorth(surface: Choice["surface"], next: Contender, winner: Contender): boolean {
  const worth = isListed(surface, next.name) ? WORTH : WORTH_UNLISTED;
  return isClearlyBetter([...next.slices, next.overall], [...winner.slices, winner.overall], worth);
}

/** Whether lists summed over the query rank as the ranker does: of one product, the best rule is a list too. */
function isListed(surface: Choice["surface"], name: RankingName): boolean {
  return !name.startsWith("basket") && (name !== "best-rule" || surface === "page");
}

function anonymously(query: HeldOutQuery): HeldOutQuery {
  return { ...query, customer: -1 };
}

function hasHistory(rankers: LearntRankers, customer: number): boolean {
  return customer >= 0 && rankers.history.start[customer + 1]! > rankers.history.start[customer]!;
}

function undecided(learning: number, heldOut: number, material: BrowsingMaterial | null): SelectionReport {
  const choice = (surface: Choice["surface"]): Choice => ({
    surface,
    contenders: [],
    winner: "confidence",
    reason: "too-few-orders",
    scales: CONFIDENCE,
    listedScales: CONFIDENCE,
  });
  return {
    learningOrders: learning,
    heldOutOrders: heldOut,
    ridge: DEFAULT_RIDGE,
    cart: choice("cart"),
    page: choice("page"),
    customer: choice("customer"),
    history: null,
    browsing: material === null ? null : untriedBrowsing(material),
    published: null,
    cartSize: 1,
  };
}
