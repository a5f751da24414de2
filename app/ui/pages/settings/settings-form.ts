import { formSettings, type FormSettings } from "../../../domain/settings/sections.ts";
import { readShapeForm, type ShapeForm, shapeForm } from "../../forms/shape-form.ts";

/** The form that shows saved settings; amounts in the shop's currency. */
export function settingsForm(view: FormSettings & { readonly shopCurrency: string }): ShapeForm {
  return shapeForm(formSettings, view, { currencies: [view.shopCurrency], languages: [] });
}

/** Reads the settings' form, in the browser before it is sent and on the server when it comes. */
export function parseSettingsForm(form: ShapeForm) {
  return readShapeForm(formSettings, form);
}
