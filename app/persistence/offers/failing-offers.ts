import type { Prisma } from "@prisma/client";
import type { Failing } from "../../domain/measurement/voice/failing.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { shopStays } from "../shop/shops.ts";

/** An offer that was found to fail, as it stands since: any change of the offer but of its name ends it. */
export interface FailingOffer {
  readonly number: number;
  /** Of the offer, once it was found, or paused for it. */
  readonly judgedFrom: Date;
  readonly failing: Failing;
  /** Whether it was paused for it. Otherwise staff are asked. */
  readonly paused: boolean;
  readonly foundAt: Date;
  /** When staff chose to leave it as it is; null as long as they have not. */
  readonly settledAt: Date | null;
}

/** Offers that were found to fail and that nobody has changed since, by their numbers. */
export async function readFailingOffers(
  tx: ShopTransaction,
  numbers?: readonly number[],
): Promise<Map<number, FailingOffer>> {
  const rows = await tx.db.$queryRawUnsafe<FailingOffer[]>(
    `SELECT f.offer_number AS number, f.judged_from AS "judgedFrom", f.failing, f.paused, f.found_at AS "foundAt", f.settled_at AS "settledAt"
     FROM failing_offers f JOIN offers o ON o.shop = f.shop AND o.number = f.offer_number AND o.judged_from = f.judged_from
     WHERE f.shop = $1 AND ($2::int[] IS NULL OR f.offer_number = ANY($2::int[])) ORDER BY f.found_at DESC, 1`,
    ...[tx.shop, numbers === undefined ? null : [...numbers]],
  );
  return new Map(rows.map((row) => [row.number, row]));
}

/** Notes that an offer fails, in place of what was noted of it before. */
export async function saveFailingOffer(
  tx: ShopTransaction,
  { number, judgedFrom, failing, paused, foundAt }: Omit<FailingOffer, "settledAt">,
): Promise<void> {
  if (!(await shopStays(tx))) return;
  const data = { judgedFrom, failing: failing as Prisma.InputJsonObject, paused, foundAt, settledAt: null };
  await tx.db.failingOffer.upsert({
    where: { shop_offerNumber: { shop: tx.shop, offerNumber: number } },
    create: { shop: tx.shop, offerNumber: number, ...data },
    update: data,
  });
}

/** Notes when staff chose to leave an offer as it is, or takes that back (null). False where it is not found to fail. */
export async function settleFailingOffer(tx: ShopTransaction, number: number, at: Date | null): Promise<boolean> {
  if (!(await readFailingOffers(tx, [number])).has(number)) return false;
  const where = { shop: tx.shop, offerNumber: number };
  return (await tx.db.failingOffer.updateMany({ where, data: { settledAt: at } })).count > 0;
}

/** Forgets that an offer was found to fail: it does no more. */
export async function deleteFailingOffer(tx: ShopTransaction, number: number): Promise<void> {
  await tx.db.failingOffer.deleteMany({ where: { shop: tx.shop, offerNumber: number } });
}
