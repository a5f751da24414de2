import { useFetcher } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { showToast } from "./app-bridge.ts";
import type { PauseActions } from "./paused-notice.tsx";

/** Pauses and resumes everything, on any page; a pause can be undone from the message about it. */
export function usePause(): PauseActions {
  const { t } = useTranslation();
  const { state, data, submit } = useFetcher<{ code: string }>({ key: "pause" });
  const onPause = (paused: boolean) =>
    submit({ intent: paused ? "pause" : "resume" }, { method: "post", action: "/app/settings" });
  const shownAnswer = useRef(data);
  useEffect(() => {
    if (data === undefined || data === shownAnswer.current) return;
    shownAnswer.current = data;
    if (data.code === "paused") showToast(t("paused.toast"), { label: t("paused.undo"), run: () => onPause(false) });
    else showToast(data.code === "resumed" ? t("paused.resumed") : t("paused.failed"));
  });
  return { switching: state !== "idle", onPause };
}
