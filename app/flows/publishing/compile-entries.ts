import type { ProductId } from "../../domain/ids.ts";
import { type HiddenOffers, offersOfAllArms } from "../../domain/measurement/experiments/shown-offers.ts";
import type { ChoiceName, NamedProductType } from "../../domain/offers/compiled-type.ts";
import { PRODUCT_TYPES } from "../../domain/offers/compiled-types.ts";
import type { ConditionFacts } from "../../domain/offers/conditions/condition.ts";
import type { Offer } from "../../domain/offers/offer.ts";
import { fitProductEntries, type ProductEntry } from "../../domain/offers/product-metafields.ts";
import { applyingOffers } from "../../domain/offers/running-offers.ts";
import { readTested, testedEntry } from "../../domain/offers/tested-entry.ts";
import type { MadeBundle } from "../../domain/offers/types/fixed-bundle/published.ts";
import type { UpgradeChoice } from "../../domain/offers/types/upgrade/listed-upgrades.ts";
import { entriesIn } from "../../domain/publishing/envelope.ts";
import { objectIn } from "../../domain/publishing/read-json.ts";
import type { OfferEntryRow } from "../../persistence/publishing/offer-entries.ts";
import type { OfferedProduct } from "./choose-offers.ts";

/** What can be chosen for one product. */
export interface ChosenForProduct extends Readonly<Record<ChoiceName, unknown>> {
  readonly companions: OfferedProduct | null;
  readonly upgrades: UpgradeChoice | null;
  /** The bundles that can be bought now, by the number of their offer. */
  readonly bundles: ReadonlyMap<number, MadeBundle>;
}

/** What the entries of one product are compiled from. */
export interface EntryFacts {
  readonly product: ProductId;
  /** The types to compile; entries of the others stay as they are stored. */
  readonly types: readonly NamedProductType[];
  /** What was chosen for the product, by what a type needs; null where no type that is compiled needs it. */
  readonly chosen: ChosenForProduct;
  readonly conditionFacts: ConditionFacts;
  /** The entries that Shopify holds. */
  readonly stored: readonly OfferEntryRow[];
  /** Running offers, by priority. */
  readonly offers: readonly Offer[];
  /** What is not shown to whom while experiments run. */
  readonly hidden: HiddenOffers;
  readonly discountIsActive: boolean;
  readonly ordersUntil: Date | null;
  /** Whether whatever differs is to be replaced, or only what shoppers could notice. */
  readonly sendsAll: boolean;
  /** Whether a product can be bought and nothing speaks against offering it with this one. */
  readonly mayBeOffered: (product: ProductId) => boolean;
}

/**
 * The entries that a product is to carry: of each type those of the running offers whose conditions hold for it, up to the
 * first that is for every shopper; while offers are compared, those of each arm. An entry that shoppers could hardly tell from the stored one stays as it is stored.
 * Fits what surfaces and Function can read.
 */
export function compileEntries(facts: EntryFacts): readonly ProductEntry[] {
  const entries = PRODUCT_TYPES.flatMap((named) =>
    facts.types.includes(named) ? compiledEntries(named, facts) : storedEntries(named, facts),
  );
  return fitProductEntries(entries.toSorted((a, b) => placeOf(a, facts) - placeOf(b, facts))).entries;
}

function compiledEntries(named: NamedProductType, facts: EntryFacts): ProductEntry[] {
  const ofType = facts.offers.filter((one) => one.type === named.name && isForProduct(one, named.type, facts));
  const carried = offersOfAllArms(ofType, facts.hidden, (shown) => applyingOffers(shown, facts.conditionFacts));
  return carried.flatMap((offer) => compiledEntry(offer, named, facts) ?? []);
}

/** An offer that is about other products keeps no later one of its type out. */
function isForProduct(offer: Offer, { needsChoice, isFor }: NamedProductType["type"], facts: EntryFacts): boolean {
  if (needsChoice === false || isFor === undefined) return true;
  const chosen = chosenFor(offer, needsChoice, facts);
  return chosen !== null && isFor(facts.product, chosen);
}

function compiledEntry(offer: Offer, { name, type }: NamedProductType, facts: EntryFacts): ProductEntry | null {
  const chosen = type.needsChoice === false ? null : chosenFor(offer, type.needsChoice, facts);
  if (type.needsChoice !== false && chosen === null) return null;
  const { product, ordersUntil, discountIsActive, conditionFacts } = facts;
  const hasSellingPlans = conditionFacts.product?.hasSellingPlans ?? false;
  const compiled = type.compile(offer, { product, hasSellingPlans, chosen, ordersUntil, discountIsActive });
  if (compiled === null) return null;
  const [fitting] = fitProductEntries([{ offer, entry: testedEntry(compiled, offer.audience) }]).entries;
  const [stored] = storedEntries({ name, type }, facts).filter((one) => one.offer.number === offer.number);
  if (fitting === undefined) return null;
  const isToReplace =
    facts.sendsAll ||
    stored === undefined ||
    stored.entry.tests !== fitting.entry.tests ||
    type.isToReplace(stored.entry, fitting.entry, facts.mayBeOffered);
  return isToReplace ? fitting : { offer, entry: stored.entry };
}

/** What is chosen for an offer: companions depend on its discount and on who decides about it. */
function chosenFor(offer: Offer, choice: ChoiceName, { chosen }: EntryFacts): unknown {
  if (choice === "upgrades") return chosen.upgrades;
  if (choice === "bundles") return chosen.bundles.get(offer.number) ?? null;
  return chosen.companions?.further.get(offer.number) ?? chosen.companions;
}

/** The stored entries of a type that belong to running offers. */
function storedEntries({ name, type }: NamedProductType, { stored, offers }: EntryFacts): ProductEntry[] {
  return stored.flatMap(({ offerNumber, value }) => {
    const offer = offers.find((one) => one.number === offerNumber && one.type === name);
    const [unread] = entriesIn([objectIn(value)]);
    const entry = offer === undefined || unread === undefined ? null : readTested(type, unread);
    return entry === null ? [] : [{ offer: offer!, entry }];
  });
}

function placeOf({ offer }: ProductEntry, { offers }: EntryFacts): number {
  return offers.findIndex(({ number }) => number === offer.number);
}
