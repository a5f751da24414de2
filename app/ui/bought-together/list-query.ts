import type { BoughtTogetherPageView } from "../../domain/reports/views.ts";

/** What the list can be narrowed to. */
export const FILTERS = [
  "all",
  "live",
  "pinned",
  "blocked",
  "no-evidence",
] as const satisfies BoughtTogetherPageView["filter"][];

/** What part of the list is wanted. */
export interface ListQuery {
  search: string;
  filter: BoughtTogetherPageView["filter"];
  page: number;
}
