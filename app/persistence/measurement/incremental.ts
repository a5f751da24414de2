import { type HoldoutArm, type Incremental, incrementalOf } from "../../domain/measurement/experiments/incremental.ts";
import { SLOTS } from "../../domain/measurement/experiments/slot.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { runSql, selectSql } from "../database/run-sql.ts";
import { readBuyerSpending } from "./buyer-spending.ts";
import { readHoldout } from "./experiments.ts";
import { readByTime } from "./read-by-time.ts";

/** The times from `from` on and before `to`. */
export interface IncrementalPeriod {
  readonly from: Date;
  readonly to: Date;
  readonly currency: string;
}

/** {@link Incremental}, and what it was read from. */
export interface ReadIncremental {
  readonly incremental: Incremental;
  /** Since when visitors count: the figure is of this time on where that is later than the period's beginning. */
  readonly since: Date | null;
  /** When visitors and orders were last gathered; null for never. */
  readonly measuredAt: Date | null;
  /** Up to which amount a visitor's spending in the period counts; null for no cap. */
  readonly capMinor: number | null;
  /** Visitors who were in both arms. */
  readonly mixedUnits: number;
}

/** What bounds the spending of a visitor is taken from at least so many days before the period, or as many as it has. */
const LEAST_DAYS_BEFORE = 56;
/** In large shops fewer days are enough. */
const MOST_ORDERS_BEFORE = 20_000;

// Orders that were processed before their visitor was exposed are not in the table.
const ORDERS = `
  holdout_orders WHERE shop = $1 AND at >= $2::timestamptz AND at < $3::timestamptz AND currency = $4`;

const SPENT = `
  WITH spent AS (SELECT arm, unit, sum(net_minor::float8) AS minor FROM ${ORDERS} GROUP BY arm, unit)
  SELECT arm, 0 AS step, count(*)::int AS buyers, sum(least(minor, $5::float8)) AS spent,
    sum(least(minor, $5::float8) ^ 2) AS "spentSquares"
  FROM spent GROUP BY arm`;

// The same at several ends, $6: a row of step n counts at the end of place n and at all later ones. What a visitor has spent
// by an end counts up to the cap, so that an order adds only what is below it. It sorts visitors, which takes three times as
// long as one end takes.
const SPENT_BY_STEP = `
  WITH spent AS (
    SELECT arm, unit, width_bucket(at, $6::timestamptz[]) AS step, sum(net_minor::float8) AS minor
    FROM ${ORDERS} GROUP BY arm, unit, step
  ), risen AS (
    SELECT arm, step, row_number() OVER visitor = 1 AS is_first, sum(minor) OVER visitor AS after,
      sum(minor) OVER visitor - minor AS before
    FROM spent WINDOW visitor AS (PARTITION BY arm, unit ORDER BY step)
  )
  SELECT arm, step, count(*) FILTER (WHERE is_first)::int AS buyers,
    sum(least(after, $5::float8) - least(before, $5::float8)) AS spent,
    sum(least(after, $5::float8) ^ 2 - least(before, $5::float8) ^ 2) AS "spentSquares"
  FROM risen GROUP BY arm, step`;

// Visitors are added up in memory: PostgreSQL takes 4 MB by default, and files beyond it.
const ROOM = "SET LOCAL work_mem = '16MB'";

// Visitors of the last day may have come after the end of the period: in both arms alike, which changes no difference.
const UNITS = `
  SELECT arm, width_bucket(day, $3::timestamptz[]) AS step, sum(units)::int AS units FROM holdout_units
  WHERE shop = $1 AND day < $2::timestamptz GROUP BY arm, step`;

const NOBODY: HoldoutArm = { units: 0, buyers: 0, spent: 0, spentSquares: 0 };

/**
 * What all offers together earned in a period: the difference between visitors who were shown offers and those who were held
 * out. As of the last measurement, which runs every night; refunds are as of now.
 */
export async function readIncremental(
  tx: ShopTransaction,
  { from, to, currency }: IncrementalPeriod,
): Promise<ReadIncremental> {
  const { incremental, ...read } = await readIncrementalUpTo(tx, { from, ends: [to], currency });
  return { ...read, incremental: incremental[0]! };
}

/**
 * {@link readIncremental} of several periods that begin together, in the order of their ends, read at once. What a visitor
 * spent counts up to the cap of the longest one: up to 56 days it is that of each.
 *
 * @param asked `ends`: at least one, the earliest first.
 */
export async function readIncrementalUpTo(
  tx: ShopTransaction,
  { from: begin, ends, currency }: { from: Date; ends: readonly Date[]; currency: string },
): Promise<Omit<ReadIncremental, "incremental"> & { readonly incremental: readonly Incremental[] }> {
  await readByTime(tx);
  const { percent, since } = await readHoldout(tx);
  const stored = await tx.db.split.findUnique({ where: { shop: tx.shop } });
  const measuredAt = stored?.measuredAt ?? null;
  const from = since !== null && since > begin ? since : begin;
  const to = ends.at(-1)!;
  const length = Math.ceil((to.getTime() - from.getTime()) / DAY_MS);
  const before = { days: Math.max(LEAST_DAYS_BEFORE, length), orders: MOST_ORDERS_BEFORE };
  await runSql(tx, ROOM);
  const { capMinor } = await readBuyerSpending(tx, from, before, currency);
  const values = [tx.shop, from, to, currency, capMinor];
  const [spentSql, spentValues] = ends.length === 1 ? [SPENT, values] : [SPENT_BY_STEP, [...values, ends]];
  const spent = await selectSql<Omit<HoldoutArm, "units"> & Step>(tx, spentSql, ...spentValues);
  const units = await selectSql<Pick<HoldoutArm, "units"> & Step>(tx, UNITS, tx.shop, to, ends);
  const armOf = (arm: number, place: number) =>
    [...spent, ...units].filter((row) => row.arm === arm && row.step <= place).reduce(added, NOBODY);
  const incremental = ends.map((at, place) => {
    const end = measuredAt !== null && measuredAt < at ? measuredAt : at;
    const days = Math.max(0, (end.getTime() - from.getTime()) / DAY_MS);
    const figures = { holdout: armOf(0, place), shown: armOf(1, place), days };
    return incrementalOf({ holdoutSlots: (percent * SLOTS) / 100, ...figures });
  });
  const mixedUnits = (stored?.measured as { mixedUnits?: number } | null)?.mixedUnits ?? 0;
  return { incremental, since, measuredAt, capMinor, mixedUnits };
}

/** What came between the end before and the one at a place. */
interface Step {
  readonly arm: number;
  readonly step: number;
}

function added(arm: HoldoutArm, row: Partial<HoldoutArm>): HoldoutArm {
  return {
    units: arm.units + (row.units ?? 0),
    buyers: arm.buyers + (row.buyers ?? 0),
    spent: arm.spent + (row.spent ?? 0),
    spentSquares: arm.spentSquares + (row.spentSquares ?? 0),
  };
}
