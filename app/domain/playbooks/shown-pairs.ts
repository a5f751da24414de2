import type { ProductId } from "../ids.ts";
import type { CompanionChoice } from "../offers/types/bought-together/chosen-offer.ts";
import { limitOf } from "../offers/types/bought-together/companion-limits.ts";
import type { PairEvidence, ProductPairs } from "./evidence.ts";
import type { KnownProduct, PlaybookFacts } from "./facts.ts";

/** A product for sale with the companions that its set shows, best first: each for sale, none that a person refused. */
export interface ShownPairs {
  readonly product: KnownProduct;
  readonly companions: readonly ShownPair[];
}

export interface ShownPair extends PairEvidence {
  readonly known: KnownProduct;
}

/** A product that may be offered with others, or in place of them. Null for one that may not. */
export function companionOf(facts: PlaybookFacts, id: ProductId): KnownProduct | null {
  const product = facts.products.get(id);
  return product !== undefined && product.isForSale && !facts.exclusions.asCompanion.has(id) ? product : null;
}

/** A product on whose page something may be offered; null for one on whose page nothing may. */
export function triggerOf(facts: PlaybookFacts, id: ProductId): KnownProduct | null {
  const product = facts.products.get(id);
  return product !== undefined && product.isForSale && !facts.exclusions.asTrigger.has(id) ? product : null;
}

/**
 * The companions that shoppers are shown with each product by the shop's own rules, pins first. Where a person decides,
 * only what they pinned or approved; what is pinned without evidence is shown first, and no proposal is about it.
 */
export function shownPairs(facts: PlaybookFacts): ShownPairs[] {
  return facts.evidence.pairs.flatMap((pairs): ShownPairs[] => {
    const product = triggerOf(facts, pairs.product);
    if (product === null) return [];
    const companions = shownCompanions(facts, product, pairs);
    return companions.length === 0 ? [] : [{ product, companions }];
  });
}

function shownCompanions(facts: PlaybookFacts, of: KnownProduct, pairs: ProductPairs): ShownPair[] {
  const chosen = (kind: CompanionChoice["kind"]) =>
    facts.choices.filter((choice) => choice.trigger === of.id && choice.kind === kind).map((one) => one.companion);
  const [pinned, approved, blocked] = [chosen("pin"), chosen("approve"), chosen("block")];
  const evidenceOf = new Map(pairs.companions.map((pair) => [pair.companion, pair]));
  if (pinned.some((companion) => !evidenceOf.has(companion))) return [];
  const open = [...evidenceOf.keys()].filter((companion) =>
    facts.mode === "automatic" ? !blocked.includes(companion) : approved.includes(companion),
  );
  return [...new Set([...pinned, ...open])].flatMap((companion): ShownPair[] => {
    const known = companionOf(facts, companion);
    const isDecided = pinned.includes(companion) || facts.mode !== "automatic";
    if (known === null) return [];
    if (!pinned.includes(companion) && !facts.compatibility.goTogether(of.id, companion)) return [];
    if (!isDecided && breaksLimit(facts, of, known)) return [];
    return [{ ...evidenceOf.get(companion)!, known }];
  });
}

function breaksLimit({ limits }: PlaybookFacts, of: KnownProduct, companion: KnownProduct): boolean {
  const priced = ({ lowestMinor, costShare }: KnownProduct) => ({ priceMinor: lowestMinor, costShare });
  return limitOf(priced(companion), priced(of), limits, 0) !== null;
}
