import { useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { showToast } from "../../kit/app-bridge.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { useNewAnswer } from "../../kit/use-new-answer.ts";
import { REVIEW } from "./review-address.ts";

/** What can be decided about a suggestion. */
export const DECISIONS = ["approve", "reject"] as const;
export type Decision = (typeof DECISIONS)[number];

/** What the page's action answers. `at` names the decision for its undo. */
export interface ReviewResult {
  intent: Decision | "undo" | null;
  code: string;
  at?: string;
  pairs?: number;
}

/** One companion of one product. */
export interface Pair {
  trigger: string;
  companion: string;
}

export interface ReviewActions {
  /** Decides about these pairs, or about everything that waits where `pairs` is null. */
  decide: (decision: Decision, pairs: readonly Pair[] | null) => void;
  /** The pairs that a decision is on its way for; null for all of them, undefined at rest. */
  pending: readonly Pair[] | null | undefined;
  /** The latest decision was refused, and nothing was changed. */
  failed: boolean;
}

/** Decisions about what waits, one at a time; each is shown with an undo. */
export function useReviewActions(): ReviewActions {
  const { t } = useTranslation("review");
  const formats = useFormats();
  const fetcher = useFetcher<ReviewResult>({ key: "review" });
  const { data, submit, state } = fetcher;
  const send = (fields: Record<string, string>) => submit(fields, { method: "post", action: REVIEW });

  useNewAnswer(data, ({ code, intent, at, pairs = 0 }) => {
    if (code !== "ok" || intent === null || intent === "undo" || at === undefined) return;
    showToast(t(`toast.${intent}`, { count: pairs, number: formats.number(pairs) }), {
      label: t("toast.undo"),
      run: () => send({ intent: "undo", decision: intent, at }),
    });
  });

  const sent = fetcher.formData?.get("pairs");
  const pending = state === "idle" ? undefined : typeof sent === "string" ? (JSON.parse(sent) as Pair[]) : null;
  return {
    decide: (decision, pairs) =>
      send({ intent: decision, ...(pairs === null ? {} : { pairs: JSON.stringify(pairs) }) }),
    pending,
    failed: state === "idle" && data !== undefined && data.code !== "ok",
  };
}
