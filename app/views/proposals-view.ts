import type { OfferTypeName } from "../domain/offers/offer-type-name.ts";
import type { PlaybookName, ProposalCheck, ProposalReason } from "../domain/playbooks/proposal.ts";

/** The offers that are proposed to a shop now. */
export interface ProposalsView {
  /** The best first. */
  proposals: ProposalView[];
  /** Ready-made offers that are not proposed now. */
  without: PlaybookName[];
  /** Orders that the proposals rest on; null as long as nothing was gathered from orders. */
  orders: number | null;
}

/** One proposed offer, and what it rests on. */
export interface ProposalView {
  id: string;
  playbook: PlaybookName;
  type: OfferTypeName;
  /** What it is about: the first is the one on whose page it is shown. */
  products: ProposedProductView[];
  reason: ProposalReason;
  checks: ProposalCheckView[];
  /** What all amounts are in. */
  currency: string;
  /** A draft of the shop that it fills in; null where a new offer is to be made. */
  draft: number | null;
}

export interface ProposedProductView {
  productId: string;
  title: string;
  imageUrl: string | null;
}

/** As the domain has it, with products by their titles. */
export type ProposalCheckView =
  | Exclude<ProposalCheck, { code: "cost-unknown" }>
  | { readonly code: "cost-unknown"; readonly products: readonly string[] };
