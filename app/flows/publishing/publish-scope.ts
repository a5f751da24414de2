import type { ProductId } from "../../domain/ids.ts";
import type { NamedProductType } from "../../domain/offers/compiled-type.ts";
import type { HidingSplit } from "../../domain/measurement/experiments/published-split.ts";
import { hiddenOffers } from "../../domain/measurement/experiments/shown-offers.ts";
import { PRODUCT_TYPES } from "../../domain/offers/compiled-types.ts";
import type { Offer } from "../../domain/offers/offer.ts";
import { record } from "../../domain/publishing/read-json.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readPublishDue, type DueProduct } from "../../persistence/publishing/publish-due.ts";
import type { ShopSettings } from "../../persistence/settings/settings.ts";
import type { ShopRow } from "../../persistence/shop/shops.ts";
import { digestOf } from "./metafield-rows.ts";

/** What entries depend on. */
interface Terms {
  readonly offers: readonly Offer[];
  readonly settings: ShopSettings;
  readonly split: HidingSplit;
  readonly discountIsActive: boolean;
}

/** What a publish looks at. */
export interface PublishScope {
  /** Products that something changed for: all of their entries are compiled. */
  readonly due: readonly DueProduct[];
  /** Types whose offers or terms changed: their entries are compiled for every product. */
  readonly changedTypes: readonly NamedProductType[];
  /** What the next publish compares with to find changed types. */
  readonly terms: Readonly<Record<string, string>>;
}

/**
 * What a publish has to look at: products that are due, and types whose running offers, or what all of their entries
 * depend on, differ from what was published last. With `all` every type, for every product.
 */
export async function publishScope(
  tx: ShopTransaction,
  shop: ShopRow,
  given: Terms & { all: boolean },
): Promise<PublishScope> {
  const terms = Object.fromEntries(PRODUCT_TYPES.map((named) => [named.name, termsOf(named, given)]));
  const before = record(shop.publishedTerms) ?? {};
  return {
    due: await readPublishDue(tx),
    changedTypes: PRODUCT_TYPES.filter(({ name }) => given.all || terms[name] !== before[name]),
    terms,
  };
}

/** Whatever an offer says, but for what no entry depends on: its name, its version, and when it runs (it runs now). */
function termsOf({ name, type }: NamedProductType, { offers, settings, split, discountIsActive }: Terms): string {
  const { paused, tellOrdersTogether, useCustomerHistory, companionPricePercent, leastMarginPercent } = settings;
  const ofType = offers
    .filter((one) => one.type === name)
    .map((one) => ({ ...one, name: undefined, version: undefined, status: undefined, schedule: undefined }));
  const choosing =
    type.needsChoice === "companions"
      ? { tellOrdersTogether, useCustomerHistory, companionPricePercent, leastMarginPercent }
      : {};
  const terms = [ofType, discountIsActive, paused, choosing];
  const numbers = new Set(ofType.map(({ number }) => number));
  const { control, arms } = hiddenOffers(split);
  // Of each arm what it hides of this type; nothing for types whose offers are not compared.
  const hidden = [control, ...arms].map((hides) => [...hides].filter((number) => numbers.has(number)));
  return digestOf(JSON.stringify(hidden.some(({ length }) => length > 0) ? [...terms, hidden] : terms));
}

/** The types to compile for one product. */
export function typesFor(
  product: ProductId,
  { due, changedTypes }: { readonly due: ReadonlySet<ProductId>; readonly changedTypes: readonly NamedProductType[] },
): readonly NamedProductType[] {
  return due.has(product) ? PRODUCT_TYPES : changedTypes;
}
