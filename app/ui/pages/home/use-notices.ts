import { useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { NoticeCode } from "../../../domain/shop/notice.ts";
import { showToast } from "../../kit/app-bridge.ts";
import { useNewAnswer } from "../../kit/use-new-answer.ts";

/** Where notices are hidden and shown again. */
const NOTICES = "/app/notices";

/** What is done to notices. */
type NoticeIntent = "dismiss" | "restore";

/** What the action of notices answers. */
export interface NoticeAnswer {
  code: string;
  /** The notice, for its undo; null for all. */
  notice: NoticeCode | null;
}

export interface NoticeActions {
  dismiss(code: NoticeCode): void;
  /** Shows all again that were hidden and still hold. */
  restoreAll(): void;
  pending: boolean;
  /** The latest action failed, and nothing was changed. */
  failed: boolean;
}

/** Hides notices, each with a way back. */
export function useNotices(): NoticeActions {
  const { t } = useTranslation("notices");
  const { data, state, submit } = useFetcher<NoticeAnswer>({ key: "notices" });
  const send = (intent: NoticeIntent, notice: NoticeCode | null) =>
    submit({ intent, ...(notice === null ? {} : { notice }) }, { method: "post", action: NOTICES });

  useNewAnswer(data, ({ code, notice }) => {
    if (code === "dismissed" && notice !== null) {
      showToast(t("toast.dismissed"), { label: t("toast.undo"), run: () => send("restore", notice) });
    } else if (code === "restored") showToast(t("toast.restored"));
  });

  return {
    dismiss: (code) => send("dismiss", code),
    restoreAll: () => send("restore", null),
    pending: state !== "idle",
    failed: state === "idle" && data !== undefined && !["dismissed", "restored", "not-found"].includes(data.code),
  };
}
