import {
  encodeShopRules,
  PRICED_TYPES,
  type PricedTypeName,
  PRODUCT_RULE_TYPES,
  type StoppedOffers,
  type TestedOffer,
} from "../pricing/rules.ts";
import type { PublishedEntry } from "../publishing/entry.ts";
import { ENVELOPE_VERSION } from "../publishing/envelope.ts";
import { checkoutText, storefrontText } from "../publishing/shop-envelopes.ts";
import { type DiscountedByArm, withArmTests } from "./arm-tests.ts";
import type { ShopEntries, ShopPublishFacts } from "./compiled-type.ts";
import { shopType } from "./compiled-types.ts";
import { discountNames } from "./discount-names.ts";
import type { Offer } from "./offer.ts";
import { askedTags, askedText, tagsByNumber } from "./shopper-conditions/asked-tags.ts";
import { testsOf } from "./shopper-conditions/shopper-conditions.ts";
import { testedEntry } from "./tested-entry.ts";

const PRICED_NAMES = Object.keys(PRICED_TYPES) as PricedTypeName[];

/** The values of the metafields of the discount, of the installation and of the shop. */
export interface ShopMetafields {
  readonly policy: string;
  /** The variables of the discount Function's queries; null where they are to be asked about nothing. */
  readonly asked: string | null;
  readonly storefront: string;
  readonly checkout: string;
  /** The products that goals give free. */
  readonly gifts: string;
}

/**
 * Compiles the running offers of the whole shop, by priority. While the shop is `paused` nothing is offered: product
 * entries that are still at Shopify take effect nowhere. The same input gives the same texts.
 */
export function shopMetafields(
  offers: readonly Offer[],
  facts: ShopPublishFacts & {
    readonly paused: boolean;
    readonly history: boolean;
    readonly split?: unknown;
    /** Experiments that decide about discounts, too. */
    readonly byArm?: readonly DiscountedByArm[];
  },
): ShopMetafields {
  const running = facts.paused ? [] : offers;
  const entries = running.flatMap((offer): ShopEntries[] => {
    const compiled = shopType(offer.type)?.compile(offer, facts) ?? null;
    const withTests = (entry: PublishedEntry | null) => entry && testedEntry(entry, offer.audience);
    return compiled === null
      ? []
      : [{ ...compiled, storefront: withTests(compiled.storefront), checkout: withTests(compiled.checkout) }];
  });
  const rules = encodeShopRules(
    facts.discountIsActive ? entries.flatMap((one) => one.rules) : [],
    stoppedTypes(running, facts),
    testedOffers(running, facts.byArm ?? []),
  );
  const tags = askedTags(running.map(({ audience }) => audience));
  return {
    asked: tags.length === 0 ? null : askedText(tags),
    policy: JSON.stringify({ version: ENVELOPE_VERSION, rules, messages: discountNames(running) }),
    gifts: JSON.stringify([...new Set(entries.flatMap((one) => one.gifts))]),
    storefront: storefrontText({
      enabled: !facts.paused,
      offers: entries.flatMap((one) => one.storefront ?? []),
      ...(tags.length > 0 && { tags: tagsByNumber(tags) }),
    }),
    checkout: checkoutText({
      offers: entries.flatMap((one) => one.checkout ?? []),
      history: facts.history && !facts.paused,
      split: facts.split,
    }),
  };
}

/** The offers that change prices and are not for all shoppers. */
function testedOffers(running: readonly Offer[], byArm: readonly DiscountedByArm[]): TestedOffer[] {
  return running.flatMap((offer) => {
    const type = PRICED_NAMES.find((name) => name === offer.type);
    const tests = withArmTests(testsOf(offer.audience), offer.number, byArm);
    return type === undefined || tests === null ? [] : [{ type, number: offer.number, tests }];
  });
}

/** Types of which nothing runs: whatever products still carry of them gives no discount, from now on. */
function stoppedTypes(running: readonly Offer[], { discountIsActive }: ShopPublishFacts): StoppedOffers[] {
  const runs = new Set<string>(discountIsActive ? running.map(({ type }) => type) : []);
  return PRODUCT_RULE_TYPES.filter((type) => !runs.has(type)).map((type) => ({ type, number: null }));
}
