import { useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { showToast } from "../kit/app-bridge.ts";
import { useNewAnswer } from "../kit/use-new-answer.ts";
import { OFFERS } from "./list-query.ts";

/** What can be done to offers from their list and from their own pages. */
export type OfferIntent = "activate" | "pause" | "archive" | "draft" | "duplicate";

/** Leaves an offer as it is that customers dislike or send back, or takes that back. */
export type KeepIntent = "keep" | "ask-again";

type Change = { number: number; version: number };

/** An offer that kept its status, and why. */
export interface RefusedOffer {
  number: number;
  name: string;
  reason: string;
}

/** What the list's action answers. */
export type OfferActionAnswer =
  | { intent: OfferIntent; code: "changed"; changed: Change[]; refused: RefusedOffer[] }
  | { intent: OfferIntent; code: "duplicated"; changed: Change[] }
  | { intent: "undo"; code: "undone"; changed: Change[]; stale: number[] }
  | { intent: KeepIntent; code: "kept" | "asked-again"; number: number }
  | {
      intent: OfferIntent | KeepIntent | "undo";
      code: "not-found" | "unusable" | "too-many" | "unreadable" | "failed";
    };

export interface OfferActions {
  run(intent: OfferIntent, numbers: readonly number[]): void;
  undo(changes: readonly Change[]): void;
  /** Leaves an offer as it is that customers dislike or send back. */
  keep(number: number): void;
  pending: boolean;
  /** Offers that the last action left as they were. */
  refused: readonly RefusedOffer[];
  /** Why the last action did nothing at all. */
  failure: string | null;
}

/**
 * Changes offers. What was done is announced with a way back; what was refused stays on the page in words. `openCopy`
 * takes the number of an offer that was made from another.
 */
export function useOfferActions(openCopy?: (number: number) => void): OfferActions {
  const { t } = useTranslation("offers");
  const { data, state, submit } = useFetcher<OfferActionAnswer>({ key: "offers" });
  const send = (fields: Record<string, string>) => submit(fields, { method: "post", action: `${OFFERS}?index` });
  const undo = (changes: readonly Change[]) => send({ intent: "undo", changes: JSON.stringify(changes) });
  const keep = (intent: KeepIntent, number: number) => send({ intent, number: String(number) });

  useNewAnswer(data, (answer) => {
    if (answer.code === "undone") {
      showToast(answer.stale.length === 0 ? t("toast.undone") : t("toast.notUndone", { count: answer.stale.length }));
    } else if (answer.code === "kept") {
      showToast(t("failing.kept"), { label: t("toast.undo"), run: () => keep("ask-again", answer.number) });
    } else if (answer.code === "asked-again") {
      showToast(t("failing.askedAgain"));
    } else if ((answer.code === "changed" || answer.code === "duplicated") && answer.changed.length > 0) {
      const { changed, intent } = answer;
      showToast(t(`toast.${intent}`, { count: changed.length }), { label: t("toast.undo"), run: () => undo(changed) });
      if (answer.code === "duplicated") openCopy?.(changed[0]!.number);
    }
  });

  const settled = state === "idle" ? data : undefined;
  return {
    run: (intent, numbers) => send({ intent, numbers: JSON.stringify(numbers) }),
    undo,
    keep: (number) => keep("keep", number),
    pending: state !== "idle",
    refused: settled?.code === "changed" ? settled.refused : [],
    failure: settled === undefined || "changed" in settled || "number" in settled ? null : settled.code,
  };
}
