import type { UnitReward } from "../../../domain/offers/rewards/rewards.ts";
import type { ShapeForm } from "../../forms/shape-form.ts";
import { typedAmount, typedPercent } from "../../forms/typed-values.ts";

/** A reward as staff have typed it: basis points, or an amount in the shop's own currency. */
export interface TypedReward<Kind extends UnitReward["kind"] = UnitReward["kind"]> {
  readonly kind: Kind;
  readonly value: number;
}

/** The reward at a place in a form, in the shop's own currency; null where it is not typed yet. */
export function typedReward(form: ShapeForm, path: string, currency: string): TypedReward | null {
  const kind = form[`${path}.kind`] as UnitReward["kind"];
  const value =
    kind === "percent"
      ? typedPercent(String(form[`${path}.basisPoints`] ?? ""))
      : typedAmount(String(form[`${path}.amounts.${currency}`] ?? ""), currency);
  return typeof value === "number" && value > 0 ? { kind, value } : null;
}
