import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { showToast } from "../app-bridge.ts";

interface Answers {
  save: { code: string } | undefined;
  publish: { code: string } | undefined;
}

/** Tells once, at the foot of the admin, how each answer of the server was. */
export function useSettingsToasts({ save, publish }: Answers): void {
  const { t } = useTranslation("settings");
  const told = useRef<Answers>({ save, publish });
  useEffect(() => {
    if (save !== undefined && save !== told.current.save) {
      showToast(save.code === "saved" ? t("toast.saved") : t("toast.notSaved"));
    }
    if (publish !== undefined && publish !== told.current.publish) {
      showToast(publish.code === "queued" ? t("toast.publishing") : t("toast.notSaved"));
    }
    told.current = { save, publish };
  }, [save, publish, t]);
}
