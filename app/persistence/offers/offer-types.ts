import { isOfferTypeName, type OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import type { ShopTransaction } from "../database/in-shop.ts";

/** What is known of a shop's offers, whatever their status: type and name by number. */
export type OfferNames = ReadonlyMap<number, { readonly type: string; readonly name: string }>;

export async function readOfferNames(tx: ShopTransaction): Promise<OfferNames> {
  const select = { number: true, type: true, name: true };
  const rows = await tx.db.offer.findMany({ where: { shop: tx.shop }, select });
  return new Map(rows.map(({ number, type, name }) => [number, { type, name }]));
}

/** The type of every offer of the shop, by number, archived ones included; those of types that only another release knows are left out. */
export async function readOfferTypes(tx: ShopTransaction): Promise<Map<number, OfferTypeName>> {
  const names = [...(await readOfferNames(tx))];
  return new Map(names.flatMap(([number, { type }]) => (isOfferTypeName(type) ? [[number, type] as const] : [])));
}
