import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { showToast } from "../../kit/app-bridge.ts";

/** Tells once, at the foot of the admin, whether publishing has started. */
export function usePublishToast(answer: { code: string } | undefined): void {
  const { t } = useTranslation("settings");
  const shownAnswer = useRef(answer);
  useEffect(() => {
    if (answer !== undefined && answer !== shownAnswer.current) {
      showToast(answer.code === "queued" ? t("toast.publishing") : t("toast.notPublished"));
    }
    shownAnswer.current = answer;
  }, [answer, t]);
}
