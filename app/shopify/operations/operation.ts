/** A GraphQL operation with the types of what goes in and what comes back. The types are checked by the tests. */
export interface Operation<Variables, Data> {
  readonly document: string;
  /** True where it must not be sent again while it is not known whether Shopify has carried it out. */
  readonly once?: boolean;
  /** Never there; it carries the types. */
  readonly types?: (variables: Variables) => Data;
}

/** Names an operation's types. */
export function operation<Variables, Data>(
  document: string,
  options: { readonly once?: boolean } = {},
): Operation<Variables, Data> {
  return { document, ...options };
}

export interface UserError {
  readonly field?: readonly string[] | null;
  readonly message: string;
  readonly code?: string | null;
  /** Which of several inputs is meant. */
  readonly elementIndex?: number | null;
}

/** One page of a list. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** A decimal string in the shop's currency. */
export interface ShopMoney {
  readonly shopMoney: { readonly amount: string };
}
