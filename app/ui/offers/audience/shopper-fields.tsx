import { BlockStack, FormLayout, Select, TextField } from "@shopify/polaris";
import type { Description, ObjectDescription } from "../../../domain/shape/field.ts";
import { within } from "../../../domain/shape/field.ts";
import { CodesField } from "../../forms/codes-field.tsx";
import type { FormContext, FormErrors, ShapeForm } from "../../forms/shape-form.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { TagsField } from "./tags-field.tsx";
import { TextsField } from "./texts-field.tsx";

export interface ShopperFieldsProps {
  /** Of the whole offer. */
  description: ObjectDescription;
  /** The fields of this kind of condition. */
  variant: ObjectDescription;
  form: ShapeForm;
  /** Where the row stands in the whole form. */
  path: string;
  onChange: (change: ShapeForm) => void;
  errors: FormErrors;
  context: FormContext;
}

/** The arguments of one condition on shoppers, side by side where there is room. */
export function ShopperFields(props: ShopperFieldsProps) {
  return (
    <FormLayout>
      {Object.entries(props.variant.fields).map(([name, field]) => (
        <ShopperField key={name} {...props} name={name} field={field} />
      ))}
    </FormLayout>
  );
}

function ShopperField({ name, field, ...props }: ShopperFieldsProps & { name: string; field: Description }) {
  const { description, form, path, onChange, errors, context } = props;
  const words = useShapeWords("offers", description);
  const id = within(path, name);
  const error = words.error(id, errors[id]);
  switch (field.kind) {
    case "choice":
      return (
        <Select
          id={id}
          label={words.label(id)}
          options={field.choices.map((value) => ({ value, label: words.option(id, value).label }))}
          value={String(form[name] ?? "")}
          onChange={(value) => onChange({ [name]: value })}
          error={error}
        />
      );
    case "list":
      if (name === "inTags") return <TagsField {...{ description, id, name, form, onChange, errors }} />;
      if (name === "inCampaigns") return <TextsField {...{ description, id, name, form, onChange, errors }} />;
      if (field.of.kind !== "text" || field.of.code === undefined) return null;
      return (
        <CodesField {...{ id, form, name, onChange, context, error }} label={words.label(id)} kind={field.of.code} />
      );
    case "amounts":
      return (
        <BlockStack gap="200">
          {context.currencies.map((currency, place) => {
            const part = within(name, currency);
            const partId = within(path, part);
            return (
              <TextField
                key={currency}
                id={place === 0 ? id : partId}
                label={words.label(partId)}
                value={String(form[part] ?? "")}
                onChange={(value) => onChange({ [part]: value })}
                suffix={currency}
                inputMode="decimal"
                autoComplete="off"
                error={words.error(partId, errors[partId]) ?? (place === 0 ? error : undefined)}
              />
            );
          })}
        </BlockStack>
      );
    default:
      return (
        <TextField
          id={id}
          label={words.label(id)}
          value={String(form[name] ?? "")}
          onChange={(value) => onChange({ [name]: value })}
          inputMode="numeric"
          autoComplete="off"
          error={error}
        />
      );
  }
}
