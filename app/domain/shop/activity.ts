import type { ProductId } from "../ids.ts";
import type { OfferStatus } from "../offers/offer.ts";
import type { NoticeCode } from "./notice.ts";

/** Days for which it is kept what staff changed. */
export const KEEP_ACTIVITY_DAYS = 365;

/** What can be done to one offer. */
export const OFFER_ACTIVITIES = [
  "offer-created",
  "offer-edited",
  "offer-duplicated",
  "offer-undone",
  "offer-draft",
  "offer-active",
  "offer-paused",
  "offer-archived",
  "offer-paused-budget",
  "offer-paused-disliked",
  "offer-paused-sent-back",
  "failing-offer-kept",
  "failing-offer-asked-again",
] as const;

/** What can be decided about one companion of one product. */
export const PAIR_ACTIVITIES = [
  "companion-pin",
  "companion-unpin",
  "companion-block",
  "companion-unblock",
  "upgrade-approved",
  "upgrade-hidden",
  "upgrade-shown",
  "upgrade-taken-back",
] as const;

/** What can be done when a companion of one product becomes another one. */
export const REPLACEMENT_ACTIVITIES = ["companion-replaced", "replacement-undone"] as const;

/** What can be decided about one product as a whole. */
export const PRODUCT_ACTIVITIES = [
  "product-excluded",
  "product-excluded-as-trigger",
  "product-excluded-as-companion",
  "product-allowed",
] as const;

/** What is done to many products at once. */
export const BULK_ACTIVITIES = ["suggestions-approved", "suggestions-rejected", "review-undone"] as const;

/** What can be done to one experiment. */
export const EXPERIMENT_ACTIVITIES = [
  "experiment-created",
  "experiment-edited",
  "experiment-started",
  "experiment-stopped",
  "experiment-deleted",
] as const;

/** What can be done to one notice. */
export const NOTICE_ACTIVITIES = ["notice-dismissed", "notice-restored"] as const;

/** What concerns the shop as a whole. */
export const SHOP_ACTIVITIES = [
  "settings-saved",
  "shop-mode-automatic",
  "shop-mode-review",
  "shop-mode-manual",
  "compatibility-saved",
  "upgrade-limit-set",
  "everything-paused",
  "everything-resumed",
] as const;

/** What the app does by itself. */
const AUTOMATIC: ReadonlySet<ActivityKind> = new Set([
  "offer-paused-budget",
  "offer-paused-disliked",
  "offer-paused-sent-back",
]);

/** Whether the app made such a change, and not a member of staff. */
export function isAutomatic(kind: ActivityKind): boolean {
  return AUTOMATIC.has(kind);
}

/** One change, and what it was made to. */
export type Activity =
  | {
      readonly kind: (typeof OFFER_ACTIVITIES)[number];
      /** The number, type and name that it had when it was changed. */
      readonly offer: { readonly number: number; readonly type: string; readonly name: string };
    }
  | { readonly kind: (typeof PAIR_ACTIVITIES)[number]; readonly product: ProductId; readonly other: string }
  | {
      readonly kind: (typeof REPLACEMENT_ACTIVITIES)[number];
      readonly product: ProductId;
      readonly other: ProductId;
      readonly by: ProductId;
    }
  | { readonly kind: (typeof PRODUCT_ACTIVITIES)[number]; readonly product: ProductId }
  | { readonly kind: (typeof BULK_ACTIVITIES)[number]; readonly count: number }
  | {
      readonly kind: (typeof EXPERIMENT_ACTIVITIES)[number];
      /** The number and name that it had when it was changed. */
      readonly experiment: { readonly number: number; readonly name: string };
    }
  | { readonly kind: (typeof NOTICE_ACTIVITIES)[number]; readonly notice: NoticeCode }
  | { readonly kind: (typeof SHOP_ACTIVITIES)[number] };

export type ActivityKind = Activity["kind"];

/** Every kind of change. */
export const ACTIVITY_KINDS: readonly ActivityKind[] = [
  ...OFFER_ACTIVITIES,
  ...PAIR_ACTIVITIES,
  ...REPLACEMENT_ACTIVITIES,
  ...PRODUCT_ACTIVITIES,
  ...BULK_ACTIVITIES,
  ...EXPERIMENT_ACTIVITIES,
  ...NOTICE_ACTIVITIES,
  ...SHOP_ACTIVITIES,
];

/** A change as it is stored. */
export interface RecordedActivity {
  readonly at: Date;
  /** Shopify's number of the member of staff; null where the session named nobody. */
  readonly userId: string | null;
  readonly activity: Activity;
}

/** The kind of a change of an offer's status. */
export function statusActivity(status: OfferStatus): (typeof OFFER_ACTIVITIES)[number] {
  return `offer-${status}`;
}
