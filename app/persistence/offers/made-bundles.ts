import { Prisma } from "@prisma/client";
import type { BundlePart, MadeBundle } from "../../domain/offers/types/fixed-bundle/published.ts";
import type { ShopTransaction } from "../database/in-shop.ts";

/** Why Shopify makes no bundle of an offer, at which of its versions. `reason`: Shopify's words. */
export interface BundleFault {
  readonly code: "not-eligible" | "refused" | "deleted";
  readonly reason: string | null;
  readonly version: number;
}

/** How far the product of a bundle is; ids are bare numbers. */
export interface BundleRow {
  /** Of the offer. */
  readonly number: number;
  /** When Shopify was asked to make the product; null where it is made, or nobody has asked. */
  readonly askedAt: Date | null;
  /** What Shopify is still doing; null for nothing that is known. */
  readonly operationId: string | null;
  /** What the operation is to make it of. */
  readonly askedParts: readonly BundlePart[] | null;
  /** Null as long as there is no product. */
  readonly made: MadeBundle | null;
  /** Whether it is in the online store now. */
  readonly forSale: boolean;
  /** What was last carried out in full: see `wanted-bundle.ts`. */
  readonly done: string | null;
  readonly fault: BundleFault | null;
}

/** A bundle of which nothing was done yet. */
export const newBundle = (number: number): BundleRow => ({
  ...{
    number,
    askedAt: null,
    operationId: null,
    askedParts: null,
    made: null,
    forSale: false,
    done: null,
    fault: null,
  },
});

/** What is known of the bundles' products, by the number of the offer. */
export async function readBundleRows(tx: ShopTransaction): Promise<Map<number, BundleRow>> {
  const rows = await tx.db.bundle.findMany({ where: { shop: tx.shop } });
  return new Map(
    rows.map((row) => {
      const parts = row.parts as unknown as readonly BundlePart[] | null;
      const isMade = row.productId !== null && row.variantId !== null && parts !== null;
      const made = isMade ? { product: String(row.productId), variant: String(row.variantId), parts } : null;
      const { offerNumber: number, askedAt, operationId, forSale, done } = row;
      const askedParts = row.askedParts as unknown as readonly BundlePart[] | null;
      return [
        number,
        {
          number,
          askedAt,
          operationId,
          forSale,
          done,
          askedParts,
          made,
          fault: row.fault as unknown as BundleFault | null,
        },
      ];
    }),
  );
}

/** Notes how far the product of a bundle is. */
export async function saveBundleRow(tx: ShopTransaction, row: BundleRow): Promise<void> {
  const json = (value: object | null) => (value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue));
  const columns = {
    ...{ askedAt: row.askedAt, operationId: row.operationId, forSale: row.forSale, done: row.done },
    ...{ askedParts: json(row.askedParts), parts: json(row.made?.parts ?? null), fault: json(row.fault) },
    productId: row.made === null ? null : BigInt(row.made.product),
    variantId: row.made === null ? null : BigInt(row.made.variant),
  };
  const key = { shop: tx.shop, offerNumber: row.number };
  await tx.db.bundle.upsert({ where: { shop_offerNumber: key }, create: { ...key, ...columns }, update: columns });
}

/** The bundles that shoppers can buy now, by the number of the offer. */
export async function readBundlesForSale(tx: ShopTransaction): Promise<Map<number, MadeBundle>> {
  const rows = [...(await readBundleRows(tx)).values()];
  return new Map(rows.flatMap(({ number, made, forSale }) => (made !== null && forSale ? [[number, made]] : [])));
}
