import { capped } from "../../statistics/capped-values.ts";
import { mergedMoments, type Moments, momentsOf, NO_UNITS } from "../../statistics/moments.ts";
import { DAY_MS } from "../../time/day.ts";

/** Times are milliseconds since 1970 UTC, amounts are in the smallest unit of their currency, a unit is a visitor's pseudonym. */
export interface Exposure {
  readonly unit: string;
  readonly arm: number;
  readonly at: number;
}

export interface UnitOrder {
  readonly unit: string;
  readonly at: number;
  readonly currency: string;
  /** Price of the items, discounts off, before refunds. */
  readonly soldMinor: number;
  /** Given back so far, by refunds of both kinds. */
  readonly refundedMinor: number;
}

/** What an experiment is measured on. */
export interface Recorded {
  readonly exposures: Iterable<Exposure>;
  readonly orders: Iterable<UnitOrder>;
  readonly checkouts: Iterable<{ readonly unit: string; readonly at: number }>;
  /** What units spent in a period before the start; absent for nothing known. */
  readonly spentBefore: ReadonlyMap<string, number>;
}

export interface Measuring {
  readonly arms: number;
  readonly startedAt: number;
  /** Now, or when it ended or was interrupted, whichever was first. */
  readonly until: number;
  readonly currency: string;
  /** See `spendCap`. */
  readonly capMinor: number | null;
}

/** What one arm did. The comments say which figure is y and which x. */
export interface ArmOutcome {
  readonly units: number;
  readonly buyers: number;
  /** y: spent after refunds, up to the cap; x: spent before the start, up to the cap. */
  readonly revenue: Moments;
  /** y: spent after refunds; x: orders. */
  readonly orderValue: Moments;
  /** y: 1 for a unit that started a checkout. */
  readonly checkouts: Moments;
  /** y: refunded; x: sold. */
  readonly refunds: Moments;
}

export interface Outcomes {
  readonly arms: readonly ArmOutcome[];
  /** Whole days since the start on which anybody was exposed. A clock that jumps adds none. */
  readonly days: number;
  /** What did not count, by reason. */
  readonly leftOut: {
    /** Units that were exposed in more than one arm, or in one that does not exist. */
    readonly mixedUnits: number;
    /** Exposures and orders before the start or after the end, and those that are dated in the future. */
    readonly outside: number;
    /** Orders of units that were not exposed, or not yet, and those that a browser named at another time than they were made. */
    readonly unexposedOrders: number;
    readonly otherCurrencies: number;
  };
}

interface UnitRecord {
  arm: number;
  firstAt: number;
  isMixed: boolean;
  orders: number;
  sold: number;
  refunded: number;
  startedCheckout: boolean;
}

/** What some units did, all that is recorded of them included. Parts with different units can be added up. */
export interface OutcomesPart extends Pick<Outcomes, "arms" | "leftOut"> {
  /** Days since the start on which any of them was exposed; the one that is still running too. */
  readonly daysSeen: ReadonlySet<number>;
}

/** Counts each unit once, in its arm, with all that it did from its first exposure to the end. */
export function outcomesOf(recorded: Recorded, measuring: Measuring): Outcomes {
  return outcomesOfParts([outcomesPart(recorded, measuring)], measuring);
}

/** Adds up parts. What is kept of each is a few sums, however many units it has. */
export function outcomesOfParts(parts: Iterable<OutcomesPart>, { arms, startedAt, until }: Measuring): Outcomes {
  const nothing = { mixedUnits: 0, outside: 0, unexposedOrders: 0, otherCurrencies: 0 };
  const wholeDays = Math.floor((until - startedAt) / DAY_MS);
  const days = new Set<number>();
  let sum: Pick<Outcomes, "arms" | "leftOut"> = {
    arms: Array.from({ length: arms }, () => NO_OUTCOME),
    leftOut: nothing,
  };
  for (const part of parts) {
    for (const day of part.daysSeen) if (day < wholeDays) days.add(day);
    sum = {
      arms: sum.arms.map((arm, place) => mergedOutcomes(arm, part.arms[place] ?? NO_OUTCOME)),
      leftOut: addedLeftOut(sum.leftOut, part.leftOut),
    };
  }
  return { ...sum, days: days.size };
}

