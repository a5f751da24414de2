import type { NoticeCode } from "../domain/shop/notice.ts";
import type { ActivityKind } from "../domain/shop/activity.ts";

/** One change. */
export interface ActivityRowView {
  /** ISO time. */
  at: string;
  /** Who made it; null where the session named nobody. */
  who: { userId: string; isReader: boolean } | "automatic" | null;
  kind: ActivityKind;
  /** What it was made to; null for what the kind is not about, and for the title of a product that nobody knows any more. */
  offer: { number: number; type: string; name: string } | null;
  product: string | null;
  other: string | null;
  /** A variant of the product in place of another one, or of any (null); what is gone has no title (null) either. */
  step: { from: string | null; to: string | null } | null;
  by: string | null;
  count: number | null;
  notice: NoticeCode | null;
  experiment: { number: number; name: string } | null;
}

/** One page of what staff changed, the latest first; pages count from 1. */
export interface ActivityView {
  rows: ActivityRowView[];
  total: number;
  page: number;
  pageCount: number;
  timezone: string;
}
