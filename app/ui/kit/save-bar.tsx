import { createElement, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { toggleSaveBar } from "./app-bridge.ts";
import { useLeaveConfirmation } from "./use-leave-confirmation.ts";

interface SaveBarProps {
  id: string;
  dirty: boolean;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** Shopify's contextual save bar, there as long as something on the page is not saved. Links ask before they give it up. */
export function SaveBar({ id, dirty, saving, onSave, onDiscard }: SaveBarProps) {
  const { t } = useTranslation();
  useLeaveConfirmation(dirty);
  useEffect(() => {
    toggleSaveBar(id, dirty);
    return () => toggleSaveBar(id, false);
  }, [id, dirty]);
  return createElement(
    "ui-save-bar",
    { id },
    createElement(
      "button",
      { key: "save", type: "button", variant: "primary", onClick: onSave, ...(saving ? { loading: "" } : {}) },
      t("saveBar.save"),
    ),
    createElement(
      "button",
      { key: "discard", type: "button", onClick: onDiscard, ...(saving ? { disabled: true } : {}) },
      t("saveBar.discard"),
    ),
  );
}
