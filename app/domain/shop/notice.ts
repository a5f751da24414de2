/**
 * A problem of a shop that has not been solved yet. One at a time for each code: a notice that is raised
 * again keeps its first time, and is taken back when the same thing works.
 */
export const NOTICE_CODES = [
  "missing-scope",
  "unpaid",
  "frozen",
  "no-shop",
  "address-not-allowed",
  "rejected",
  "token-lost",
  "bulk-not-enabled",
  "discount-refused",
  "pixel-refused",
  "metafields-refused",
  "bundles-refused",
  "orders-unread",
  "data-requests",
] as const;

export type NoticeCode = (typeof NOTICE_CODES)[number];

/** Refusals of everything that we ask for: any answer of Shopify's takes them back. */
export const ACCESS_NOTICES: readonly NoticeCode[] = [
  "missing-scope",
  "unpaid",
  "frozen",
  "no-shop",
  "address-not-allowed",
  "rejected",
  "token-lost",
];

/** Problems of every shop, which only the operator can solve. */
const FOR_THE_OPERATOR: ReadonlySet<NoticeCode> = new Set(["address-not-allowed", "rejected", "bulk-not-enabled"]);

/** Who can do something about it: the merchant, or whoever runs the app. */
export function whoCanAct(code: NoticeCode): "merchant" | "operator" {
  return FOR_THE_OPERATOR.has(code) ? "operator" : "merchant";
}

/** What a notice says beyond its code. */
export interface NoticeDetails {
  /** Shopify's own code or words, for staff to look up. */
  readonly reason?: string;
  /** The job that found it, or the one whose success takes it back. */
  readonly job?: string;
  /** How many things it is about. */
  readonly count?: number;
  /** Titles of the first few of them. */
  readonly titles?: readonly string[];
}

export interface Notice {
  readonly code: NoticeCode;
  readonly details: NoticeDetails;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** A notice as the admin shows it. */
export interface NoticeView {
  readonly code: NoticeCode;
  /** Whether it is the merchant who can act; otherwise it is for their information. */
  readonly isForMerchant: boolean;
  readonly details: NoticeDetails;
}
