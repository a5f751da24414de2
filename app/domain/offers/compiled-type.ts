import type { BareId, ProductId } from "../ids.ts";
import type { ProductRules, ShopRules } from "../pricing/rules.ts";
import type { PublishedEntry, UnreadEntry } from "../publishing/entry.ts";
import type { CreditTerms } from "../store-credit/terms.ts";
import type { Offer } from "./offer.ts";
import type { FreeRate } from "./free-rate.ts";
import type { OfferTypeName } from "./offer-type-name.ts";

/** What an offer is compiled with, whatever its type. */
export interface PublishFacts {
  /** False where Shopify refuses our discount or a merchant switched it off: then nothing may promise a price. */
  readonly discountIsActive: boolean;
}

/**
 * What can be chosen for a product: companions by a look at its orders, upgrades among those that were found, or the
 * product that Shopify made of a bundle.
 */
export type ChoiceName = "bundles" | "companions" | "upgrades";

/** What the entry of one product is compiled with. */
export interface ProductPublishFacts<Chosen> extends PublishFacts {
  readonly product: ProductId;
  /** Whether it can be subscribed to. */
  readonly hasSellingPlans: boolean;
  /** What was chosen for the product; null for types that need no choice. */
  readonly chosen: Chosen;
  /** The end of the 90 days that orders were counted in; null where shoppers do not see them. */
  readonly ordersUntil: Date | null;
}

/** What an offer of the whole shop is compiled with. */
export interface ShopPublishFacts extends PublishFacts {
  /** The shop's own free shipping rates. */
  readonly ownRates: readonly FreeRate[];
}

/** The products that Liquid resolves for an entry. */
export interface References {
  readonly companions: readonly ProductId[];
  /** Those that only some shoppers' lists name. */
  readonly segmentCompanions: readonly ProductId[];
}

/** How offers of a type are published whose entries products carry. */
export interface ProductCompiledType<Config, Entry extends PublishedEntry, Chosen> {
  readonly anchor: "product";
  /** What has to be chosen for a product before its entry can be compiled; false for nothing. */
  readonly needsChoice: false | ChoiceName;
  /** Whether an offer is about a product at all, by what was chosen for it; absent for any that its conditions let in. */
  isFor?(product: ProductId, chosen: Chosen): boolean;
  /** The entry of one product; null where nothing is offered with it. */
  compile(offer: Offer<Config>, facts: ProductPublishFacts<Chosen>): Entry | null;
  /** Reads a stored entry; null for what this release does not understand. */
  read(entry: UnreadEntry): Entry | null;
  /** The entry with one thing less; null where nothing can be spared. */
  smaller(entry: Entry): Entry | null;
  /** What the discount Function reads of it; null where it changes no price. */
  rules(entry: Entry, offer: Pick<Offer, "number" | "priority">): ProductRules | null;
  references(entry: Entry): References;
  /**
   * Products that shoppers can add from an entry, where they are others than its references: a line that claims to come
   * from it earns only with one of them.
   */
  listed?(entry: Entry): readonly BareId[];
  /** The least that a product costs for the entry to show it another one of this price; absent for nothing. */
  shownAt?(entry: Entry, priceMinor: number): { readonly leastPriceMinor: number };
  /** Variants of the product itself in place of which better ones are shown; absent where products are shown. */
  shownVariants?(entry: Entry): readonly (readonly [from: BareId, to: BareId])[];
  /** The store credit that an order with the product and all of these earns; null for none. */
  credit?(entry: Entry): { readonly terms: CreditTerms; readonly companions: readonly BareId[] } | null;
  /** Whether a published entry is to be replaced before the night. */
  isToReplace(published: Entry, compiled: Entry, mayBeOffered: (product: ProductId) => boolean): boolean;
}

/** What an offer of the whole shop publishes where. */
export interface ShopEntries {
  /** For the theme; null where the offer is not shown there. */
  readonly storefront: PublishedEntry | null;
  /** For checkout; null where the offer is not shown there. */
  readonly checkout: PublishedEntry | null;
  /** What the discount Function reads; none where it changes no price. */
  readonly rules: readonly ShopRules[];
  /** Products that Liquid resolves for it. */
  readonly gifts: readonly ProductId[];
}

/** How offers of a type are published that the shop as a whole carries. */
export interface ShopCompiledType<Config> {
  readonly anchor: "shop";
  /** Null where nothing is left to promise. */
  compile(offer: Offer<Config>, facts: ShopPublishFacts): ShopEntries | null;
}

/** Any type of offer as publishing sees it. */
export type CompiledType = ProductCompiledType<unknown, PublishedEntry, unknown> | ShopCompiledType<unknown>;

/** The name of a type whose entries products carry, and how they are compiled. */
export interface NamedProductType {
  readonly name: OfferTypeName;
  readonly type: ProductCompiledType<unknown, PublishedEntry, unknown>;
}
