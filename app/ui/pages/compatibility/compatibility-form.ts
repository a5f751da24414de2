import {
  type CompatibilityRule,
  type CompatibilityRules,
  compatibilityRules,
} from "../../../domain/offers/compatibility/compatibility-rules.ts";
import { readShapeForm, rowsOf, rowsText, type ShapeForm, shapeForm } from "../../forms/shape-form.ts";

const CONTEXT = { currencies: [], languages: [] };

/** The form that shows what staff stated. */
export function compatibilityForm({ rules }: CompatibilityRules): ShapeForm {
  return shapeForm(compatibilityRules, { rules }, CONTEXT);
}

/** Reads the form, in the browser before it is sent and on the server when it comes. */
export function parseCompatibilityForm(form: ShapeForm) {
  return readShapeForm(compatibilityRules, form);
}

/** The form with some rules more. */
export function withRules(form: ShapeForm, rules: readonly CompatibilityRule[]): ShapeForm {
  return { ...form, rules: rowsText([...rowsOf(form.rules), ...rowsOf(compatibilityForm({ rules }).rules)]) };
}
