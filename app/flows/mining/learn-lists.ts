import { gid, type ProductId, type ShopDomain } from "../../domain/ids.ts";
import { haveCompanionsMoved } from "../../domain/offers/types/bought-together/material-change.ts";
import type { CustomerSuggestion } from "../../domain/mining/model/customer-suggestions.ts";
import { FEWEST_ORDERS_TOGETHER } from "../../domain/mining/evidence/association.ts";
import type { BasketTable } from "../../domain/baskets/basket-table.ts";
import type { CatalogueItem } from "../../domain/catalogue/catalogue-item.ts";
import { evidenceLimits } from "../../domain/mining/evidence/evidence-limits.ts";
import { isChoiceDue } from "../../domain/mining/evidence/learning-due.ts";
import { judgePairs, learntLists, type LearntList } from "../../domain/mining/lists/learnt-lists.ts";
import type { JudgedPairs } from "../../domain/mining/lists/pair-findings.ts";
import { countPairs } from "../../domain/mining/evidence/pair-counts.ts";
import { browsingTestFrom, type BrowsingMaterial } from "../../domain/mining/selection/choose-browsing.ts";
import type { SelectionReport } from "../../domain/mining/selection/choose.ts";
import { buildModel } from "../../domain/mining/model/model.ts";
import { RANKERS } from "../../domain/mining/rankers/rankers.ts";
import { learnSegments } from "../../domain/mining/segments/learn-segments.ts";
import type { OrderFacts } from "../../domain/mining/segments/order-segments.ts";
import { segmentsInUse, type SegmentFinding } from "../../domain/mining/segments/segment-trials.ts";
import type { LearntSegmentList } from "../../domain/mining/segments/segment.ts";
import { standardOffsetMs } from "../../domain/offers/types/bought-together/season-now.ts";
import { readBrowsedDays, readBrowsing } from "../../persistence/mining/browsing/browsing-counts.ts";
import { readFullAssociations } from "../../persistence/mining/counts/associations.ts";
import { readOrderFacts } from "../../persistence/mining/lists/basket-segments.ts";
import { readCatalogueItems } from "../../persistence/catalogue/catalogue-items.ts";
import { readChosenPairs } from "../../persistence/offers/choices.ts";
import {
  deleteCompanionListsExcept,
  readListedPairs,
  saveCompanionLists,
} from "../../persistence/mining/lists/companion-lists.ts";
import { readStoredLists } from "../../persistence/mining/lists/stored-lists.ts";
import { markEverythingDue, markPublishDue } from "../../persistence/publishing/publish-due.ts";
import type { Database } from "../../persistence/database/database.ts";
import { streamInShop, type ShopStream } from "../../persistence/database/in-shop.ts";
import {
  finishMiningRun,
  readLastLearning,
  updateMiningRun,
  type LastLearning,
  type LearningFigures,
  type RecountFigures,
  type StoredChoice,
} from "../../persistence/mining/lists/mining-runs.ts";
import { countOrdersWithLines } from "../../persistence/orders/orders.ts";
import { segmentFindingsOf } from "../../persistence/mining/lists/segment-findings.ts";
import { deleteSegmentListsExcept, saveSegmentLists } from "../../persistence/mining/lists/segment-lists.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { readTimezone, shopStays } from "../../persistence/shop/shops.ts";
import { withWorkerPool } from "../../threads/worker-pool.ts";
import { lockCounts, mergeDeltas, inBatches, readUnmergedBaskets, type UnmergedBaskets } from "./merge-deltas.ts";
import { enqueue } from "../../queue/enqueue.ts";
import { learnSuggestions, storeSuggestions } from "./suggest-to-customers.ts";

/** A complete run that this learning ends: its number, and what its recount found. */
export interface CompleteRun {
  readonly id: bigint;
  readonly recount: RecountFigures;
}

export type LearningOutcome =
  | { code: "learnt"; baskets: number; products: number; ranker: string; chosen: boolean; listsWritten: number }
  /** Nothing to build on yet, somebody else stored counts meanwhile, or the shop is gone: nothing is touched. */
  | { code: "not-mined-yet" | "overtaken" | "unknown-shop" };

