import { BrowsingChance, type BrowsedPairOfDays, type BrowsedProduct } from "./browsing-chance.ts";
import { NEW_PRODUCT_ORDERS } from "../evidence/association.ts";
import { companionLists, strongest, type CompanionLists } from "../matrices/companion-lists.ts";
import { listRanker } from "../rankers/ranker.ts";
import { ScoreBoard } from "../matrices/score-board.ts";
import { ordersOf, type TrainingBaskets } from "../matrices/training-baskets.ts";

/** The browsing of a stretch of days. Ids are bare numbers; times are milliseconds since 1970 UTC. */
export interface BrowsingCounts {
  readonly from: number;
  /** The end of the last day. */
  readonly to: number;
  readonly visits: number;
  readonly products: readonly BrowsedProduct[];
  /** In both directions, the pairs of one product after each other. */
  readonly pairs: readonly BrowsedPairOfDays[];
}

/** What browsing says goes with each item: viewed in one visit, and bought after it was viewed. */
export interface BrowsingLists {
  readonly viewed: CompanionLists;
  readonly thenBought: CompanionLists;
}

/** How much either list adds to the lists that were learnt from orders; 0 for nothing. */
export interface BrowsingScales {
  readonly viewed: number;
  readonly thenBought: number;
}

export const NO_BROWSING: BrowsingScales = { viewed: 0, thenBought: 0 };

/** Companions of each item. */
const LONGEST = 50;

/**
 * The lists for the items of the baskets. Each trigger's weights are multiplied by 20 / (20 + orders with it): browsing
 * is a guess worth as many orders as make a product no longer new, and matters most where there are few.
 */
export function browsingLists(
  { products, pairs }: BrowsingCounts,
  itemIds: readonly string[],
  baskets: TrainingBaskets,
): BrowsingLists {
  const indexOf = new Map(itemIds.map((id, item) => [id, item]));
  const chance = new BrowsingChance(products);
  const column = () => ({
    ...{ trigger: new Uint32Array(pairs.length), companion: new Uint32Array(pairs.length) },
    ...{ weight: new Float32Array(pairs.length), length: 0 },
  });
  const [viewed, thenBought] = [column(), column()];
  for (const pair of pairs) {
    const [trigger, companion] = [indexOf.get(pair.product), indexOf.get(pair.companion)];
    const beyond = chance.beyond(pair);
    if (trigger === undefined || companion === undefined || beyond === null) continue;
    const worth = NEW_PRODUCT_ORDERS / (NEW_PRODUCT_ORDERS + ordersOf(baskets, trigger));
    const add = (list: ReturnType<typeof column>, weight: number) => {
      list.trigger[list.length] = trigger;
      list.companion[list.length] = companion;
      list.weight[list.length++] = weight * worth;
    };
    add(viewed, beyond.viewed);
    add(thenBought, beyond.thenBought);
  }
  return {
    viewed: companionLists(itemIds.length, [viewed], LONGEST),
    thenBought: companionLists(itemIds.length, [thenBought], LONGEST),
  };
}

/** Lists with what browsing adds to them, each cut to as many companions as `longest`; the same lists for no scales. */
export function withBrowsing(
  lists: CompanionLists,
  { viewed, thenBought }: BrowsingLists,
  scales: BrowsingScales,
  longest: number,
): CompanionLists {
  if (scales.viewed === 0 && scales.thenBought === 0) return lists;
  const parts = [
    { lists, scale: 1 },
    { lists: viewed, scale: scales.viewed },
    { lists: thenBought, scale: scales.thenBought },
  ];
  const rankers = parts.map((part) => ({ ...part, ranker: listRanker("blend", part.lists) }));
  const itemCount = lists.start.length - 1;
  const most = parts.reduce((sum, part) => sum + part.lists.companion.length, 0);
  const entries = {
    ...{ trigger: new Uint32Array(most), companion: new Uint32Array(most) },
    ...{ weight: new Float32Array(most), length: 0 },
  };
  const board = new ScoreBoard(itemCount);
  for (let trigger = 0; trigger < itemCount; trigger++) {
    for (const { ranker, scale } of rankers) if (scale !== 0) ranker.addScores([trigger], scale, board);
    for (const companion of board.touched) {
      entries.trigger[entries.length] = trigger;
      entries.companion[entries.length] = companion;
      entries.weight[entries.length++] = board.scores[companion]!;
    }
    board.clear();
  }
  return strongest(companionLists(itemCount, [entries]), longest);
}
