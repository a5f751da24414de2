import type { ShopDomain } from "../domain/ids.ts";
import type { AdminClient } from "./admin-client.ts";
import { UserErrors } from "./errors.ts";
import { DELETE_METAFIELDS, METAFIELDS_AT_ONCE, SET_METAFIELDS, type MetafieldInput } from "./operations/metafields.ts";
import type { UserError } from "./operations/operation.ts";

/** One metafield that Shopify would not take, and why: its owner was deleted, its value is over a limit ... */
export interface RefusedMetafield {
  readonly metafield: MetafieldInput;
  readonly code: string;
}

export interface PublishedBatch {
  readonly set: readonly MetafieldInput[];
  readonly refused: readonly RefusedMetafield[];
}

/**
 * Sets metafields 25 at a time, and tells after each call what was set, so that a caller can record it at once.
 * A call is all or nothing: what it names as wrong is put aside and the rest is sent again. Throws
 * {@link UserErrors} where a refusal names none of them.
 */
export async function* setMetafields(
  client: AdminClient,
  shop: ShopDomain,
  metafields: readonly MetafieldInput[],
): AsyncGenerator<PublishedBatch> {
  for (let from = 0; from < metafields.length; from += METAFIELDS_AT_ONCE) {
    let batch = metafields.slice(from, from + METAFIELDS_AT_ONCE);
    const refused: RefusedMetafield[] = [];
    while (batch.length > 0) {
      const { metafieldsSet } = await client.query(shop, SET_METAFIELDS, { metafields: batch });
      if (metafieldsSet.userErrors.length === 0) break;
      const wrong = new Map(metafieldsSet.userErrors.map((error) => [elementIndex(error), error.code ?? "refused"]));
      const kept = batch.filter((_, index) => !wrong.has(index));
      if (kept.length === batch.length) throw new UserErrors("metafieldsSet", metafieldsSet.userErrors);
      batch.forEach((metafield, index) => {
        const code = wrong.get(index);
        if (code !== undefined) refused.push({ metafield, code });
      });
      batch = kept;
    }
    yield { set: batch, refused };
  }
}

/** Deletes metafields; those that are gone already, with or without their owner, are no error. */
export async function deleteMetafields(
  client: AdminClient,
  shop: ShopDomain,
  metafields: readonly Pick<MetafieldInput, "ownerId" | "namespace" | "key">[],
): Promise<void> {
  for (let from = 0; from < metafields.length; from += METAFIELDS_AT_ONCE) {
    const batch = metafields.slice(from, from + METAFIELDS_AT_ONCE);
    await client.query(shop, DELETE_METAFIELDS, { metafields: batch });
  }
}

/** The place in the input that an error means: `elementIndex`, or the number in its path ("metafields", "3", ...). */
function elementIndex(error: UserError): number | null {
  if (typeof error.elementIndex === "number") return error.elementIndex;
  const number = error.field?.find((part) => /^[0-9]+$/.test(part));
  return number === undefined ? null : Number(number);
}
