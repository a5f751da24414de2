/** What staff can do with one companion of one product; each is undone by its opposite. */
export const COMPANION_INTENTS = ["pin", "unpin", "block", "unblock"] as const;
export type CompanionIntent = (typeof COMPANION_INTENTS)[number];

const OPPOSITE: Readonly<Record<CompanionIntent, CompanionIntent>> = {
  pin: "unpin",
  unpin: "pin",
  block: "unblock",
  unblock: "block",
};

/**
 * The intent that takes one back. A pin and a block take each other's place, so that undoing one brings back the
 * other where it stood before.
 */
export function undoOf(intent: CompanionIntent, before: { pinned: boolean; blocked: boolean }): CompanionIntent {
  if (intent === "block" && before.pinned) return "pin";
  if (intent === "pin" && before.blocked) return "block";
  return OPPOSITE[intent];
}
