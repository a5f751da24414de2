import { ChoiceList } from "@shopify/polaris";
import type { ObjectDescription } from "../../domain/shape/field.ts";
import type { FieldValue } from "./draft.ts";
import { rowsOf, rowsText, type ShapeForm } from "./shape-form.ts";
import { useShapeWords } from "./use-shape-words.ts";

interface ChoicesFieldProps {
  namespace: string;
  description: ObjectDescription;
  name: string;
  id: string;
  choices: readonly string[];
  value: FieldValue | undefined;
  onChange: (change: ShapeForm) => void;
  code: string | undefined;
}

/** Any of some choices, in the order of their declaration. */
export function ChoicesField({ choices, ...field }: ChoicesFieldProps) {
  const words = useShapeWords(field.namespace, field.description);
  const chosen = rowsOf(field.value).map((row) => String(row[""]));
  return (
    <div id={field.id} tabIndex={-1}>
      <ChoiceList
        allowMultiple
        title={words.label(field.name)}
        choices={choices.map((one) => ({ value: one, ...words.option(field.name, one) }))}
        selected={chosen}
        onChange={(next) => {
          const rows = choices.filter((one) => next.includes(one)).map((one) => ({ "": one }));
          field.onChange({ [field.name]: rowsText(rows) });
        }}
        error={words.error(field.name, field.code)}
      />
    </div>
  );
}
