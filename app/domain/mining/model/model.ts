import type { BasketTable } from "../../baskets/basket-table.ts";
import { chooseRanking, examine } from "../selection/choose.ts";
import type { EarlierLists, SelectionReport } from "../selection/choose.ts";
import type { CompanionLists } from "../matrices/companion-lists.ts";
import { ownHand } from "../selection/hands.ts";
import type { Hands } from "../selection/hands.ts";
import { learnParts } from "../selection/learn.ts";
import type { LearntParts, Scales } from "../rankers/parts.ts";
import { publishedLists } from "../selection/published-lists.ts";
import { trainingBaskets } from "../matrices/training-baskets.ts";

export interface BuildOptions {
  /** The outcome of an earlier choice for this shop: it is learnt with, and not chosen again. */
  readonly selection?: SelectionReport;
  /** Who works; the caller's own thread unless given. */
  readonly hands?: Hands;
}

/** A shop's ranking: what was learnt, how loudly each part speaks on each surface, and the figures behind it. */
export interface RankingModel {
  readonly itemIds: readonly string[];
  readonly customerIds: readonly string[];
  /** The baskets, for the nearest-basket ranker and for what sold when. */
  readonly baskets: Pick<BasketTable, "start" | "items" | "at">;
  readonly parts: LearntParts;
  readonly scales: { readonly cart: Scales; readonly page: Scales; readonly customer: Scales };
  /** At most 50 companions an item, strongest first: what is published. Their sum over a cart ranks it. */
  readonly companions: CompanionLists;
  /** As `companions`, ranked for the page of the one product instead of for a cart. */
  readonly pageCompanions: CompanionLists;
  readonly report: SelectionReport;
  /** The same lists as the earlier orders alone have them, to try things on the latest; null where nothing was chosen. */
  readonly earlier: EarlierLists | null;
}

/**
 * Chooses on the held-out latest orders (unless a choice is given), then learns from all of them. The same table and
 * choice give the same model, whatever the number of hands.
 */
export async function buildModel(table: BasketTable, options: BuildOptions = {}): Promise<RankingModel> {
  const { hands = ownHand } = options;
  const { report, earlier } =
    options.selection === undefined
      ? await chooseRanking(table, await examine(table, hands), hands)
      : { report: options.selection, earlier: null };
  const parts = await learnParts(table, trainingBaskets(table), report.ridge, hands);
  const scales = { cart: report.cart.scales, page: report.page.scales, customer: report.customer.scales };
  const companions = publishedLists(parts, report.cart.listedScales, report.cartSize);
  const pageCompanions = publishedLists(parts, report.page.listedScales, 1);
  const { itemIds, customerIds, start, items, at } = table;
  return {
    itemIds,
    customerIds,
    baskets: { start, items, at },
    parts,
    scales,
    companions,
    pageCompanions,
    report,
    earlier,
  };
}