/** Everything that is learnt from, as it was at one moment. */
interface LearningMaterial extends UnmergedBaskets {
  /** What tells its orders apart; null where that makes no difference. */
  readonly facts: OrderFacts | null;
  readonly catalogue: readonly CatalogueItem[];
  /** The months of seasons are those of its calendar. */
  readonly timezone: string;
  readonly last: LastLearning | null;
  /** The earlier choice that is learnt with; null where the ranking is to be chosen again. */
  readonly choice: StoredChoice | null;
  /** What was found of segments with that choice. */
  readonly found: readonly SegmentFinding[];
  /** What shoppers browsed; null where nothing is known of it, or where it is not used. */
  readonly browsing: BrowsingMaterial | null;
  /** Whether what customers' own histories add is to be learnt. */
  readonly suggests: boolean;
}

/** What is to be stored. */
interface Learnt {
  readonly lists: readonly LearntList[];
  readonly segmentLists: readonly LearntSegmentList[];
  /** Null where what is stored of customers stays. */
  readonly suggestions: readonly CustomerSuggestion[] | null;
  readonly figures: LearningFigures;
}

/**
 * Learns the lists of a shop from its stored baskets and has what changed published. The baskets are read as they are
 * at one moment, and nobody is kept waiting while the ranking is learnt; only storing the outcome takes the turn at the
 * counts. With a complete run the ranking is chosen again and pairs are judged (which are seasonal, which are bought
 * instead of each other); otherwise it is learnt with both as they are, unless that was too long ago. The same baskets
 * and choice give the same lists.
 */
export async function learnLists(
  database: Database,
  shop: ShopDomain,
  options: { now: () => Date; complete: CompleteRun | null },
): Promise<LearningOutcome> {
  const { now, complete } = options;
  const choose = complete !== null;
  const material = await streamInShop(database, shop, (tx) => readMaterial(tx, choose, now()), { asOfNow: true });
  if (material.last === null && complete === null) return { code: "not-mined-yet" };
  const { lists, segmentLists, suggestions, figures } = await learn(material, now());
  return streamInShop(database, shop, async (tx) => {
    if (!(await shopStays(tx))) return { code: "unknown-shop" };
    if (!(await lockCounts(tx, material))) {
      if (complete !== null) throw new Error("Somebody else stored counts while this run learnt");
      // Who was first may have read earlier baskets.
      await enqueue(tx, "learn-associations");
      return { code: "overtaken" };
    }
    const changed = complete === null ? await changedProducts(tx, material, { lists, segmentLists }) : null;
    const listsWritten = await storeLists(tx, material, { lists, segmentLists });
    if (suggestions !== null) await storeSuggestions(tx, suggestions);
    if (complete !== null) await finishMiningRun(tx, complete.id, complete.recount, figures, now());
    else await updateMiningRun(tx, material.last!.run, await countOrdersWithLines(tx), figures);
    // Last, because it holds the shop's row, which whoever saves an offer waits for.
    if (changed === null) await markEverythingDue(tx);
    else await markPublishDue(tx, changed);
    await enqueue(tx, "publish-offers", {}, { delaySeconds: 0 });
    const { baskets, products, ranker, choice } = figures;
    return { code: "learnt", baskets, products, ranker, chosen: choice !== null, listsWritten };
  });
}

async function readMaterial(tx: ShopStream, choose: boolean, now: Date): Promise<LearningMaterial> {
  const baskets = await readUnmergedBaskets(tx);
  const last = await readLastLearning(tx);
  const choice = choose ? null : usable(last?.choice ?? null, baskets.table.start.length - 1, now);
  const found = segmentFindingsOf(choice?.judged);
  return {
    ...{ ...baskets, last, choice, found },
    browsing: await readBrowsingMaterial(tx, baskets.table, choice),
    facts: choice === null || segmentsInUse(found).length > 0 ? await readOrderFacts(tx) : null,
    catalogue: await readCatalogueItems(tx),
    timezone: await readTimezone(tx),
    suggests: choice === null && (await readShopSettings(tx)).useCustomerHistory,
  };
}

/** Read where it is to be tried, and where it is used. */
async function readBrowsingMaterial(
  tx: ShopStream,
  table: BasketTable,
  choice: StoredChoice | null,
): Promise<BrowsingMaterial | null> {
  if (choice !== null && (choice.scores as SelectionReport).browsing?.verdict !== "in-use") return null;
  const days = await readBrowsedDays(tx);
  if (days.length === 0) return null;
  const all = await readBrowsing(tx, days);
  const testFrom = choice === null ? browsingTestFrom(days, table) : null;
  return { all, earlier: testFrom === null ? null : { ...(await readBrowsing(tx, days, testFrom)), testFrom } };
}

