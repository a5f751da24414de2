import { formSettings, type FormSettings } from "../../../domain/settings/sections.ts";
import { readShapeForm, type ShapeForm, shapeForm } from "../../forms/shape-form.ts";

/** The form that shows saved settings. */
export function settingsForm(view: FormSettings): ShapeForm {
  return shapeForm(formSettings, view, { currencies: [], languages: [] });
}

/** Reads the settings' form, in the browser before it is sent and on the server when it comes. */
export function parseSettingsForm(form: ShapeForm) {
  return readShapeForm(formSettings, form);
}
