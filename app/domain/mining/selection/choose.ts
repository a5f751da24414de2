import type { BasketTable } from "../../baskets/basket-table.ts";
import { BESIDE_LISTS, chooseHistory } from "./choose-history.ts";
import type { HistoryChoice } from "./choose-history.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import { inShares, SUMMED_SHARES } from "./hands.ts";
import type { Hands } from "./hands.ts";
import { heldOutQueries, joinScored, learningOrders, ofSlices } from "./held-out.ts";
import type { Found, HeldOutQuery, ScoredQueries, Surface } from "./held-out.ts";
import { onLists } from "./history-on-lists.ts";
import { learnParts } from "./learn.ts";
import type { RidgeSettings } from "./learn.ts";
import type { PairWeights } from "../matrices/pair-weights.ts";
import { PARTS } from "../rankers/parts.ts";
import type { LearntParts, PartName, Scales } from "../rankers/parts.ts";
import { publishedLists } from "./published-lists.ts";
import { isClearlyBetter, quality } from "./quality.ts";
import type { Quality } from "./quality.ts";
import type { RankerName } from "../rankers/ranker.ts";
import { trainingBaskets } from "../matrices/training-baskets.ts";
import type { TrainingBaskets } from "../matrices/training-baskets.ts";
import { DEFAULT_RIDGE, tuneRidge } from "./tune-ridge.ts";

/** How one ranker did on the held-out orders: each slice, oldest first, then all of them. */
export interface Contender {
  readonly name: RankerName;
  readonly scales: Scales;
  readonly slices: readonly Quality[];
  readonly overall: Quality;
}

/** What was tried for one surface, what won and why. */
export interface Choice {
  readonly surface: Surface | "customer";
  readonly contenders: readonly Contender[];
  readonly winner: RankerName;
  readonly reason:
    | "clearly-better-than-simpler-ones"
    | "nothing-was-clearly-better"
    /** Another found more, but published as lists it would lose more than {@link MOST_LOST} of what it found. */
    | "the-best-cannot-be-published"
    | "too-few-orders";
  readonly scales: Scales;
  /** The best scales among those that can be published as lists; `scales` itself where it can. */
  readonly listedScales: Scales;
}

/** The published lists, summed over the held-out carts, beside the model they stand for. */
export interface PublishedQuality {
  readonly hitRate10: number;
  readonly hitRate10OfModel: number;
}

/** All choices for one shop, with the orders they rest on. */
export interface SelectionReport {
  readonly learningOrders: number;
  readonly heldOutOrders: number;
  readonly ridge: RidgeSettings;
  readonly cart: Choice;
  readonly page: Choice;
  /** As `cart`, for a shopper whose earlier orders are known. */
  readonly customer: Choice;
  /** What a known shopper's own history adds to the published lists; null where too few known customers were asked. */
  readonly history: HistoryChoice | null;
  /** Null where there were too few orders to measure. */
  readonly published: PublishedQuality | null;
  /** Items in an average held-out cart, before the one that was hidden. */
  readonly cartSize: number;
}

/** A tiny say for what sells settles what no part speaks about. */
const TIE_BREAK = 1e-6;
/** Below this many held-out orders a difference is chance, and the simplest sound ranker is used. */
const LEAST_ORDERS = 50;
/**
 * A more complex ranker has to find this much more (relative NDCG@10), and more in most of the slices. One that cannot
 * be published as lists to be summed over the cart has to find more than what such lists may lose.
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
/** Parts that are sums of lists over the cart, and all that speak for a cart. */
const LISTED: readonly PartName[] = ["ridge", "confidence", "prior"];
const ALL: readonly PartName[] = ["neighbours", "bestRule", "ridge", "confidence", "prior"];
const FROM_HISTORY: readonly PartName[] = ["own", "ownCompanions"];

/** The questions that a shop's latest orders ask of what its earlier ones teach; none where there are too few. */
export interface Examination {
  readonly learning: TrainingBaskets;
  readonly heldOutOrders: number;
  readonly ridge: RidgeSettings;
  /** The pairs of the earlier orders, weighted so; null where they were not counted. */
  readonly pairs: PairWeights | null;
  readonly cart: readonly HeldOutQuery[];
  readonly page: readonly HeldOutQuery[];
}

