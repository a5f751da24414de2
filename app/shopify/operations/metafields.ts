import { operation, type UserError } from "./operation.ts";

export interface MetafieldInput {
  readonly ownerId: string;
  readonly namespace: string;
  readonly key: string;
  readonly type: string;
  readonly value: string;
}

/** Most metafields that Shopify takes at once. */
export const METAFIELDS_AT_ONCE = 25;

/** All or nothing: one refused metafield refuses the call. */
export const SET_METAFIELDS = operation<
  { metafields: readonly MetafieldInput[] },
  { metafieldsSet: { metafields: readonly { id: string }[] | null; userErrors: readonly UserError[] } }
>(`#graphql
  mutation SetMetafields($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      metafields { id }
      userErrors { field message code elementIndex }
    }
  }
`);

/** What is not there any more is deleted already: no error. */
export const DELETE_METAFIELDS = operation<
  { metafields: readonly Pick<MetafieldInput, "ownerId" | "namespace" | "key">[] },
  { metafieldsDelete: { userErrors: readonly UserError[] } }
>(`#graphql
  mutation DeleteMetafields($metafields: [MetafieldIdentifierInput!]!) {
    metafieldsDelete(metafields: $metafields) {
      userErrors { field message }
    }
  }
`);
