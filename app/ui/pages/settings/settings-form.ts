import { formSettings, type FormSettings } from "../../../domain/settings/sections.ts";
import type { SettingsView } from "../../../views/settings-view.ts";
import { readShapeForm, type ShapeForm, shapeForm } from "../../forms/shape-form.ts";
import { typedAmount } from "../../forms/typed-values.ts";

const GOAL_FIELD = /^goalAmounts\.([A-Z]{3})$/;

/** The name of the goal's field in a currency. */
export function goalField(currency: string): string {
  return `goalAmounts.${currency}`;
}

/** The form that shows saved settings. */
export function settingsForm(view: FormSettings & Pick<SettingsView, "currencies">): ShapeForm {
  return shapeForm(formSettings, view, { currencies: view.currencies, languages: [] });
}

/** Reads the settings' form, in the browser before it is sent and on the server when it comes. */
export function parseSettingsForm(form: ShapeForm) {
  return readShapeForm(formSettings, form.goalEnabled === true ? form : withoutWrongGoals(form));
}

/** With the goal off its fields are folded away; an amount that nobody can see must not hold up the rest. */
function withoutWrongGoals(form: ShapeForm): ShapeForm {
  return Object.fromEntries(
    Object.entries(form).filter(([name, text]) => {
      const currency = GOAL_FIELD.exec(name)?.[1];
      return currency === undefined || typeof typedAmount(String(text), currency) === "number";
    }),
  );
}