const NO_OUTCOME: ArmOutcome = {
  ...{ units: 0, buyers: 0, revenue: NO_UNITS, orderValue: NO_UNITS, checkouts: NO_UNITS, refunds: NO_UNITS },
};

function mergedOutcomes(a: ArmOutcome, b: ArmOutcome): ArmOutcome {
  return {
    units: a.units + b.units,
    buyers: a.buyers + b.buyers,
    revenue: mergedMoments(a.revenue, b.revenue),
    orderValue: mergedMoments(a.orderValue, b.orderValue),
    checkouts: mergedMoments(a.checkouts, b.checkouts),
    refunds: mergedMoments(a.refunds, b.refunds),
  };
}

function addedLeftOut(a: Outcomes["leftOut"], b: Outcomes["leftOut"]): Outcomes["leftOut"] {
  return {
    mixedUnits: a.mixedUnits + b.mixedUnits,
    outside: a.outside + b.outside,
    unexposedOrders: a.unexposedOrders + b.unexposedOrders,
    otherCurrencies: a.otherCurrencies + b.otherCurrencies,
  };
}

/** What the recorded units did. All that is recorded of each of them has to be given at once. */
export function outcomesPart(recorded: Recorded, measuring: Measuring): OutcomesPart {
  const leftOut = { mixedUnits: 0, outside: 0, unexposedOrders: 0, otherCurrencies: 0 };
  const isInside = (at: number) => at >= measuring.startedAt && at < measuring.until;
  const days = new Set<number>();
  const units = new Map<string, UnitRecord>();
  for (const { unit, arm, at } of recorded.exposures) {
    if (!isInside(at)) leftOut.outside++;
    else {
      addExposure(units, unit, arm, at, measuring.arms);
      days.add(Math.floor((at - measuring.startedAt) / DAY_MS));
    }
  }
  for (const { unit, at, currency, soldMinor, refundedMinor } of recorded.orders) {
    const record = units.get(unit);
    if (!isInside(at)) leftOut.outside++;
    else if (currency !== measuring.currency) leftOut.otherCurrencies++;
    else if (record === undefined || at < record.firstAt) leftOut.unexposedOrders++;
    else {
      record.orders++;
      record.sold += soldMinor;
      record.refunded += refundedMinor;
    }
  }
  for (const { unit, at } of recorded.checkouts) {
    const record = units.get(unit);
    if (record !== undefined && isInside(at) && at >= record.firstAt) record.startedCheckout = true;
  }
  const arms = Array.from({ length: measuring.arms }, (_, arm) => {
    const ofArm = [...units].filter(([, record]) => record.arm === arm && !record.isMixed);
    return armOutcome(ofArm, recorded.spentBefore, measuring.capMinor);
  });
  leftOut.mixedUnits = [...units.values()].filter(({ isMixed }) => isMixed).length;
  return { arms, daysSeen: days, leftOut };
}

function addExposure(units: Map<string, UnitRecord>, unit: string, arm: number, at: number, arms: number): void {
  const record = units.get(unit);
  if (record === undefined) {
    const isMixed = !(Number.isInteger(arm) && arm >= 0 && arm < arms);
    units.set(unit, { arm, firstAt: at, isMixed, orders: 0, sold: 0, refunded: 0, startedCheckout: false });
  } else {
    record.firstAt = Math.min(record.firstAt, at);
    record.isMixed ||= record.arm !== arm;
  }
}

function armOutcome(
  units: readonly (readonly [string, UnitRecord])[],
  spentBefore: ReadonlyMap<string, number>,
  cap: number | null,
): ArmOutcome {
  const records = units.map(([, record]) => record);
  const net = ({ sold, refunded }: UnitRecord) => sold - refunded;
  const before = (unit: string) => capped(spentBefore.get(unit) ?? 0, cap);
  return {
    units: units.length,
    buyers: records.filter(({ orders }) => orders > 0).length,
    revenue: momentsOf(units.map(([unit, record]) => [capped(net(record), cap), before(unit)])),
    orderValue: momentsOf(records.map((record) => [net(record), record.orders])),
    checkouts: momentsOf(records.map(({ startedCheckout }) => [startedCheckout ? 1 : 0, 0])),
    refunds: momentsOf(records.map(({ refunded, sold }) => [refunded, sold])),
  };
}
