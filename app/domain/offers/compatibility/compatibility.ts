import type { ProductId } from "../../ids.ts";

/** The two sides of a rule, as the products that they name today. */
export interface RuleProducts {
  /** Go only with `fits`. */
  readonly products: ReadonlySet<ProductId>;
  readonly fits: ReadonlySet<ProductId>;
}

/**
 * Which products go together by a shop's rules. A product that rules name on their left goes only with what at least one
 * of these rules names on its right; all others go with anything that does not refuse them.
 */
export class Compatibility {
  readonly #rules: readonly RuleProducts[];
  readonly #rulesOf = new Map<ProductId, RuleProducts[]>();

  constructor(rules: readonly RuleProducts[]) {
    this.#rules = rules;
    for (const rule of rules) {
      for (const product of rule.products) {
        const known = this.#rulesOf.get(product);
        if (known === undefined) this.#rulesOf.set(product, [rule]);
        else known.push(rule);
      }
    }
  }

  /** Whether two products may be offered together. The order of the two does not matter. */
  goTogether(one: ProductId, other: ProductId): boolean {
    return this.#accepts(one, other) && this.#accepts(other, one);
  }

  /**
   * Whether a product may be offered in place of another one: it has to fit whatever that fits, and what fits that has to
   * fit it. A product that no rule names on its left fits everything.
   */
  canReplace(product: ProductId, replacement: ProductId): boolean {
    const isLimited = this.#rulesOf.has(replacement);
    return this.#rules.every(
      ({ products, fits }) =>
        (!products.has(product) || !isLimited || products.has(replacement)) &&
        (!fits.has(product) || fits.has(replacement)),
    );
  }

  #accepts(product: ProductId, other: ProductId): boolean {
    return this.#rulesOf.get(product)?.some(({ fits }) => fits.has(other)) ?? true;
  }
}

/** In a shop without rules everything goes with everything. */
export const NO_COMPATIBILITY = new Compatibility([]);
