import { useState } from "react";
import type { ShapeForm } from "../../forms/shape-form.ts";
import { typedAmount, typedPercent } from "../../forms/typed-values.ts";
import { useLocale } from "../../kit/locale-provider.tsx";
import { type Preview, useStorefrontPreview } from "../../kit/use-storefront-preview.ts";
import { goalField } from "./settings-form.ts";

/** The preview of the settings as they stand in the form, saved or not. What does not parse is left as it was. */
export function usePreview(form: ShapeForm, currency: string): Preview | null {
  const { language } = useLocale();
  const [percent, setPercent] = useState(0);
  const [goal, setGoal] = useState<number | null>(null);
  const typed = typedPercent(String(form.setDiscountBasisPoints));
  if (typeof typed === "number" && typed >= 0 && typed !== percent) setPercent(typed);
  const typedGoal = form.goalEnabled ? typedAmount(String(form[goalField(currency)] ?? ""), currency) : null;
  const nextGoal = typeof typedGoal === "number" && typedGoal > 0 ? typedGoal : form.goalEnabled ? goal : null;
  if (nextGoal !== goal) setGoal(nextGoal);
  return useStorefrontPreview({
    ...{ discount: String(percent), size: String(form.setSize), showOrders: String(form.tellOrdersTogether), language },
    ...(goal === null ? {} : { goal: String(goal) }),
  });
}
