import type { Api } from "@shopify/ui-extensions/purchase.checkout.block.render";
import { useRef, useState } from "preact/hooks";
import { CLAIM_PROPERTY, claimOf } from "../../../extension-kit/domain.ts";
import type { ShownSuggestion } from "../../../extension-kit/choose-suggestions.ts";
import { publishEvent } from "../../../extension-kit/offer-events.ts";
import type { SuggestedProduct } from "../../../extension-kit/product-details.ts";

const SURFACE = "checkout";

/** What the line of a suggestion claims that is added here. */
export const claimAtCheckout = ({ offerId }: ShownSuggestion) => claimOf(offerId, SURFACE);

/** What became of a suggestion: its texts' keys. */
export type SuggestionState = "offered" | "adding" | "added";

export interface Additions {
  /** The list as the buyer sees it. */
  readonly rows: readonly ShownSuggestion[];
  /** What came of the last press; null before the first and while one is under way. */
  readonly outcome: { readonly code: "added" | "failed"; readonly title: string } | null;
  stateOf(suggestion: ShownSuggestion): SuggestionState;
  add(suggestion: ShownSuggestion): Promise<void>;
}

/**
 * Adds suggestions to the order, one at a time. From the first addition on the list stays as it is: what was added
 * keeps its row and its button, so that nobody loses their place, and nothing new takes its turn. Rows of what is no
 * longer found go.
 */
export function useAdditions(
  api: Pick<Api, "applyCartLinesChange" | "analytics">,
  {
    shown,
    found,
    onFailure,
  }: { shown: readonly ShownSuggestion[]; found: readonly SuggestedProduct[]; onFailure: () => void },
): Additions {
  const [kept, setKept] = useState<readonly ShownSuggestion[] | null>(null);
  const [added, setAdded] = useState<ReadonlySet<string>>(new Set());
  const [adding, setAdding] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<Additions["outcome"]>(null);
  // A second tap comes before the first one is rendered, so the state alone cannot tell.
  const busy = useRef(false);

  const stateOf = ({ product }: ShownSuggestion): SuggestionState =>
    added.has(product) ? "added" : adding === product ? "adding" : "offered";
  const isLeft = (row: ShownSuggestion) =>
    stateOf(row) !== "offered" || found.some(({ product }) => product === row.product);
  const rows = kept === null ? shown : kept.filter(isLeft);

  async function add(suggestion: ShownSuggestion) {
    if (busy.current || stateOf(suggestion) !== "offered") return;
    busy.current = true;
    publishEvent(api, "clicked", [claimAtCheckout(suggestion)]);
    setKept(rows);
    setAdding(suggestion.product);
    setOutcome(null);
    const result = await api
      .applyCartLinesChange({
        type: "addCartLine",
        merchandiseId: suggestion.variantId,
        quantity: 1,
        attributes: [{ key: CLAIM_PROPERTY, value: claimAtCheckout(suggestion) }],
      })
      .catch(() => ({ type: "error" as const }));
    if (result.type === "error") onFailure();
    else {
      setAdded((before) => new Set([...before, suggestion.product]));
      publishEvent(api, "added", [claimAtCheckout(suggestion)]);
    }
    setOutcome({ code: result.type === "error" ? "failed" : "added", title: suggestion.title });
    setAdding(null);
    busy.current = false;
  }

  return { rows, outcome, stateOf, add };
}
