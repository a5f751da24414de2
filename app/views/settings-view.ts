import type { Settings } from "../domain/settings/sections.ts";

/** What the settings page shows: everything that a shop can set beside its offers. */
export interface SettingsView extends Settings {
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
