import type { ShopDomain } from "../../domain/ids.ts";
import type { AdminClient } from "../client/admin-client.ts";
import {
  DELETE_METAFIELDS,
  METAFIELDS_AT_ONCE,
  SET_METAFIELDS,
  type MetafieldInput,
} from "../operations/metafields.ts";
import type { UserError } from "../operations/operation.ts";

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
 * Sets metafields 25 at a time, and tells after each call what was set, so that a caller can record it at once. A call
 * is all or nothing: what it names as wrong is put aside and the rest is sent again; where a refusal names none of
 * them, each half is tried by itself. So one bad value never holds up another.
 */
export async function* setMetafields(
  client: AdminClient,
  shop: ShopDomain,
  metafields: readonly MetafieldInput[],
): AsyncGenerator<PublishedBatch> {
  for (let from = 0; from < metafields.length; from += METAFIELDS_AT_ONCE) {
    yield await setBatch(client, shop, metafields.slice(from, from + METAFIELDS_AT_ONCE));
  }
}

async function setBatch(
  client: AdminClient,
  shop: ShopDomain,
  batch: readonly MetafieldInput[],
): Promise<PublishedBatch> {
  if (batch.length === 0) return { set: [], refused: [] };
  const { metafieldsSet } = await client.query(shop, SET_METAFIELDS, { metafields: batch });
  if (metafieldsSet.userErrors.length === 0) return { set: batch, refused: [] };
  const wrong = new Map(metafieldsSet.userErrors.map((error) => [elementIndex(error), error.code ?? error.message]));
  const refused = batch.flatMap((metafield, index) => {
    const code = wrong.get(index) ?? (batch.length === 1 ? [...wrong.values()][0] : undefined);
    return code === undefined ? [] : [{ metafield, code }];
  });
  const parts =
    refused.length > 0
      ? [batch.filter((metafield) => !refused.some((one) => one.metafield === metafield))]
      : [batch.slice(0, Math.ceil(batch.length / 2)), batch.slice(Math.ceil(batch.length / 2))];
  const set: MetafieldInput[] = [];
  for (const part of parts) {
    const outcome = await setBatch(client, shop, part);
    set.push(...outcome.set);
    refused.push(...outcome.refused);
  }
  return { set, refused };
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
