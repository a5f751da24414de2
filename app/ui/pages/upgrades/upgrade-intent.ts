/** What staff can say about one candidate; each takes the other back. */
export const UPGRADE_INTENTS = ["hide", "show"] as const;
export type UpgradeIntent = (typeof UPGRADE_INTENTS)[number];

/** What the page's action answers: the request as it was read, and how it ended. */
export interface UpgradeActionResult {
  intent: UpgradeIntent | "cap";
  candidate: string;
  code: string;
}

/** The address that takes these actions. */
export const UPGRADE_ACTION = "/app/upgrades";
