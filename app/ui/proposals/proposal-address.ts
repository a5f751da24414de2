import { OFFERS, offerAddress } from "../offers/list-query.ts";

/** Where proposals are dismissed. */
export const PROPOSALS = "/app/proposals";

/** The parameter of an editor's address that names the proposal which fills its form. */
export const PROPOSAL = "proposal";

/** The editor of a proposed offer. */
export function proposalAddress({ id, draft }: { readonly id: string; readonly draft: number | null }): string {
  const editor = draft === null ? `${OFFERS}/new` : offerAddress(draft);
  return `${editor}?${new URLSearchParams({ [PROPOSAL]: id }).toString()}`;
}
