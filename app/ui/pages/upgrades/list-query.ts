import type { UpgradesPageView } from "../../../views/upgrades-view.ts";

/** What the list of upgrades can be narrowed to. */
export const UPGRADE_FILTERS = [
  "all",
  "moved",
  "variants",
  "hidden",
  "waiting",
] as const satisfies UpgradesPageView["filter"][];

/** What part of the list is wanted. */
export interface UpgradesQuery {
  search: string;
  filter: UpgradesPageView["filter"];
  page: number;
}

/** What the cap can be set to, in percent of what an upgrade replaces; another one that is set is listed beside them. */
export const CAP_PERCENTS: readonly number[] = [125, 150, 200, 300];
