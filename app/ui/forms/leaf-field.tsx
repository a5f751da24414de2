import { Checkbox, ChoiceList, TextField } from "@shopify/polaris";
import { memo } from "react";
import type { Description, ObjectDescription } from "../../domain/shape/field.ts";
import type { FieldValue } from "./draft.ts";
import type { ShapeForm } from "./shape-form.ts";
import { useShapeWords } from "./use-shape-words.ts";

/** Whole numbers are chosen from a list where there are so few of them. */
const FEW = 5;

interface LeafFieldProps {
  namespace: string;
  description: ObjectDescription;
  name: string;
  /** The name in the whole form, which is the field's id on the page. */
  id: string;
  field: Description;
  value: FieldValue;
  onChange: (change: ShapeForm) => void;
  code: string | undefined;
  /** The variant that the field is a part of. */
  variant?: string | undefined;
}

/** A field with a value of its own. Typing in one does not render the others again. */
export const LeafField = memo(function LeafField(props: LeafFieldProps) {
  const { namespace, description, name, id, field, value, onChange, code, variant } = props;
  const words = useShapeWords(namespace, description);
  const error = words.error(name, code);
  const change = (next: FieldValue) => onChange({ [name]: next });
  const shared = { id, label: words.label(name, variant), helpText: words.help(name), error };
  if (field.kind === "boolean") return <Checkbox {...shared} checked={value === true} onChange={change} />;
  const choices = choicesOf(field);
  if (choices !== null) {
    return (
      <div id={id} tabIndex={-1}>
        <ChoiceList
          title={shared.label}
          choices={choices.map((one) => ({ value: one, ...words.option(name, one) }))}
          selected={[String(value)]}
          onChange={([chosen]) => change(chosen ?? value)}
          error={error}
        />
      </div>
    );
  }
  const isNumber = field.kind === "integer" || field.kind === "amounts";
  return (
    <TextField
      {...shared}
      value={String(value)}
      onChange={change}
      suffix={suffixOf(field, name)}
      inputMode={isNumber ? "decimal" : "text"}
      autoComplete="off"
      maxLength={field.kind === "text" ? field.longest : undefined}
    />
  );
});

function choicesOf(field: Description): string[] | null {
  if (field.kind === "choice") return [...field.choices];
  if (field.kind !== "integer" || field.unit !== "count" || field.max - field.min >= FEW) return null;
  return Array.from({ length: field.max - field.min + 1 }, (_, step) => String(field.min + step));
}

function suffixOf(field: Description, name: string): string | undefined {
  if (field.kind === "amounts") return name.slice(name.lastIndexOf(".") + 1);
  return field.kind === "integer" && field.unit !== "count" ? "%" : undefined;
}
