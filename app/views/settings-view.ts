import type { OfferTypeName } from "../domain/offers/offer-type-name.ts";
import type { OfferMode } from "../domain/settings/modes.ts";
import type { Settings } from "../domain/settings/sections.ts";

/** An offer as the settings name it. */
export interface ModeOfferView {
  number: number;
  type: OfferTypeName;
  /** Empty for the name of its type. */
  name: string;
}

/** What the settings page shows: everything that a shop can set beside its offers. */
export interface SettingsView extends Settings {
  /** The offers that suggest something by themselves and are not archived, by whether they have a mode of their own. */
  modes: { following: ModeOfferView[]; own: (ModeOfferView & { mode: OfferMode })[] };
  shopCurrency: string;
  /** The shop's IANA timezone, in which its times are shown; UTC where absent. */
  timezone?: string;
  /** Settings that were stored with a value that is not possible any more, and have their default now. */
  reset: string[];
  /** Grows with every save; what a form was changed from. */
  version: number;
  /** ISO time of the last publish, and whether one is running. */
  publishedAt: string | null;
  publishing: boolean;
}
