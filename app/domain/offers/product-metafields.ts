import type { ProductId } from "../ids.ts";
import {
  CLOSED_RULES,
  encodeProductRules,
  type NothingRules,
  PRODUCT_RULE_TYPES,
  type ProductRules,
} from "../pricing/rules.ts";
import { PUBLISHED, type PublishedAddress } from "../publishing/addresses.ts";
import { byteLength, type Fitted, fitBudget } from "../publishing/byte-budget.ts";
import type { PublishedEntry } from "../publishing/entry.ts";
import { envelopeOf } from "../publishing/envelope.ts";
import { METAFIELD_BYTES, RULES_BYTES } from "../publishing/limits.ts";
import { compiledType } from "./compiled-types.ts";
import type { ProductCompiledType } from "./compiled-type.ts";
import type { Offer } from "./offer.ts";
import type { OfferTypeName } from "./offer-type-name.ts";

/** The entry of one offer on one product. */
export interface ProductEntry {
  readonly offer: Pick<Offer, "number" | "priority" | "type">;
  readonly entry: PublishedEntry;
}

/** One metafield of a product, ready to be set. */
export interface ProductMetafield {
  readonly address: PublishedAddress;
  readonly value: string;
}

/** Makes the entries of one product fit what surfaces and the discount Function can read: the last loses most. */
export function fitProductEntries(entries: readonly ProductEntry[]): Fitted<ProductEntry> {
  return fitBudget(entries, doesFit, ({ offer, entry }) => {
    const smaller = productType(offer.type).smaller(entry);
    return smaller && { offer, entry: smaller };
  });
}

function doesFit(entries: readonly ProductEntry[]): boolean {
  const envelope = envelopeOf(entries.map(({ entry }) => entry));
  return byteLength(envelope) < METAFIELD_BYTES && (rulesOf(entries)?.length ?? 0) <= RULES_BYTES;
}

/**
 * The metafields of one product, from its entries by priority. The same entries give the same metafields. A bundle has
 * rules that keep its price as it is, whatever it carries.
 */
export function productMetafields(entries: readonly ProductEntry[], isBundle = false): ProductMetafield[] {
  const rules = isBundle ? CLOSED_RULES : rulesOf(entries);
  const ownRules = rules === null ? [] : [{ address: PUBLISHED.rules, value: JSON.stringify(rules) }];
  if (entries.length === 0) return ownRules;
  const references = entries.map(({ offer, entry }) => productType(offer.type).references(entry));
  const companions = distinct(references.flatMap((one) => one.companions));
  const segmentCompanions = distinct(references.flatMap((one) => one.segmentCompanions)).filter(
    (product) => !companions.includes(product),
  );
  return [
    { address: PUBLISHED.offers, value: envelopeOf(entries.map(({ entry }) => entry)) },
    // The discount Function reads the text as it is: no JSON object to walk through.
    ...ownRules,
    ...listOf(PUBLISHED.companions, companions),
    ...listOf(PUBLISHED.segmentCompanions, segmentCompanions),
  ];
}

function rulesOf(entries: readonly ProductEntry[]): string | null {
  return encodeProductRules(
    entries.flatMap(({ offer, entry }): (ProductRules | NothingRules)[] => {
      const rules = productType(offer.type).rules(entry, offer);
      if (rules !== null) return [rules];
      const type = PRODUCT_RULE_TYPES.find((one) => one === offer.type);
      return type === undefined ? [] : [{ type, number: offer.number, nothing: true }];
    }),
  );
}

function listOf(address: PublishedAddress, products: readonly ProductId[]): ProductMetafield[] {
  return products.length === 0 ? [] : [{ address, value: JSON.stringify(products) }];
}

function distinct(products: readonly ProductId[]): ProductId[] {
  return [...new Set(products)];
}

function productType(name: OfferTypeName): ProductCompiledType<unknown, PublishedEntry, unknown> {
  const type = compiledType(name);
  if (type.anchor !== "product") throw new Error(`Offers of type ${name} have no entries on products`);
  return type;
}
