import { composition } from "../composition.ts";
import type { ShopDomain } from "../domain/ids.ts";
import type {
  RankerScoreView,
  RankingSurface,
  RankingView,
  SegmentView,
  SurfaceRankingView,
} from "../domain/reports/ranking-view.ts";
import { inShop } from "../persistence/in-shop.ts";
import { readRankingScores, type RankingScores, type SegmentScores } from "../persistence/ranking-scores.ts";
import { theShop } from "../persistence/shops.ts";
import type { FlowContext } from "./context.ts";

/** How the ways to rank suggestions did on the shop's own latest orders, and which of them is used where. */
export function readRanking(shop: ShopDomain, context: FlowContext = composition()): Promise<RankingView> {
  return inShop(context.database, shop, async (tx): Promise<RankingView> => {
    const { timezone } = await theShop(tx);
    const latest = await readRankingScores(tx);
    const scores = latest?.scores ?? null;
    return {
      status: latest === null ? "never" : scores === null ? "not-measured" : "measured",
      finishedAt: latest?.finishedAt.toISOString() ?? null,
      timezone,
      learningOrders: scores?.learningOrders ?? 0,
      heldOutOrders: scores?.heldOutOrders ?? 0,
      surfaces: scores === null ? [] : SURFACES.map((surface) => surfaceView(surface, scores[surface])),
      segments: (latest?.segments ?? []).map(segmentView),
      published: scores?.published ?? null,
    };
  });
}

function segmentView({ by, segment, verdict, heldOutOrders, ...rates }: SegmentScores): SegmentView {
  const { hitRateOfAll: hitRate4OfAll, hitRateOfSegment: hitRate4OfSegment } = rates;
  return { by, segment, verdict, heldOutOrders, hitRate4OfAll, hitRate4OfSegment };
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