/** Holds the latest orders out and tunes the item model on them. */
export async function examine(table: BasketTable, hands: Hands): Promise<Examination> {
  const learnt = learningOrders(table.at.length);
  const learning = trainingBaskets(table, learnt);
  const cart = heldOutQueries(table, learnt, "cart").map(anonymously);
  const heldOutOrders = Math.round(cart.reduce((sum, query) => sum + query.weight, 0));
  if (heldOutOrders < LEAST_ORDERS) {
    return { learning, heldOutOrders, ridge: DEFAULT_RIDGE, pairs: null, cart: [], page: [] };
  }
  const page = heldOutQueries(table, learnt, "page").map(anonymously);
  const { settings: ridge, pairs } = await tuneRidge(learning, cart, hands);
  return { learning, heldOutOrders, ridge, pairs, cart, page };
}

/** What was chosen, and the lists that it makes of the earlier orders alone; null where there were too few. */
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

/** Learns from the earlier orders, asks the later ones, and chooses for each surface. Deterministic. */
export async function chooseRanking(
  table: BasketTable,
  { learning, heldOutOrders, ridge, pairs, cart: cartQueries, page: pageQueries }: Examination,
  hands: Hands,
): Promise<Chosen> {
  if (cartQueries.length === 0) return { report: undecided(learning.orders, heldOutOrders), earlier: null };
  const parts = await learnParts(table, learning, ridge, hands, pairs);
  const isKnown = (order: number) => hasHistory(parts, table.customer[order]!);
  const known = heldOutQueries(table, learning.orders, "cart", isKnown);
  const forItems = async (surface: Surface, queries: readonly HeldOutQuery[]) =>
    chooseForItems(surface, await scored(parts, queries, ALL, hands), hands);
  const [pageChoice, cartChoice] = await Promise.all([forItems("page", pageQueries), forItems("cart", cartQueries)]);
  const cartSize = cartQueries.reduce((sum, query) => sum + query.cart.length * query.weight, 0) / heldOutOrders;
  const companions = publishedLists(parts, cartChoice.listedScales, cartSize);
  const pageCompanions = publishedLists(parts, pageChoice.listedScales, 1);
  const [pageHits, hitRate10] = await Promise.all([
    hitRateOfLists(pageCompanions, parts, pageQueries, hands),
    hitRateOfLists(companions, parts, cartQueries, hands),
  ]);
  const page = publishable(pageChoice, pageHits);
  const cart = publishable(cartChoice, hitRate10);
  const speaking = PARTS.filter((part, index) => FROM_HISTORY.includes(part) || cart.scales[index] !== 0);
  const customer = await chooseForCustomers(await scored(parts, known, speaking, hands), cart, hands);
  const published = { hitRate10, hitRate10OfModel: winnerOf(cart).overall.hitRate10 };
  const history = await onPublished(onLists(parts, companions), known, hands);
  const orders = { learningOrders: learning.orders, heldOutOrders };
  const report = { ...orders, ridge, cart, page, customer, history, published, cartSize };
  return { report, earlier: { companions, pageCompanions, baskets: learning } };
}

/** What histories add to the published lists, which stand in the place of `parts.confidence`. */
async function onPublished(
  parts: LearntParts,
  known: readonly HeldOutQuery[],
  hands: Hands,
): Promise<HistoryChoice | null> {
  if (known.reduce((sum, { weight }) => sum + weight, 0) < LEAST_ORDERS) return null;
  return chooseHistory(parts, known, await scored(parts, known, BESIDE_LISTS, hands), hands);
}

async function scored(
  parts: LearntParts,
  queries: readonly HeldOutQuery[],
  asked: readonly PartName[],
  hands: Hands,
): Promise<ScoredQueries> {
  const shares = inShares(queries, hands.count);
  return joinScored(
    await Promise.all(shares.map((share) => hands.do("score-queries", { parts, queries: share, asked }))),
  );
}

/** HitRate@10 of published lists. */
async function hitRateOfLists(
  lists: CompanionLists,
  { prior }: LearntParts,
  queries: readonly HeldOutQuery[],
  hands: Hands,
): Promise<number> {
  const shares = inShares(queries, SUMMED_SHARES);
  const found = await Promise.all(shares.map((share) => hands.do("found-by-lists", { lists, prior, queries: share })));
  const sum = (of: (part: Found) => number) => found.reduce((all, part) => all + of(part), 0);
  return sum(({ hits10 }) => hits10) / sum(({ asked }) => asked);
}

