import { useFetcher, useSubmit } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { showToast } from "../../kit/app-bridge.ts";
import { COMPANION_INTENTS, type CompanionIntent, undoOf } from "./companion-intent.ts";

/** What the page's action answers: the request as it was read, and how it ended. */
export interface CompanionActionResult {
  intent: CompanionIntent;
  trigger: string;
  companion: string;
  code: string;
}

/** The address that takes these actions. */
export const COMPANION_ACTION = "/app/bought-together";

/** Sends one decision without leaving the page; asks under the same key replace one another. */
function useDecide() {
  const submit = useSubmit();
  return (intent: CompanionIntent, trigger: string, companion: string, fetcherKey: string) =>
    submit(
      { intent, trigger, companion },
      { method: "post", action: COMPANION_ACTION, navigate: false, fetcherKey, preventScrollReset: true },
    );
}

export interface CompanionDecision {
  /** `before` is the state that an undo goes back to; left out, nothing was decided before. */
  decide: (intent: CompanionIntent, companion: string, before?: { pinned: boolean; blocked: boolean }) => void;
  /** The decision on its way to the server, null at rest. */
  pending: { intent: CompanionIntent; companion: string } | null;
  /** Why the last decision was refused; null where it was taken. */
  refusal: string | null;
}

/**
 * Decisions about companions of `trigger`, kept apart by `slot` (one per row, one for the picker). A decision that
 * was taken is shown with an undo; one that was refused stays on the page in words.
 */
export function useCompanionDecision(
  trigger: string,
  slot: string,
  titleOf: (companion: string) => string,
): CompanionDecision {
  const { t } = useTranslation("bought-together");
  const key = `companion:${trigger}:${slot}`;
  const fetcher = useFetcher<CompanionActionResult>({ key });
  const send = useDecide();
  const shownAnswer = useRef<unknown>(fetcher.data);
  const undo = useRef<CompanionIntent>("unpin");
  const { data } = fetcher;

  function decide(intent: CompanionIntent, companion: string, before = { pinned: false, blocked: false }) {
    undo.current = undoOf(intent, before);
    send(intent, trigger, companion, key);
  }

  useEffect(() => {
    if (data === undefined || shownAnswer.current === data) return;
    shownAnswer.current = data;
    if (data.code !== "ok") return;
    showToast(t(`toast.${data.intent}`, { product: titleOf(data.companion) }), {
      label: t("toast.undo"),
      run: () =>
        decide(undo.current, data.companion, { pinned: data.intent === "pin", blocked: data.intent === "block" }),
    });
  });

  const intent = COMPANION_INTENTS.find((known) => known === fetcher.formData?.get("intent"));
  const pending =
    fetcher.state === "idle" || intent === undefined
      ? null
      : { intent, companion: String(fetcher.formData?.get("companion")) };
  return {
    decide,
    pending,
    refusal: pending === null && data !== undefined && data.code !== "ok" ? data.code : null,
  };
}
