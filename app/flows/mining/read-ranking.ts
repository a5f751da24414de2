import type { ShopDomain } from "../../domain/ids.ts";
import type {
  BrowsingTrialView,
  BrowsingView,
  HistoryView,
  RankerScoreView,
  RankingFiguresView,
  RankingSurface,
  RankingView,
  SegmentView,
  SurfaceRankingView,
} from "../../views/ranking-view.ts";
import type { SegmentFinding } from "../../domain/mining/segments/segment-trials.ts";
import { LEAST_NEW_PRODUCT_ORDERS, LEAST_VISITS } from "../../domain/mining/selection/choose-browsing.ts";
import { useOfSegment } from "../../domain/offers/segment-use.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { readRankingScores, type RankingScores } from "../../persistence/mining/lists/ranking-scores.ts";
import { readShopSettings, type ShopSettings } from "../../persistence/settings/settings.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import { readRunningOffers } from "../publishing/running-offers.ts";
import type { FlowContext } from "../context.ts";

/** How the ways to rank suggestions did on the shop's own latest orders, and which of them is used where. */
export function readRanking(shop: ShopDomain, context: FlowContext): Promise<RankingView> {
  return inShop(context.database, shop, async (tx): Promise<RankingView> => {
    const { timezone } = await theShop(tx);
    const latest = await readRankingScores(tx);
    const settings = await readShopSettings(tx);
    const { mode } = (await readRunningOffers(tx, context.now())).mainSet;
    const scores = latest?.scores ?? null;
    return {
      status: latest === null ? "never" : scores === null ? "not-measured" : "measured",
      finishedAt: latest?.finishedAt.toISOString() ?? null,
      timezone,
      learningOrders: scores?.learningOrders ?? 0,
      heldOutOrders: scores?.heldOutOrders ?? 0,
      surfaces: scores === null ? [] : SURFACES.map((surface) => surfaceView(surface, scores[surface])),
      history: historyView(scores?.history ?? null, settings),
      browsing: browsingView(scores?.browsing ?? null),
      segments: (latest?.segments ?? []).map((finding) => segmentView(finding, { ...settings, mode })).sort(byUse),
      published: scores?.published ?? null,
    };
  });
}

function historyView(history: RankingScores["history"] | null, { useCustomerHistory }: ShopSettings): HistoryView {
  if (!history) return { use: "not-measured", hitRate4OfLists: 0, hitRate4WithHistory: 0 };
  const { scales, without, with: heard } = history;
  const isGain = scales.own > 0 || scales.ownCompanions > 0;
  return {
    use: !isGain ? "no-gain" : useCustomerHistory ? "in-use" : "switched-off",
    hitRate4OfLists: without.at(-1)!.hitRate4,
    hitRate4WithHistory: heard.at(-1)!.hitRate4,
  };
}

function browsingView(browsing: RankingScores["browsing"] | null): BrowsingView {
  if (!browsing) {
    return { use: "no-visits", visits: 0, earlierVisits: 0, neededVisits: LEAST_VISITS, period: null, trials: [] };
  }
  const { verdict, visits, earlierVisits, from, to, page, cart, leadsNewProducts } = browsing;
  const trials: BrowsingTrialView[] = [];
  for (const [surface, trial] of [["page", page] as const, ["cart", cart] as const]) {
    if (trial === null) continue;
    const isUsed = trial.scales.viewed > 0 || trial.scales.thenBought > 0;
    trials.push({
      surface,
      verdict: isUsed ? "in-use" : "no-gain",
      ...hitRates(trial.without.at(-1)!, trial.with.at(-1)!),
    });
  }
  if (page !== null && page.newProducts.with.orders > 0) {
    const { without, with: heard } = page.newProducts;
    const unused = heard.orders < LEAST_NEW_PRODUCT_ORDERS ? "too-few-orders" : "no-gain";
    const verdict = leadsNewProducts ? "in-use" : unused;
    trials.push({ surface: "new-products", verdict, ...hitRates(without, heard) });
  }
  return {
    ...{ use: verdict, visits, earlierVisits, neededVisits: LEAST_VISITS, trials },
    period: { from: new Date(from).toISOString(), to: new Date(to - 1).toISOString() },
  };
}

function hitRates(
  without: RankingFiguresView,
  heard: RankingFiguresView,
): Pick<BrowsingTrialView, "orders" | "hitRate4Without" | "hitRate4With"> {
  return { orders: heard.orders, hitRate4Without: without.hitRate4, hitRate4With: heard.hitRate4 };
}

const USES = ["in-use", "switched-off", "elsewhere", "no-gain", "too-few-orders"] as const;

/** What is in use first; otherwise as they were tried. */
function byUse(a: SegmentView, b: SegmentView): number {
  return USES.indexOf(a.verdict) - USES.indexOf(b.verdict);
}

function segmentView(finding: SegmentFinding, settings: Parameters<typeof useOfSegment>[1]): SegmentView {
  const { by, is, verdict, heldOutOrders, hitRateOfAll: hitRate4OfAll, hitRateOfSegment: hitRate4OfSegment } = finding;
  const figures = { heldOutOrders, hitRate4OfAll, hitRate4OfSegment };
  return { by, is, verdict: verdict === "gain" ? useOfSegment(finding, settings) : verdict, ...figures };
}

const SURFACES: readonly RankingSurface[] = ["cart", "page", "customer"];

function surfaceView(
  surface: RankingSurface,
  { contenders, winner, reason, scales }: RankingScores[RankingSurface],
): SurfaceRankingView {
  // Of a known customer's two, both may go by the same name: what each listens to tells them apart.
  const isChosen = (one: (typeof contenders)[number]) => one.name === winner && one.scales.join() === scales.join();
  const chosen = contenders.findIndex(isChosen);
  const rankers = contenders.map(({ name, overall, slices }, at): RankerScoreView => {
    const history = surface !== "customer" ? null : at === 0 ? "without" : "with";
    return { name, history, chosen: at === chosen, overall, slices };
  });
  return { surface, winner, reason, rankers };
}
