import { useFetcher, useSubmit } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { showToast } from "../../kit/app-bridge.ts";
import {
  OPPOSITE,
  UPGRADE_ACTION,
  UPGRADE_INTENTS,
  type UpgradeActionResult,
  type UpgradeIntent,
} from "./upgrade-intent.ts";

export interface UpgradeDecision {
  decide: (intent: UpgradeIntent) => void;
  /** The decision on its way to the server, null at rest. */
  pending: UpgradeIntent | null;
  /** Why the last decision was refused; null where it was taken. */
  refusal: string | null;
}

/**
 * The decision about one candidate in place of one product. One that was taken is shown with an undo; one that was
 * refused stays on the page in words.
 */
export function useUpgradeDecision(product: string, candidate: string, title: string): UpgradeDecision {
  const { t } = useTranslation("upgrades");
  const fetcherKey = `upgrade:${product}:${candidate}`;
  const fetcher = useFetcher<UpgradeActionResult>({ key: fetcherKey });
  const submit = useSubmit();
  const shownAnswer = useRef<unknown>(fetcher.data);
  const { data } = fetcher;

  function decide(intent: UpgradeIntent) {
    submit(
      { intent, product, candidate },
      { method: "post", action: UPGRADE_ACTION, navigate: false, fetcherKey, preventScrollReset: true },
    );
  }

  useEffect(() => {
    if (data === undefined || shownAnswer.current === data) return;
    shownAnswer.current = data;
    if (data.code !== "ok" || data.intent === "cap") return;
    const undo = OPPOSITE[data.intent];
    showToast(t(`toast.${data.intent}`, { product: title }), { label: t("toast.undo"), run: () => decide(undo) });
  });

  const sent = UPGRADE_INTENTS.find((known) => known === fetcher.formData?.get("intent"));
  const pending = fetcher.state === "idle" || sent === undefined ? null : sent;
  return {
    decide,
    pending,
    refusal: pending === null && data !== undefined && data.code !== "ok" ? data.code : null,
  };
}
