import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useLocale } from "../../kit/locale-provider.tsx";
import { goalField, parseAmount, parsePercent, type SettingsForm } from "./settings-form.ts";

/** What the page shows of a preview: a document, or null where the shop has no two products to show. */
export interface Preview {
  html: string | null;
  /** Made with best sellers, since nothing is offered yet. */
  isExample: boolean;
}

/** Typing asks for a new preview once it pauses for so long. */
const PAUSE_MS = 250;

/**
 * The preview of the settings as they stand in the form, saved or not. What does not parse is left as it was; a preview
 * that cannot be had leaves the last one. Null before the first.
 */
export function usePreview(form: SettingsForm, currency: string): Preview | null {
  const { language } = useLocale();
  const { load, data } = useFetcher<Preview | null>({ key: "preview" });
  const [last, setLast] = useState<Preview | null>(null);
  if (data && data !== last) setLast(data);
  const [percent, setPercent] = useState(0);
  const [goal, setGoal] = useState<number | null>(null);
  const typedPercent = parsePercent(form.discountPercent);
  if (typeof typedPercent === "number" && typedPercent !== percent) setPercent(typedPercent);
  const typedGoal = form.goalEnabled ? parseAmount(form[goalField(currency)] ?? "", currency) : null;
  if ((typeof typedGoal === "number" || !form.goalEnabled) && typedGoal !== goal) setGoal(typedGoal as number | null);
  const query = new URLSearchParams({
    ...{ discount: String(percent), size: form.setSize, told: String(form.tellOrdersTogether), language },
    ...(goal === null ? {} : { goal: String(goal) }),
  }).toString();
  useEffect(() => {
    const timer = setTimeout(() => load(`/app/preview?${query}`), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [load, query]);
  return last;
}
