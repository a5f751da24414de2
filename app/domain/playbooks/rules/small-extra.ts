import { isCovered } from "../covered.ts";
import { draftOf, nameOf, onlyFor, proposalId } from "../drafts.ts";
import type { KnownProduct } from "../facts.ts";
import type { Playbook, Proposal } from "../proposal.ts";
import { shownPairs } from "../shown-pairs.ts";

/** Percent of the product's price that an extra costs at most. */
const CAP = 25;
/** An extra goes with several products; what goes with one only is its accessory. */
const LEAST_PRODUCTS = 2;
const MOST_PRODUCTS = 50;

interface Extra {
  readonly extra: KnownProduct;
  readonly products: readonly KnownProduct[];
  readonly together: number;
}

/** A small product that is bought with several others, to be ticked beside the buy button: gift wrap, a filter. */
export const smallExtra: Playbook = {
  name: "small-extra",
  propose(facts, isTaken) {
    const pairs = shownPairs(facts).flatMap(({ product, companions }) =>
      companions.flatMap(({ known, together }) => {
        const isSmall = known.lowestMinor * 100 <= product.lowestMinor * CAP;
        const isOpen = !isTaken(product.id, known.id) && !isCovered(facts, ["add-on"], product.id);
        return isSmall && isOpen ? [{ product, known, together }] : [];
      }),
    );
    return [...Map.groupBy(pairs, ({ known }) => known.id).values()]
      .filter((same) => same.length >= LEAST_PRODUCTS)
      .map((same) => ({
        extra: same[0]!.known,
        products: same.slice(0, MOST_PRODUCTS).map(({ product }) => product),
        together: same.slice(0, MOST_PRODUCTS).reduce((sum, one) => sum + one.together, 0),
      }))
      .toSorted((a, b) => b.together - a.together || (a.extra.id < b.extra.id ? -1 : 1))
      .map(proposalOf);
  },
};

function proposalOf({ extra, products, together }: Extra): Proposal {
  return {
    ...{ id: proposalId("small-extra", extra.id), playbook: "small-extra", type: "add-on" },
    content: draftOf("add-on", {
      ...{ name: nameOf(extra), conditions: onlyFor(...products.map(({ id }) => id)) },
      config: { addOns: [{ product: [extra.id], text: {} }], cap: CAP },
    }),
    ...{ draft: null, products: [extra.id, ...products.slice(0, 3).map(({ id }) => id)], weight: together },
    reason: { code: "extra", together, products: products.length },
    checks: [{ code: "no-discount" }],
  };
}
