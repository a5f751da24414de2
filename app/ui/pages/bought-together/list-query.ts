import type { BoughtTogetherPageView } from "../../../views/bought-together-view.ts";

/** The address of the page, which takes its decisions too. */
export const BOUGHT_TOGETHER = "/app/bought-together";

/** What the list can be narrowed to. */
export const FILTERS = [
  "all",
  "live",
  "review",
  "pinned",
  "blocked",
  "excluded",
  "no-evidence",
] as const satisfies BoughtTogetherPageView["filter"][];

/** What part of the list is wanted. */
export interface ListQuery {
  search: string;
  filter: BoughtTogetherPageView["filter"];
  vendor: string;
  type: string;
  /** Whose lists are wanted: a segment's code, or nothing for the default lists. */
  segment: string;
  page: number;
}

/** The query as the page's address has it; what is as usual is left out. */
export function addressOf({ search, filter, vendor, type, segment, page }: ListQuery): URLSearchParams {
  const wanted = new URLSearchParams();
  if (search !== "") wanted.set("q", search);
  if (filter !== "all") wanted.set("show", filter);
  if (vendor !== "") wanted.set("vendor", vendor);
  if (type !== "") wanted.set("type", type);
  if (segment !== "") wanted.set("as", segment);
  if (page > 1) wanted.set("page", String(page));
  return wanted;
}
