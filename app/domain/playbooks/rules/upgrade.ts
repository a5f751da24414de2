import type { ProductId } from "../../ids.ts";
import type { UpgradeConfig } from "../../offers/types/upgrade/config.ts";
import { offersOn } from "../covered.ts";
import { draftOf, nameOf, proposalId } from "../drafts.ts";
import type { KnownProduct, PlaybookFacts } from "../facts.ts";
import type { Playbook } from "../proposal.ts";
import { companionOf, triggerOf } from "../shown-pairs.ts";

/** Few enough for a person to look at each. */
const MOST_PAIRS = 5;

interface Found {
  readonly product: KnownProduct;
  readonly better: KnownProduct;
  readonly customers: number;
}

/** The better products that customers moved on to by themselves, offered in place of the first ones. */
export const upgradeRule: Playbook = {
  name: "upgrade",
  propose(facts) {
    const found = facts.evidence.upgrades.flatMap(({ product: id, upgrade, customers }): Found[] => {
      const [product, better] = [triggerOf(facts, id), companionOf(facts, upgrade)];
      if (product === null || better === null || !isDearer(facts, product, better)) return [];
      if (!facts.compatibility.canReplace(id, upgrade)) return [];
      const isHidden = facts.hiddenUpgrades.get(id)?.has(upgrade) === true;
      return isHidden || isOffered(facts, id) ? [] : [{ product, better, customers }];
    });
    const pairs = [...new Map(found.toReversed().map((one) => [one.product.id, one])).values()].reverse();
    // One pair's upgrade is no other pair's product: two offers in a row would be a chain.
    const chosen = pairs.filter(({ better }) => !pairs.some(({ product }) => product.id === better.id));
    const best = chosen.toSorted((a, b) => b.customers - a.customers).slice(0, MOST_PAIRS);
    const [first] = best;
    if (first === undefined) return [];
    const { product, better, customers } = first;
    return [
      {
        ...{ id: proposalId("upgrade", product.id, better.id), playbook: "upgrade", type: "upgrade" },
        content: draftOf("upgrade", {
          ...{ name: nameOf(product, better), mode: "manual" },
          config: { pairs: best.map((one) => ({ products: [one.product.id], upgrade: [one.better.id], better: {} })) },
        }),
        ...{ draft: null, products: [product.id, better.id], weight: customers },
        reason: { code: "moved", customers, others: best.length - 1 },
        checks: [{ code: "no-discount" }],
      },
    ];
  },
};

function isDearer({ upgradeCapPercent }: PlaybookFacts, product: KnownProduct, better: KnownProduct): boolean {
  const { lowestMinor: price } = product;
  return better.lowestMinor > price && better.lowestMinor * 100 <= price * upgradeCapPercent;
}

/** Whether an offer shows upgrades of the product, or asks a person about them. */
function isOffered(facts: PlaybookFacts, product: ProductId): boolean {
  return offersOn(facts, ["upgrade"], product).some(
    ({ mode, config }) =>
      mode !== "manual" || (config as UpgradeConfig).pairs.some(({ products }) => products.includes(product)),
  );
}
