import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useLocale } from "../../kit/locale-provider.tsx";
import type { ShapeForm } from "../../forms/shape-form.ts";
import { typedAmount, typedPercent } from "../../forms/typed-values.ts";
import { goalField } from "./settings-form.ts";

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
export function usePreview(form: ShapeForm, currency: string): Preview | null {
  const { language } = useLocale();
  const { load, data } = useFetcher<Preview | null>({ key: "preview" });
  const [last, setLast] = useState<Preview | null>(null);
  if (data && data !== last) setLast(data);
  const [percent, setPercent] = useState(0);
  const [goal, setGoal] = useState<number | null>(null);
  const typed = typedPercent(String(form.setDiscountBasisPoints));
  if (typeof typed === "number" && typed >= 0 && typed !== percent) setPercent(typed);
  const typedGoal = form.goalEnabled ? typedAmount(String(form[goalField(currency)] ?? ""), currency) : null;
  const nextGoal = typeof typedGoal === "number" && typedGoal > 0 ? typedGoal : form.goalEnabled ? goal : null;
  if (nextGoal !== goal) setGoal(nextGoal);
  const query = new URLSearchParams({
    ...{ discount: String(percent), size: String(form.setSize), told: String(form.tellOrdersTogether), language },
    ...(goal === null ? {} : { goal: String(goal) }),
  }).toString();
  useEffect(() => {
    const timer = setTimeout(() => load(`/app/preview?${query}`), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [load, query]);
  return last;
}
