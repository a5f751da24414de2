import { TextField } from "@shopify/polaris";
import { useState } from "react";
import type { ObjectDescription } from "../../domain/shape/field.ts";
import type { FieldValue } from "./draft.ts";
import { rowsOf, rowsText, type ShapeForm } from "./shape-form.ts";
import { useShapeWords } from "./use-shape-words.ts";

interface TextListFieldProps {
  namespace: string;
  description: ObjectDescription;
  name: string;
  id: string;
  value: FieldValue | undefined;
  onChange: (change: ShapeForm) => void;
  code: string | undefined;
}

/** Some texts in one field, with commas between them. */
export function TextListField(field: TextListFieldProps) {
  const words = useShapeWords(field.namespace, field.description);
  const { typed, type } = useTextList(field.value, (rows) => field.onChange({ [field.name]: rows }));
  return (
    <TextField
      id={field.id}
      label={words.label(field.name)}
      helpText={words.help(field.name)}
      value={typed}
      onChange={type}
      autoComplete="off"
      error={words.error(field.name, field.code)}
    />
  );
}

/** The texts of a list as they are typed, with commas between them. `onChange` is given the rows of the form. */
export function useTextList(value: FieldValue | undefined, onChange: (rows: string) => void) {
  const stored = rowsOf(value).map((row) => String(row[""] ?? ""));
  // What is typed stays as it is typed, commas and all, as long as it says the same as the form.
  const [typed, setTyped] = useState(stored.join(", "));
  const isSame = partsOf(typed).join("\n") === stored.join("\n");
  if (!isSame) setTyped(stored.join(", "));
  return {
    texts: stored,
    typed: isSame ? typed : stored.join(", "),
    type(next: string) {
      setTyped(next);
      onChange(rowsText(partsOf(next).map((part) => ({ "": part }))));
    },
  };
}

function partsOf(text: string): string[] {
  return text
    .split(/[,、，\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
