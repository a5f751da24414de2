/**
 * How long until something happens again, learnt from the gaps of many: log-normal gaps with a mean per group (a
 * product) and per member of it (a customer of the product), each drawn towards the level above it as far as its own
 * evidence is thin (empirical Bayes for a normal mean with known variance components: Efron & Morris, 1975; gaps
 * between purchases as log-normal: Lawrence, 1980). Only gaps that have ended are seen, so that in a short history
 * intervals lean short; callers gate by the length of the history.
 */

/** All that the model needs of the gaps of one member: natural logarithms of gaps in days. */
export interface GapSums {
  readonly gaps: number;
  readonly sumLog: number;
}

export interface GroupGaps {
  /** One entry for each member with a gap. */
  readonly members: readonly GapSums[];
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

/** The interval is meant to hold 80 % of gaps: 10 % are below it, and 10 % above. */
const NORMAL_QUANTILE = 1.2815515655446004;
/** Members of one gap that the shop's mean counts for in a group's, and free deviations that its variance does. */
const SHOP_MEMBERS = 3;
const SHOP_FREEDOM = 10;
const LEAST_VARIANCE = 0.01;

/** Learns the shop's mean and variances; null where no gap was seen. */
export function shopGaps(groups: readonly GroupGaps[]): ShopGaps | null {
  const members = groups.flatMap((group) => group.members);
  if (members.length === 0) return null;
  const meanLog = total(members, memberMean) / members.length;
  const freedom = total(groups, (group) => group.withinFreedom);
  const squares = total(groups, (group) => group.withinSquares);
  const spread = memberSpread(groups);
  // Where nobody has two gaps, all the spread there is has to be taken for the gaps' own.
  const within = Math.max(LEAST_VARIANCE, freedom > 0 ? squares / freedom : spread.ofMeans);
  return { meanLog, within, between: Math.max(0.05 * within, spread.ofMeans - within * spread.noise) };
}

/** What is known of a group before a member is asked about: its mean, and the variance of a gap around a member's. */
export interface GroupExpectation {
  readonly mean: number;
  readonly within: number;
}

/** A group's mean, of its members by what each can tell (1 / (between + within / gaps)), drawn towards the shop's. */
export function groupExpectation(shop: ShopGaps, group: GroupGaps): GroupExpectation {
  const within = (group.withinSquares + SHOP_FREEDOM * shop.within) / (group.withinFreedom + SHOP_FREEDOM);
  const prior = SHOP_MEMBERS / (shop.between + within);
  let sum = prior * shop.meanLog;
  let weights = prior;
  for (const member of group.members) {
    const weight = 1 / (shop.between + within / member.gaps);
    sum += weight * memberMean(member);
    weights += weight;
  }
  return { mean: sum / weights, within };
}

/** The gap to expect in a group, or of one member of it where the member's own gaps are given. */
export function expectedGap(
  shop: ShopGaps,
  { mean: groupMean, within }: GroupExpectation,
  own: GapSums = { gaps: 0, sumLog: 0 },
): ExpectedGap {
  const groupGaps = within / shop.between;
  const mean = (own.sumLog + groupGaps * groupMean) / (own.gaps + groupGaps);
  const ofNext = within + shop.between * (groupGaps / (own.gaps + groupGaps));
  const reach = NORMAL_QUANTILE * Math.sqrt(ofNext);
  return { medianDays: Math.exp(mean), fromDays: Math.exp(mean - reach), toDays: Math.exp(mean + reach) };
}

/** Variance of members' means around their group's (one-way analysis of variance), and the part of it that is noise. */
function memberSpread(groups: readonly GroupGaps[]): { ofMeans: number; noise: number } {
  let squares = 0;
  let noise = 0;
  let freedom = 0;
  for (const { members } of groups) {
    if (members.length < 2) continue;
    const mean = total(members, memberMean) / members.length;
    const free = 1 - 1 / members.length;
    for (const member of members) {
      squares += (memberMean(member) - mean) ** 2;
      noise += free / member.gaps;
      freedom += free;
    }
  }
  return freedom === 0 ? { ofMeans: LEAST_VARIANCE, noise: 0 } : { ofMeans: squares / freedom, noise: noise / freedom };
}

function memberMean({ gaps, sumLog }: GapSums): number {
  return sumLog / gaps;
}

function total<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0);
}
