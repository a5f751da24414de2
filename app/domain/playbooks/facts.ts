import type { ProductId } from "../ids.ts";
import type { ProductFacts } from "../offers/conditions/condition.ts";
import type { Compatibility } from "../offers/compatibility/compatibility.ts";
import type { Exclusions } from "../offers/exclusion.ts";
import type { FreeRate } from "../offers/free-rate.ts";
import type { Offer } from "../offers/offer.ts";
import type { OfferMode } from "../settings/modes.ts";
import type { CompanionLimits } from "../offers/types/bought-together/companion-limits.ts";
import type { CompanionChoice } from "../offers/types/bought-together/chosen-offer.ts";
import type { PlaybookEvidence } from "./evidence.ts";

/** What the catalogue says of a product now. */
export interface KnownProduct {
  readonly id: ProductId;
  readonly title: string;
  readonly imageUrl: string | null;
  /** Of its variants, in minor units of the shop's currency. */
  readonly lowestMinor: number;
  readonly highestMinor: number;
  /** Cost as a share of the price, of the variant of which it is most; null where no cost is known. */
  readonly costShare: number | null;
  /** Published, in stock and no gift card. */
  readonly isForSale: boolean;
  /** What conditions ask about it. */
  readonly facts: ProductFacts;
}

/** What a shop's proposals are made from: what its orders say, and how the shop is now. */
export interface PlaybookFacts {
  readonly evidence: PlaybookEvidence;
  /** Of every product that the evidence names and that still exists. */
  readonly products: ReadonlyMap<ProductId, KnownProduct>;
  /** Every offer that is not archived. */
  readonly offers: readonly Offer[];
  /** What people decided about companions of single products, the earliest first. */
  readonly choices: readonly CompanionChoice[];
  readonly exclusions: Exclusions;
  readonly compatibility: Compatibility;
  /** Upgrades that a person hid, by product. */
  readonly hiddenUpgrades: ReadonlyMap<ProductId, ReadonlySet<string>>;
  /** Who decides which companions sets show. */
  readonly mode: OfferMode;
  /** Whether that is the mode of the shop, whichever it is. */
  readonly followsShop: boolean;
  readonly currency: string;
  /** Whether shoppers can pay in other currencies as well. */
  readonly hasOtherCurrencies: boolean;
  /** The shop's own free shipping rates. */
  readonly shippingRates: readonly FreeRate[];
  /** What companions cost at most beside their product, and what is left of prices after discount and cost at least. */
  readonly limits: CompanionLimits;
  /** What an upgrade costs at most, in percent of what it replaces. */
  readonly upgradeCapPercent: number;
  /** The day on the shop's calendar: "2026-11-28". */
  readonly today: string;
}
