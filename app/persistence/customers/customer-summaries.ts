import { z } from "zod";
import type { CustomerSummary } from "../../domain/customers/customer-summary.ts";
import type { LifetimeInputValues } from "../../domain/customers/lifetime-inputs.ts";
import type { ShopStream, ShopTransaction } from "../database/in-shop.ts";
import { iso, runSql } from "../database/run-sql.ts";
import type { KnownMargin } from "./customer-orders.ts";

/** What is stored of a shop's customers, and what it does not rest on. */
export interface StoredSummary extends CustomerSummary {
  /** Counts once more when what is stored changes its shape; summaries of another shape are learnt again. */
  readonly version: typeof SUMMARY_VERSION;
  /** The shop's currency, which all amounts are in. */
  readonly currency: string;
  readonly unknownCustomer: number;
  readonly otherCurrency: number;
  readonly margin: KnownMargin | null;
}

export const SUMMARY_VERSION = 4;

const storedSummary = z.looseObject({ version: z.literal(SUMMARY_VERSION) });

export interface CustomerSummaryRow {
  /** Under way now, for the first time or again. */
  readonly learning: boolean;
  readonly learntAt: Date | null;
  readonly summary: StoredSummary | null;
}

/** Notes that learning has begun. */
export async function startCustomerSummary(tx: ShopTransaction, startedAt: Date): Promise<void> {
  await tx.db.customerSummary.upsert({
    where: { shop: tx.shop },
    create: { shop: tx.shop, startedAt },
    update: { startedAt },
  });
}

/** Stores what was learnt, and that it is so since `learntAt`. */
export async function saveCustomerSummary(tx: ShopStream, summary: StoredSummary, learntAt: number): Promise<void> {
  await runSql(
    tx,
    `INSERT INTO customer_summaries (shop, started_at, learnt_at, summary) VALUES ($1, $2, $2, $3)
     ON CONFLICT (shop) DO UPDATE SET (learnt_at, summary) = (EXCLUDED.learnt_at, EXCLUDED.summary)`,
    tx.shop,
    iso(learntAt),
    JSON.stringify(summary),
  );
}

/** Learning that began longer ago has ended without a word. */
const PATIENCE_MS = 3_600_000;

/** What is known of the shop's customers. */
export async function readCustomerSummary(tx: ShopTransaction, now: Date): Promise<CustomerSummaryRow> {
  const row = await tx.db.customerSummary.findUnique({ where: { shop: tx.shop } });
  if (row === null) return { learning: false, learntAt: null, summary: null };
  const isUnfinished = row.learntAt === null || row.learntAt < row.startedAt;
  const isReadable = storedSummary.safeParse(row.summary).success;
  return {
    learning: isUnfinished && now.getTime() - row.startedAt.getTime() < PATIENCE_MS,
    learntAt: isReadable ? row.learntAt : null,
    summary: isReadable ? (row.summary as unknown as StoredSummary) : null,
  };
}

const lifetimeInputs = z.object({ currency: z.string(), values: z.record(z.string(), z.number()) });

/** What a person entered for the formulas of lifetime value, and how often it was saved. */
export interface EnteredInputs {
  readonly values: LifetimeInputValues;
  readonly version: number;
}

/**
 * What a person entered for the formulas of lifetime value: amounts in minor units, shares of 1, counts. Nothing where
 * it was entered in another currency: what the amounts would be in this one is not known.
 */
export async function readLifetimeInputs(tx: ShopTransaction, currency: string): Promise<EnteredInputs> {
  const row = await tx.db.lifetimeInputs.findUnique({ where: { shop: tx.shop } });
  if (row === null) return { values: {}, version: 0 };
  const entered = lifetimeInputs.parse(row.inputs);
  return { values: entered.currency === currency ? entered.values : {}, version: row.version };
}

/** Saves what was entered in place of all that was entered before, as the next version, which is returned. */
export async function saveLifetimeInputs(
  tx: ShopTransaction,
  currency: string,
  values: LifetimeInputValues,
): Promise<number> {
  const inputs = { currency, values: { ...values } };
  const where = { shop: tx.shop };
  const saved = await tx.db.lifetimeInputs.upsert({
    where,
    create: { ...where, inputs, version: 1 },
    update: { inputs, version: { increment: 1 } },
  });
  return saved.version;
}
