import { operation, type Page } from "./operation.ts";

/** What a shop's own metafield is called, in a query. */
export interface MetafieldName {
  readonly namespace: string;
  readonly key: string;
}

/** A metafield as products bring it. */
export interface MetafieldNode {
  readonly key: string;
  readonly type: string;
  readonly value: string;
  readonly definition: { readonly name: string } | null;
}

export interface MetafieldDefinitionNode extends MetafieldName {
  readonly type: { readonly name: string };
  /** Place among those that staff see first; null for the others. */
  readonly pinnedPosition: number | null;
}

/** The metafields that the shop has defined for its products, a page at a time. */
export const PRODUCT_METAFIELDS = operation<
  { after: string | null },
  { metafieldDefinitions: Page<MetafieldDefinitionNode> }
>(`#graphql
  query ProductMetafields($after: String) {
    metafieldDefinitions(ownerType: PRODUCT, first: 100, after: $after) {
      nodes { namespace key type { name } pinnedPosition }
      pageInfo { hasNextPage endCursor }
    }
  }
`);
