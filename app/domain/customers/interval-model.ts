/**
 * How long until something happens again, learnt from the gaps of many: log-normal gaps with a mean per group (a
 * product) and per member of it (a customer of the product), each drawn towards the level above it as far as its own
 * evidence is thin (empirical Bayes for a normal mean with known variance components: Efron & Morris, 1975; gaps
 * between purchases as log-normal: Lawrence, 1980). Only gaps that have ended are seen, so that in a short history
 * intervals lean short; callers gate by the length of the history.
 */

/** All that the model needs of the gaps of one member or group: natural logarithms of gaps in days. */
export interface GapSums {
  readonly gaps: number;
  readonly sumLog: number;
}

export interface GroupGaps extends GapSums {
  /** Sum over members of the squared deviations from the member's own mean. */
  readonly withinSquares: number;
  /** Gaps less members: how many of those deviations are free. */
  readonly withinFreedom: number;
}

/** The variances of log gaps in the whole shop, and its mean. */
export interface ShopGaps {
  readonly meanLog: number;
  /** Of a member's gaps around the member's mean. */
  readonly within: number;
  /** Of members' means around the group's mean. */
  readonly between: number;
}

/** When something is to be expected again, in days after the last time. */
export interface ExpectedGap {
  readonly medianDays: number;
  readonly fromDays: number;
  readonly toDays: number;
}

/** The share of gaps that the interval is meant to hold. */
export const INTERVAL_COVERAGE = 0.8;
const NORMAL_QUANTILE = 1.2815515655446004;
/** Gaps that the shop's mean counts for in a group's, and free deviations that its variance counts for. */
const SHOP_GAPS = 5;
const SHOP_FREEDOM = 10;
const LEAST_VARIANCE = 0.01;

/** Learns the shop's mean and variances; null where no gap was seen. */
export function shopGaps(
  groups: readonly GroupGaps[],
  members: readonly (GapSums & { group: number })[],
): ShopGaps | null {
  const gaps = total(groups, (group) => group.gaps);
  if (gaps === 0) return null;
  const meanLog = total(groups, (group) => group.sumLog) / gaps;
  const freedom = total(groups, (group) => group.withinFreedom);
  const squares = total(groups, (group) => group.withinSquares);
  const spread = between(groups, members);
  // Where nobody has two gaps, all the spread there is has to be taken for the gaps' own.
  const within = Math.max(LEAST_VARIANCE, freedom > 0 ? squares / freedom : spread.total);
  return { meanLog, within, between: Math.max(0.05 * within, spread.total - within * spread.noise) };
}

/** The gap to expect of a group, or of one member of it where the member's own gaps are given. */
export function expectedGap(shop: ShopGaps, group: GroupGaps, own: GapSums = { gaps: 0, sumLog: 0 }): ExpectedGap {
  const groupMean = (group.sumLog + SHOP_GAPS * shop.meanLog) / (group.gaps + SHOP_GAPS);
  const within = (group.withinSquares + SHOP_FREEDOM * shop.within) / (group.withinFreedom + SHOP_FREEDOM);
  const groupGaps = within / shop.between;
  const mean = (own.sumLog + groupGaps * groupMean) / (own.gaps + groupGaps);
  const ofNext = within + shop.between * (groupGaps / (own.gaps + groupGaps));
  const reach = NORMAL_QUANTILE * Math.sqrt(ofNext);
  return { medianDays: Math.exp(mean), fromDays: Math.exp(mean - reach), toDays: Math.exp(mean + reach) };
}

/** Spread of members' means around their group's (one-way analysis of variance), and the part of it that is noise. */
function between(groups: readonly GroupGaps[], members: readonly (GapSums & { group: number })[]) {
  const memberMean = groups.map(() => 0);
  const size = groups.map(() => 0);
  for (const { group, gaps, sumLog } of members) {
    memberMean[group]! += sumLog / gaps;
    size[group]!++;
  }
  let squares = 0;
  let noise = 0;
  let freedom = 0;
  for (const { group, gaps, sumLog } of members) {
    if (size[group]! < 2) continue;
    squares += (sumLog / gaps - memberMean[group]! / size[group]!) ** 2;
    noise += (1 / gaps) * (1 - 1 / size[group]!);
    freedom += 1 - 1 / size[group]!;
  }
  return freedom === 0 ? { total: LEAST_VARIANCE, noise: 0 } : { total: squares / freedom, noise: noise / freedom };
}

function total<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0);
}
