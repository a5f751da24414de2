import { Prisma } from "@prisma/client";
import type { OfferStatus } from "../../domain/offers/offer.ts";
import type { ShopTransaction } from "../database/in-shop.ts";
import { readShopSettings } from "../settings/settings.ts";
import { storedOffer, type OfferTableRow, type StoredOffer } from "./offer-rows.ts";

/** Which part of the offers is asked for. */
export interface OfferQuery {
  /** A part of the name, however it is typed; empty for all. */
  readonly search: string;
  /** Null for all that are not archived. */
  readonly status: OfferStatus | null;
  /** A type's name; null for all types. */
  readonly type: string | null;
  readonly offset: number;
  readonly limit: number;
}

/** One part of the offers, those changed last first, and how many there are in all. */
export async function listOffers(
  tx: ShopTransaction,
  { search, status, type, offset, limit }: OfferQuery,
): Promise<{ total: number; offers: StoredOffer[] }> {
  const wanted = Prisma.sql`FROM offers WHERE shop = ${tx.shop}
    AND ${status === null ? Prisma.sql`status <> 'archived'` : Prisma.sql`status = ${status}`}
    AND ${type === null ? Prisma.sql`true` : Prisma.sql`type = ${type}`}
    AND ${search === "" ? Prisma.sql`true` : Prisma.sql`position(search_fold(${search}) IN search_fold(name)) > 0`}`;
  const [count] = await tx.db.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total ${wanted}`;
  const part = await tx.db.$queryRaw<{ number: number }[]>`
    SELECT number ${wanted} ORDER BY updated_at DESC, number DESC OFFSET ${offset} LIMIT ${limit}`;
  const numbers = part.map(({ number }) => number);
  const rows = await tx.db.offer.findMany({ where: { shop: tx.shop, number: { in: numbers } } });
  const byNumber = new Map(rows.map((row: OfferTableRow) => [row.number, row]));
  const { shopMode } = await readShopSettings(tx);
  const found = numbers.flatMap((number) => byNumber.get(number) ?? []);
  return { total: count?.total ?? 0, offers: found.map((row) => storedOffer(row, shopMode)) };
}