/** What was chosen, where the lists rank as it does; otherwise the best of those that are lists themselves. */
function publishable(choice: Choice, hitRateOfLists: number): Choice {
  const isListed = choice.scales === choice.listedScales;
  if (isListed || hitRateOfLists >= (1 - MOST_LOST) * winnerOf(choice).overall.hitRate10) return choice;
  const listed = choice.contenders.find(({ scales }) => scales === choice.listedScales)!;
  return { ...choice, winner: listed.name, reason: "the-best-cannot-be-published", scales: listed.scales };
}

function winnerOf({ contenders, winner }: Choice): Contender {
  return contenders.find(({ name }) => name === winner)!;
}

/** The scales that speak through these parts alone. */
export function scalesOf(loud: Partial<Record<PartName, number>>): Scales {
  return PARTS.map((part) => loud[part] ?? 0);
}

/** Simple first: a later contender replaces an earlier one only if it is clearly better. */
async function chooseForItems(surface: Surface, queries: ScoredQueries, hands: Hands): Promise<Choice> {
  const simple = [
    measured("popularity", queries, POPULARITY),
    measured("confidence", queries, CONFIDENCE),
    measured("neighbour-ridge", queries, RIDGE_ALONE),
  ];
  const blend = await blended("blend", queries, best(surface, simple).scales, LISTED, hands);
  return decide(surface, [
    ...simple,
    blend,
    measured("best-rule", queries, BEST_RULE),
    measured("basket-neighbours", queries, BASKETS),
    await blended("basket-blend", queries, blend.scales, ALL, hands),
  ]);
}

/** What is chosen for the cart, and whether the shopper's own history adds to it. */
async function chooseForCustomers(queries: ScoredQueries, cart: Choice, hands: Hands): Promise<Choice> {
  const without = measured(cart.winner, queries, cart.scales);
  if (without.overall.orders < LEAST_ORDERS) {
    return { ...decide("customer", [without]), reason: "too-few-orders" };
  }
  return decide("customer", [without, await blended("blend", queries, cart.scales, FROM_HISTORY, hands)]);
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
 * The blend's figures are of scales found without the slices they are measured on: even slices are ranked by what the
 * odd ones teach and the other way round. The scales that are used are found on all slices.
 */
async function blended(
  name: RankerName,
  queries: ScoredQueries,
  from: Scales,
  open: readonly PartName[],
  hands: Hands,
): Promise<Contender> {
  const halves = [0, 1].map((half) => ofSlices(queries, (slice) => slice % 2 === half));
  const [scales, ...taught] = await Promise.all(
    [queries, ...halves].map((of) => hands.do("search-blend", { queries: of, from, open })),
  );
  const crossed = halves.map((half, index) => quality(half, taught[1 - index]!));
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

function measured(name: RankerName, queries: ScoredQueries, scales: Scales): Contender {
  const figures = quality(queries, scales);
  return { name, scales, slices: figures.slice(0, -1), overall: figures.at(-1)! };
}

/** Whether the more complex `next` earns its place: clearly more found overall, and more in most of the slices. */
function isWorth(surface: Choice["surface"], next: Contender, winner: Contender): boolean {
  const worth = isListed(surface, next.name) ? WORTH : WORTH_UNLISTED;
  return isClearlyBetter([...next.slices, next.overall], [...winner.slices, winner.overall], worth);
}

/** Whether lists summed over the query rank as the ranker does: of one product, the best rule is a list too. */
function isListed(surface: Choice["surface"], name: RankerName): boolean {
  return !name.startsWith("basket") && (name !== "best-rule" || surface === "page");
}

function anonymously(query: HeldOutQuery): HeldOutQuery {
  return { ...query, customer: -1 };
}

function hasHistory(parts: LearntParts, customer: number): boolean {
  return customer >= 0 && parts.history.start[customer + 1]! > parts.history.start[customer]!;
}

function undecided(learning: number, heldOut: number): SelectionReport {
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
    published: null,
    cartSize: 1,
  };
}
