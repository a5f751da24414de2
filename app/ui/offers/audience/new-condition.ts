import {
  SHOPPER_CONDITIONS,
  type ShopperConditionName,
} from "../../../domain/offers/shopper-conditions/shopper-conditions.ts";
import type { ObjectDescription } from "../../../domain/shape/field.ts";
import { describedForm, type FormContext, type ShapeForm } from "../../forms/shape-form.ts";

/** The row of a condition on shoppers that was just added or changed to another kind: with the defaults of the kind. */
export function newCondition(
  name: ShopperConditionName,
  variants: Readonly<Record<string, ObjectDescription>>,
  context: FormContext,
): ShapeForm {
  return { shopper: name, ...describedForm(variants[name]!, SHOPPER_CONDITIONS[name].args.default, context) };
}
