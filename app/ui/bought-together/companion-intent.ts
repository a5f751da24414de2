/** What staff can do with one companion of one product; each is undone by its opposite. */
export const COMPANION_INTENTS = ["pin", "unpin", "block", "unblock"] as const;
export type CompanionIntent = (typeof COMPANION_INTENTS)[number];

/** The intent that takes one back. */
export const OPPOSITE: Readonly<Record<CompanionIntent, CompanionIntent>> = {
  pin: "unpin",
  unpin: "pin",
  block: "unblock",
  unblock: "block",
};
