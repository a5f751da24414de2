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
const SPENT = `
  WITH spent AS (
    SELECT arm, unit, sum(net_minor::float8) AS minor FROM holdout_orders
    WHERE shop = $1 AND at >= $2::timestamptz AND at < $3::timestamptz AND currency = $4
    GROUP BY arm, unit
  )
  SELECT arm, count(*)::int AS buyers, sum(least(minor, $5::float8)) AS spent,
    sum(least(minor, $5::float8) ^ 2) AS "spentSquares"
  FROM spent GROUP BY arm`;

// Visitors are added up in memory: PostgreSQL takes 4 MB by default, and files beyond it.
const ROOM = "SET LOCAL work_mem = '16MB'";

// Visitors of the last day may have come after the end of the period: in both arms alike, which changes no difference.
const UNITS = `
  SELECT arm, sum(units)::int AS units FROM holdout_units WHERE shop = $1 AND day < $2::timestamptz GROUP BY arm`;

const NOBODY: HoldoutArm = { units: 0, buyers: 0, spent: 0, spentSquares: 0 };

/**
 * What all offers together earned in a period: the difference between visitors who were shown offers and those who were held
 * out. As of the last measurement, which runs every night; refunds are as of now.
 */
export async function readIncremental(
  tx: ShopTransaction,
  { from: begin, to, currency }: IncrementalPeriod,
): Promise<ReadIncremental> {
  await readByTime(tx);
  const { percent, since } = await readHoldout(tx);
  const stored = await tx.db.split.findUnique({ where: { shop: tx.shop } });
  const measuredAt = stored?.measuredAt ?? null;
  const from = since !== null && since > begin ? since : begin;
  const length = Math.ceil((to.getTime() - from.getTime()) / DAY_MS);
  const before = { days: Math.max(LEAST_DAYS_BEFORE, length), orders: MOST_ORDERS_BEFORE };
  await runSql(tx, ROOM);
  const { capMinor } = await readBuyerSpending(tx, from, before, currency);
  const spent = await selectSql<Omit<HoldoutArm, "units"> & { arm: number }>(
    ...([tx, SPENT, tx.shop, from, to, currency, capMinor] as const),
  );
  const units = await selectSql<{ arm: number; units: number }>(tx, UNITS, tx.shop, to);
  const armOf = (arm: number): HoldoutArm => ({
    ...NOBODY,
    ...spent.find((row) => row.arm === arm),
    ...units.find((row) => row.arm === arm),
  });
  const end = measuredAt !== null && measuredAt < to ? measuredAt : to;
  const days = Math.max(0, (end.getTime() - from.getTime()) / DAY_MS);
  const figures = { holdout: armOf(0), shown: armOf(1), days };
  return {
    incremental: incrementalOf({ holdoutSlots: (percent * SLOTS) / 100, ...figures }),
    ...{ since, measuredAt, capMinor },
    mixedUnits: (stored?.measured as { mixedUnits?: number } | null)?.mixedUnits ?? 0,
  };
}
