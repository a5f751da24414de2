import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CompanionView } from "../../../views/bought-together-view.ts";
import { useCompanionDecision } from "./companion-actions.ts";
import { ProductPicker } from "./product-picker.tsx";

interface PinPickerProps {
  trigger: { productId: string; title: string };
  /** What goes with it already. */
  companions: readonly Pick<CompanionView, "productId" | "pinned" | "blocked">[];
  open: boolean;
  onClose: () => void;
}

/** Finds a product by name and pins it to `trigger`. */
export function PinPicker({ trigger, companions, open, onClose }: PinPickerProps) {
  const { t } = useTranslation("bought-together");
  const title = useRef("");
  const { decide, pending, refusal } = useCompanionDecision(trigger.productId, "picker", () => title.current);
  return (
    <ProductPicker
      name={trigger.productId}
      title={t("picker.title", { product: trigger.title })}
      action={t("picker.pin")}
      without={[trigger.productId]}
      pending={pending !== null}
      refusal={refusal}
      onChoose={(product) => {
        title.current = product.title;
        const before = companions.find((companion) => companion.productId === product.productId);
        decide("pin", product.productId, before);
      }}
      open={open}
      onClose={onClose}
    />
  );
}
