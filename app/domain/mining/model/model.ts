import type { BasketTable } from "../../baskets/basket-table.ts";
import { browsingLists, withBrowsing, type BrowsingCounts, type BrowsingScales } from "../browsing/browsing-lists.ts";
import { browsingScales, type BrowsingMaterial } from "../selection/choose-browsing.ts";
import { chooseRanking, examine } from "../selection/choose.ts";
import type { EarlierLists, SelectionReport } from "../selection/choose.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import { callingThread } from "../selection/worker-pool.ts";
import type { WorkerPool } from "../selection/worker-pool.ts";
import { learnRankers } from "../selection/learn.ts";
import type { LearntRankers, Scales } from "../rankers/rankers.ts";
import type { Surface } from "../selection/held-out.ts";
import { LONGEST_COMPANIONS, publishedLists } from "../selection/published-lists.ts";
import { trainingBaskets, type TrainingBaskets } from "../matrices/training-baskets.ts";

export interface BuildOptions {
  /** The outcome of an earlier choice for this shop: it is learnt with, and not chosen again. */
  readonly selection?: SelectionReport;
  /** What shoppers browsed, where it is known. It counts only where the choice found that it helps. */
  readonly browsing?: BrowsingMaterial | null;
  /** Where the tasks run; the calling thread unless given. */
  readonly pool?: WorkerPool;
}

/** A shop's ranking: what the rankers learnt, their weights on each surface, and the figures behind the choice. */
export interface RankingModel {
  readonly itemIds: readonly string[];
  readonly customerIds: readonly string[];
  /** The baskets, for the nearest-basket ranker and for what sold when. */
  readonly baskets: Pick<BasketTable, "start" | "items" | "at">;
  readonly rankers: LearntRankers;
  readonly scales: { readonly cart: Scales; readonly page: Scales; readonly customer: Scales };
  /** At most 50 companions an item, strongest first: what is published. Their sum over a cart ranks it. */
  readonly companions: CompanionLists;
  /** As `companions`, ranked for the page of the one product instead of for a cart. */
  readonly pageCompanions: CompanionLists;
  readonly report: SelectionReport;
  /** What puts companions first with new products; null where browsing does not, or is not known. */
  readonly browsing: NewProductBrowsing | null;
  /**
   * The same lists as the earlier orders alone have them, to try things on the latest; null where nothing was chosen.
   */
  readonly earlier: EarlierLists | null;
}

/**
 * Chooses on the held-out latest orders (unless a choice is given), then learns from all of them. The same table and
 * choice give the same model, whatever the size of the pool.
 */
export async function buildModel(table: BasketTable, options: BuildOptions = {}): Promise<RankingModel> {
  const { pool = callingThread, browsing = null } = options;
  const { report, earlier } =
    options.selection === undefined
      ? await chooseRanking(table, await examine(table, pool), pool, browsing)
      : { report: options.selection, earlier: null };
  const baskets = trainingBaskets(table);
  const rankers = await learnRankers(table, baskets, report.ridge, pool);
  const scales = { cart: report.cart.scales, page: report.page.scales, customer: report.customer.scales };
  const added = browsingAdded(table, baskets, report, browsing);
  const companions = added("cart", publishedLists(rankers, report.cart.listedScales, report.cartSize));
  const pageCompanions = added("page", publishedLists(rankers, report.page.listedScales, 1));
  const { itemIds, customerIds, start, items, at } = table;
  return {
    itemIds,
    customerIds,
    baskets: { start, items, at },
    browsing: newProductBrowsing(report, browsing),
    rankers,
    scales,
    companions,
    pageCompanions,
    report,
    earlier,
  };
}

/** What puts companions first with new products: what was browsed, and what either kind of it was found to be worth. */
export interface NewProductBrowsing {
  readonly counts: BrowsingCounts;
  readonly scales: BrowsingScales;
}

function newProductBrowsing({ browsing }: SelectionReport, known: BrowsingMaterial | null): NewProductBrowsing | null {
  if (known === null || !browsing?.leadsNewProducts) return null;
  return { counts: known.all, scales: browsingScales(browsing, "page") };
}

/** Adds to the lists of a surface what the choice found that browsing adds; leaves them as they are where it adds nothing. */
function browsingAdded(
  { itemIds }: BasketTable,
  baskets: TrainingBaskets,
  { browsing }: SelectionReport,
  known: BrowsingMaterial | null,
): (surface: Surface, lists: CompanionLists) => CompanionLists {
  if (known === null || browsing?.verdict !== "in-use") return (_, lists) => lists;
  const added = browsingLists(known.all, itemIds, baskets);
  return (surface, lists) => withBrowsing(lists, added, browsingScales(browsing, surface), LONGEST_COMPANIONS);
}
