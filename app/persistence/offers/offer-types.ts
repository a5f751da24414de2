import type { ShopTransaction } from "../database/in-shop.ts";

/** The type's name of every offer of the shop, by number, archived ones included. */
export async function readOfferTypes(tx: ShopTransaction): Promise<Map<number, string>> {
  const rows = await tx.db.offer.findMany({ where: { shop: tx.shop }, select: { number: true, type: true } });
  return new Map(rows.map(({ number, type }) => [number, type]));
}
