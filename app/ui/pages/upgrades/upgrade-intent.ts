/** What staff can say about one candidate. */
export const UPGRADE_INTENTS = ["hide", "show", "approve", "takeBack"] as const;
export type UpgradeIntent = (typeof UPGRADE_INTENTS)[number];

/** What takes each of them back. */
export const OPPOSITE = {
  hide: "show",
  show: "hide",
  approve: "takeBack",
  takeBack: "approve",
} as const satisfies Record<UpgradeIntent, UpgradeIntent>;

/** What the page's action answers: the request as it was read, and how it ended. */
export interface UpgradeActionResult {
  intent: UpgradeIntent | "cap";
  candidate: string;
  code: string;
}

/** The address that takes these actions. */
export const UPGRADE_ACTION = "/app/upgrades";