async function learn(material: LearningMaterial, now: Date): Promise<Learnt> {
  const { table, catalogue, choice, facts, found, browsing } = material;
  const baskets = table.start.length - 1;
  const selection = choice === null ? {} : { selection: choice.scores as SelectionReport };
  const modelling = withWorkerPool(table.items.length, (pool) => buildModel(table, { ...selection, browsing, pool }));
  // Computed on this thread while the pool learns.
  const standard = evidenceLimits(countPairs(table, FEWEST_ORDERS_TOGETHER));
  const model = await modelling;
  const utcOffsetMs = standardOffsetMs(material.timezone);
  const judged = (choice?.judged as JudgedPairs | undefined) ?? judgePairs(table, model, catalogue, utcOffsetMs);
  const chosen = { scores: model.report, at: now, baskets, among: RANKERS.join() };
  const ranker = model.report.page.winner;
  const limits = { strong: standard.strong, fair: standard.fair };
  const lists = [...learntLists(table, model, catalogue, { standard, judged })];
  const segments = facts === null ? { findings: found, lists: [] } : learnSegments(table, facts, model, lists, found);
  return {
    lists,
    segmentLists: segments.lists,
    suggestions: material.suggests ? learnSuggestions(table, model) : null,
    figures: {
      ...{ baskets, products: table.itemIds.length, ranker, limits, until: lastOrderAt(table) },
      choice: choice === null ? { ...chosen, judged: { ...judged, segments: segments.findings } } : null,
    },
  };
}

/** Orders ascend by time, those of unknown time first. */
function lastOrderAt({ at }: BasketTable): Date | null {
  const last = at.at(-1) ?? NaN;
  return Number.isNaN(last) ? null : new Date(last);
}

/** The stored choice where it can be learnt with: recent enough, and made among the rankers that the engine has now. */
function usable(choice: StoredChoice | null, baskets: number, now: Date): StoredChoice | null {
  if (choice === null || choice.judged === null || choice.among !== RANKERS.join()) return null;
  const past = { at: choice.at.getTime(), baskets: choice.baskets };
  return isChoiceDue(past, baskets, now.getTime()) ? null : choice;
}

/**
 * The products whose offers can differ by what was learnt: those of the orders that changed, and those whose lists are
 * other than the stored ones by more than a drift.
 */
async function changedProducts(
  tx: ShopStream,
  { deltas }: LearningMaterial,
  { lists, segmentLists }: Pick<Learnt, "lists" | "segmentLists">,
): Promise<ProductId[]> {
  const stored = new Map((await readStoredLists(tx)).map((list) => [`${list.product} ${list.segment}`, list]));
  const changed = new Set(deltas.products);
  const compare = (product: string, segment: string, companions: readonly { item: string; weight: number }[]) => {
    const name = `${product} ${segment}`;
    const before = stored.get(name)?.companions ?? [];
    stored.delete(name);
    const after = companions.map(({ item, weight }) => ({ product: item, weight }));
    if (haveCompanionsMoved(before, after)) changed.add(product);
  };
  for (const { item, companions } of lists) compare(item, "", companions);
  for (const { product, by, is, companions } of segmentLists) compare(product, `${by}:${is}`, companions);
  // Lists that are learnt no more.
  for (const { product } of stored.values()) changed.add(product);
  return [...changed].map((product) => gid("Product", product));
}

/** Stores what changed of the lists, and of the counts with all pairs that they list. Says how many lists changed. */
async function storeLists(
  tx: ShopStream,
  material: LearningMaterial,
  { lists, segmentLists }: Pick<Learnt, "lists" | "segmentLists">,
): Promise<number> {
  const before = await readListedPairs(tx);
  let written = await storeSegmentLists(tx, segmentLists);
  for (const batch of inBatches(lists)) written += await saveCompanionLists(tx, batch);
  written += await deleteCompanionListsExcept(
    tx,
    lists.map(({ item }) => item),
  );
  const listed = await readListedPairs(tx);
  const chosen = await readChosenPairs(tx);
  const others = (await readFullAssociations(tx)).filter(
    (id) => chosen.has(id) || !sameCompanions(before.get(id), listed.get(id)),
  );
  await mergeDeltas(tx, material, [listed, chosen], others);
  return written;
}

/** Makes these lists all that segments have. Says how many changed. */
async function storeSegmentLists(tx: ShopStream, lists: readonly LearntSegmentList[]): Promise<number> {
  let written = await deleteSegmentListsExcept(tx, lists);
  for (const batch of inBatches(lists)) written += await saveSegmentLists(tx, batch);
  return written;
}

function sameCompanions(before: ReadonlySet<string> = new Set(), after: ReadonlySet<string> = new Set()): boolean {
  return before.size === after.size && [...before].every((companion) => after.has(companion));
}
