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
  const stored = rowsOf(field.value).map((row) => String(row[""] ?? ""));
  // What is typed stays as it is typed, commas and all, as long as it says the same as the form.
  const [typed, setTyped] = useState(stored.join(", "));
  const isSame = partsOf(typed).join("\n") === stored.join("\n");
  if (!isSame) setTyped(stored.join(", "));
  return (
    <TextField
      id={field.id}
      label={words.label(field.name)}
      helpText={words.help(field.name)}
      value={isSame ? typed : stored.join(", ")}
      onChange={(next) => {
        setTyped(next);
        field.onChange({ [field.name]: rowsText(partsOf(next).map((part) => ({ "": part }))) });
      }}
      autoComplete="off"
      error={words.error(field.name, field.code)}
    />
  );
}

function partsOf(text: string): string[] {
  return text
    .split(/[,、，\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
