import { z } from "zod";
import { parseGid, type ProductId } from "../../domain/ids.ts";
import type { Month } from "../../domain/mining/lists/seasons.ts";
import type { PlaybookEvidence } from "../../domain/playbooks/evidence.ts";
import type { ShopTransaction } from "../database/in-shop.ts";

const product = z.string().transform((id, context): ProductId => {
  const read = parseGid("Product", id);
  if (read !== null) return read;
  context.addIssue("not a product");
  return z.NEVER;
});
const count = z.number().min(0);
const month = z
  .int()
  .min(1)
  .max(12)
  .transform((number) => number as Month);

const pair = z.object({
  ...{ companion: product, together: count, recent: count, orders: count, companionOrders: count },
  strong: z.boolean(),
});
const season = z.object({
  ...{ product, companion: product, months: z.array(month).min(1).max(11) },
  ...{ together: count, inSeason: count, years: count, before: count },
});
const stored: z.ZodType<PlaybookEvidence> = z.object({
  orders: count,
  pairs: z.array(z.object({ product, companions: z.array(pair) })),
  seasons: z.array(season),
  quantities: z.array(z.object({ product, ordersByUnits: z.array(z.tuple([count, count])) })),
  repeats: z.array(z.object({ product, customers: count, repeatShare: count, medianDays: count })),
  slow: z.array(
    z.object({
      ...{ product, partner: product, together: count },
      ...{ recent: count, expected: count, partnerRecent: count },
    }),
  ),
  upgrades: z.array(z.object({ product, upgrade: product, customers: count })),
  orderValues: z.object({ orders: count, quantiles: z.array(z.number()).length(21) }).nullable(),
});

/** Stores what ready-made offers rest on in place of what was stored before. */
export async function savePlaybookEvidence(
  tx: ShopTransaction,
  evidence: PlaybookEvidence,
  gatheredAt: Date,
): Promise<void> {
  const fields = { gatheredAt, evidence: JSON.parse(JSON.stringify(evidence)) as object };
  await tx.db.playbookEvidence.upsert({
    where: { shop: tx.shop },
    create: { shop: tx.shop, ...fields },
    update: fields,
  });
}

/** What ready-made offers rest on; null before it was gathered, and where another release gathered it in another shape. */
export async function readPlaybookEvidence(tx: ShopTransaction): Promise<PlaybookEvidence | null> {
  const row = await tx.db.playbookEvidence.findUnique({ where: { shop: tx.shop } });
  return stored.safeParse(row?.evidence).data ?? null;
}
