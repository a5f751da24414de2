import { TextField } from "@shopify/polaris";
import type { ObjectDescription } from "../../../domain/shape/field.ts";
import { useTextList } from "../../forms/text-list-field.tsx";
import type { FormErrors, ShapeForm } from "../../forms/shape-form.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";

export interface TextsFieldProps {
  /** Of the whole offer. */
  description: ObjectDescription;
  /** Where the list stands in the whole form. */
  id: string;
  name: string;
  /** The row of the form that holds the list. */
  form: ShapeForm;
  onChange: (change: ShapeForm) => void;
  errors: FormErrors;
}

/** The texts that a condition names, with commas between them. */
export function TextsField({ description, id, name, form, onChange, errors }: TextsFieldProps) {
  const words = useShapeWords("offers", description);
  const { typed, type } = useTextList(form[name], (rows) => onChange({ [name]: rows }));
  // One that is too long is named by its own place.
  const refused = Object.keys(errors).find((path) => path === id || path.startsWith(`${id}.`));
  return (
    <TextField
      id={id}
      label={words.label(id)}
      helpText={words.help(id)}
      value={typed}
      onChange={type}
      autoComplete="off"
      error={refused === undefined ? undefined : words.error(id, errors[refused])}
    />
  );
}
