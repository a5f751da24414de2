import { operation } from "./operation.ts";

/** The tags that customers of the shop have. */
export const CUSTOMER_TAGS = operation<
  { first: number },
  { shop: { customerTags: { nodes: readonly string[] } } }
>(`#graphql
  query CustomerTags($first: Int!) {
    shop { customerTags(first: $first) { nodes } }
  }
`);
