import { useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { showToast } from "../kit/app-bridge.ts";
import { useNewAnswer } from "../kit/use-new-answer.ts";
import { PROPOSALS } from "./proposal-address.ts";

/** What is done to one proposal. */
export const DISMISSALS = ["dismiss", "restore"] as const;

/** What the action of proposals answers. */
export interface DismissalAnswer {
  intent: (typeof DISMISSALS)[number] | null;
  code: string;
  /** The proposal, for its undo. */
  id?: string;
}

export interface Dismissal {
  dismiss(id: string): void;
  /** The proposal that is being dismissed; null at rest. */
  pending: string | null;
  /** The latest dismissal failed, and nothing was changed. */
  failed: boolean;
}

/** Dismisses proposals, each with a way back. */
export function useDismissal(): Dismissal {
  const { t } = useTranslation("proposals");
  const { data, state, formData, submit } = useFetcher<DismissalAnswer>({ key: "proposals" });
  const send = (intent: string, id: string) => submit({ intent, id }, { method: "post", action: PROPOSALS });

  useNewAnswer(data, ({ code, id }) => {
    if (code === "dismissed" && id !== undefined) {
      showToast(t("toast.dismissed"), { label: t("toast.undo"), run: () => send("restore", id) });
    } else if (code === "restored") showToast(t("toast.restored"));
  });

  const sent = formData?.get("id");
  return {
    dismiss: (id) => send("dismiss", id),
    pending: state !== "idle" && typeof sent === "string" ? sent : null,
    failed: state === "idle" && data !== undefined && !["dismissed", "restored", "not-found"].includes(data.code),
  };
}
