import type { TFunction } from "i18next";
import type { CompanionView, SettingsView } from "../../domain/reports/views.ts";
import type { Formats } from "../format.ts";
import type { CompanionIntent } from "./companion-intent.ts";

/** Below it a lift is written as 1, which says nothing. */
const LEAST_TELLING_LIFT = 1.05;

/** Why a companion is where it is, in words and figures. `triggerTitle` is the product it goes with. */
export function evidenceSentence(
  companion: CompanionView,
  triggerTitle: string,
  t: TFunction<"bought-together">,
  formats: Formats,
): string {
  if (companion.ordersTogether === 0) return t("evidence.none");
  const orders = t("evidence.orders", {
    count: companion.ordersTrigger,
    together: formats.number(companion.ordersTogether),
    orders: formats.number(companion.ordersTrigger),
    trigger: triggerTitle,
    companion: companion.title,
    confidence: formats.percent(companion.confidence),
    low: formats.percent(companion.confidenceLow),
    high: formats.percent(companion.confidenceHigh),
  });
  const parts = [orders];
  if (companion.lift >= LEAST_TELLING_LIFT) parts.push(t("evidence.lift", { lift: formats.factor(companion.lift) }));
  else if (companion.lift > 0) parts.push(t("evidence.noLift"));
  if (companion.lastSeen !== null) parts.push(t("evidence.last", { date: formats.date(companion.lastSeen) }));
  return formats.sentences(parts);
}

/** Code of the words that say whether shoppers see a companion, and if not, why. */
export type Visibility =
  | "shown"
  | "in-reserve"
  | "blocked"
  | "unavailable"
  | "thin"
  | "waits-for-review"
  | "waits-for-pin"
  | "further-down"
  | "not-published-yet";

/**
 * Whether shoppers see a companion, or the first reason why not. `inSet` is false for one that is published, but comes
 * after as many as a set shows.
 */
export function visibilityOf(companion: CompanionView, mode: SettingsView["mode"], inSet: boolean): Visibility {
  if (companion.blocked) return "blocked";
  if (companion.shown) return inSet ? "shown" : "in-reserve";
  if (!companion.available) return "unavailable";
  if (companion.pinned) return "not-published-yet";
  if (mode === "review") return "waits-for-review";
  if (mode === "manual") return "waits-for-pin";
  return companion.grade === "thin" ? "thin" : "further-down";
}

/** A companion as it will be once a decision is taken, so that the page can show it while it is being saved. */
export function withDecision(companion: CompanionView, intent: CompanionIntent): CompanionView {
  if (intent === "pin") return { ...companion, pinned: true, blocked: false };
  if (intent === "unpin") return { ...companion, pinned: false };
  if (intent === "block") return { ...companion, blocked: true, pinned: false, shown: false };
  return { ...companion, blocked: false };
}
