import type { ProductId } from "../ids.ts";
import type { PlaybookFacts } from "./facts.ts";
import { DISCOUNTS } from "./covered.ts";
import type { IsTaken, Playbook, PlaybookName, Proposal } from "./proposal.ts";
import { accessoryPrice } from "./rules/accessory-price.ts";
import { buyAndGet } from "./rules/buy-and-get.ts";
import { clearStock } from "./rules/clear-stock.ts";
import { pair } from "./rules/pair.ts";
import { seasonSet } from "./rules/season-set.ts";
import { setOfThree } from "./rules/set-of-three.ts";
import { severalAtOnce } from "./rules/several-at-once.ts";
import { shippingGoal } from "./rules/shipping-goal.ts";
import { smallExtra } from "./rules/small-extra.ts";
import { stockUp } from "./rules/stock-up.ts";
import { upgradeRule } from "./rules/upgrade.ts";

/** Every playbook, in the order in which they choose their products. */
export const PLAYBOOKS: { readonly [Name in PlaybookName]: Playbook } = {
  "season-set": seasonSet,
  "set-of-three": setOfThree,
  "accessory-price": accessoryPrice,
  pair,
  "buy-and-get": buyAndGet,
  "clear-stock": clearStock,
  "several-at-once": severalAtOnce,
  "stock-up": stockUp,
  upgrade: upgradeRule,
  "small-extra": smallExtra,
  "shipping-goal": shippingGoal,
};

/** Proposals of one playbook: few enough that a person looks at each. */
const MOST_OF_A_PLAYBOOK = 2;

/** What is proposed to a shop now, and which playbooks propose nothing. */
export interface Proposals {
  /** The first of each playbook, then the second ones; those that more orders support first. */
  readonly proposals: readonly Proposal[];
  /** Playbooks for which the evidence is not enough, or which running offers and dismissals leave nothing for. */
  readonly without: readonly PlaybookName[];
}

/**
 * What a shop's evidence proposes now. No two proposals lower prices on the same product's page, or put the same two
 * products together. What `isDismissed` holds for is left out, and the next of its playbook takes its place.
 */
export function proposalsOf(facts: PlaybookFacts, isDismissed: (id: string) => boolean): Proposals {
  const taken = new Taken();
  const found = Object.values(PLAYBOOKS).map((playbook) => ({
    playbook: playbook.name,
    chosen: choose(playbook.propose(facts, taken.isTaken), taken, isDismissed),
  }));
  const ranked = found.flatMap(({ chosen }) => chosen.map((proposal, place) => ({ proposal, place })));
  ranked.sort((a, b) => a.place - b.place || b.proposal.weight - a.proposal.weight);
  return {
    proposals: ranked.map(({ proposal }) => proposal),
    without: found.filter(({ chosen }) => chosen.length === 0).map(({ playbook }) => playbook),
  };
}

/** The first proposals of a playbook that nobody dismissed and that go with those chosen before. */
function choose(proposals: readonly Proposal[], taken: Taken, isDismissed: (id: string) => boolean): Proposal[] {
  const chosen: Proposal[] = [];
  for (const proposal of proposals) {
    if (chosen.length === MOST_OF_A_PLAYBOOK) break;
    if (taken.conflictsWith(proposal)) continue;
    taken.add(proposal);
    if (!isDismissed(proposal.id)) chosen.push(proposal);
  }
  return chosen;
}

/** What earlier proposals lower the price of. An upgrade or an add-on lowers none. */
class Taken {
  readonly #lowered = new Set<ProductId>();
  readonly #pairs = new Set<string>();

  readonly isTaken: IsTaken = (one, other) => this.#pairs.has(pairKey(one, other));

  conflictsWith(proposal: Proposal): boolean {
    const [first, ...others] = proposal.products;
    if (!DISCOUNTS.includes(proposal.type) || first === undefined) return false;
    return loweredBy(proposal).some((one) => this.#lowered.has(one)) || others.some((one) => this.isTaken(first, one));
  }

  add(proposal: Proposal): void {
    const { type, products } = proposal;
    if (!DISCOUNTS.includes(type)) return;
    for (const one of loweredBy(proposal)) this.#lowered.add(one);
    for (const one of products) for (const other of products) this.#pairs.add(pairKey(one, other));
  }
}

/**
 * The products that no other discount is to be proposed for: the one on whose page a set is shown, and of units that cost
 * less with others these as well.
 */
function loweredBy({ type, products }: Proposal): readonly ProductId[] {
  return type === "buy-x-get-y" ? products : products.slice(0, 1);
}

function pairKey(one: ProductId, other: ProductId): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
