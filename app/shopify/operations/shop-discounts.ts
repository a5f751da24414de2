import type { CombinesWith, OtherDiscount } from "../../domain/offers/beside-ours.ts";
import { operation } from "./operation.ts";

/** What a discount of a kind that is asked about says of itself; of other kinds it is absent. */
export interface Combining extends OtherDiscount {
  readonly title?: string;
}

/** An automatic discount, of Shopify's own kinds or of an app. */
export interface AutomaticDiscount extends Combining {
  readonly __typename: string;
  readonly appDiscountType?: { readonly appKey: string };
}

interface AutomaticDiscounts {
  app: { apiKey: string };
  discountNodes: {
    nodes: readonly { discount: AutomaticDiscount }[];
    pageInfo: { hasNextPage: boolean };
  };
}

const COMBINES = "discountClasses combinesWith { productDiscounts orderDiscounts shippingDiscounts }";

/** The automatic discounts that are on, and which app is asking. */
export const AUTOMATIC_DISCOUNTS = operation<Record<string, never>, AutomaticDiscounts>(`#graphql
  query AutomaticDiscounts {
    app { apiKey }
    discountNodes(first: 50, query: "method:automatic status:active") {
      nodes {
        discount {
          __typename
          ... on DiscountAutomaticBasic { title ${COMBINES} }
          ... on DiscountAutomaticBxgy { title ${COMBINES} }
          ... on DiscountAutomaticFreeShipping { title ${COMBINES} }
          ... on DiscountAutomaticApp { title ${COMBINES} appDiscountType { appKey } }
        }
      }
      pageInfo { hasNextPage }
    }
  }
`);

/** The shop's automatic discounts that are on and not ours, and what ours combines with. */
export function othersAndOurs({ app, discountNodes: { nodes } }: AutomaticDiscounts): {
  readonly others: readonly AutomaticDiscount[];
  readonly ours: CombinesWith;
} {
  const isOurs = ({ appDiscountType }: AutomaticDiscount) => appDiscountType?.appKey === app.apiKey;
  const discounts = nodes.map(({ discount }) => discount);
  return {
    others: discounts.filter((one) => !isOurs(one)),
    ours: discounts.find(isOurs)?.combinesWith ?? MADE_WITH,
  };
}

/** What our discount combines with where the merchant has changed nothing. */
const MADE_WITH: CombinesWith = { productDiscounts: true, orderDiscounts: true, shippingDiscounts: true };

/** The discount that a code stands for. */
export const CODE_DISCOUNT = operation<
  { code: string },
  {
    codeDiscountNodeByCode: {
      codeDiscount: Combining & { readonly __typename: string; readonly status?: string };
    } | null;
  }
>(`#graphql
  query CodeDiscount($code: String!) {
    codeDiscountNodeByCode(code: $code) {
      codeDiscount {
        __typename
        ... on DiscountCodeBasic { title status ${COMBINES} }
        ... on DiscountCodeBxgy { title status ${COMBINES} }
        ... on DiscountCodeFreeShipping { title status ${COMBINES} }
        ... on DiscountCodeApp { title status ${COMBINES} }
      }
    }
  }
`);
