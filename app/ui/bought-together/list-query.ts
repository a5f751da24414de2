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
  /** Whose lists are wanted: a segment's code, or nothing for everybody's. */
  segment: string;
  page: number;
}
