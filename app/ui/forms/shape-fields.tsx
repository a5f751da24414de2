import {
  BlockStack,
  Box,
  Button,
  Checkbox,
  ChoiceList,
  InlineError,
  InlineStack,
  Text,
  TextField,
} from "@shopify/polaris";
import { type ComponentType, memo } from "react";
import { useTranslation } from "react-i18next";
import { type Description, type ObjectDescription, within } from "../../domain/shape/field.ts";
import type { FieldValue } from "./draft.ts";
import { type FormContext, type FormErrors, rowsOf, rowsText, type ShapeForm } from "./shape-form.ts";
import { useShapeWords } from "./use-shape-words.ts";

export interface ShapeFieldsProps {
  /** The locale file with the words of the fields. */
  namespace: string;
  description: ObjectDescription;
  form: ShapeForm;
  onChange: (change: ShapeForm) => void;
  errors: FormErrors;
  /** What there is a field for each of. */
  context: FormContext;
  /** Own controls for fields that need more than their description says, by name. */
  controls?: Readonly<Record<string, ComponentType<ControlProps>>>;
  /** Where the object stands in the form that it is a part of: "tiers.0". Ids and errors carry it. */
  within?: string;
}

/** What an own control of a field is given. */
export interface ControlProps {
  name: string;
  form: ShapeForm;
  onChange: (change: ShapeForm) => void;
  errors: FormErrors;
  context: FormContext;
}

/** The fields of a declared object, in the order of their declaration. */
export function ShapeFields(props: ShapeFieldsProps) {
  return (
    <BlockStack gap="400">
      {Object.entries(props.description.fields).map(([name, description]) => (
        <NamedField key={name} name={name} field={description} {...props} />
      ))}
    </BlockStack>
  );
}

/** Whole numbers are chosen from a list where there are so few of them. */
const FEW = 5;

interface NamedFieldProps extends ShapeFieldsProps {
  name: string;
  field: Description;
}

/** One field, by what its description says; the parts of an object, of amounts or of texts one below the other. */
function NamedField({ name, field, ...props }: NamedFieldProps) {
  const { form, onChange, errors, context, controls, within: place = "" } = props;
  const Control = controls?.[name];
  if (Control !== undefined) return <Control {...{ name, form, onChange, errors, context }} />;
  const leaf = (part: string, of: Description) => {
    const { namespace, description } = props;
    const value = form[part] ?? (of.kind === "boolean" ? false : "");
    const id = within(place, part);
    return (
      <LeafField
        key={part}
        {...{ namespace, description, name: part, id, field: of, value, onChange, code: errors[id] }}
      />
    );
  };
  switch (field.kind) {
    case "optional":
      return <NamedField name={name} field={field.of} {...props} />;
    case "object":
      return Object.entries(field.fields).map(([part, of]) => (
        <NamedField key={part} {...props} name={within(name, part)} field={of} />
      ));
    case "one-of": {
      const tag = within(name, field.tag);
      const chosen = field.variants[String(form[tag])];
      return (
        <>
          {leaf(tag, { kind: "choice", choices: Object.keys(field.variants) })}
          {chosen === undefined ? null : <NamedField {...props} name={name} field={chosen} />}
        </>
      );
    }
    case "amounts":
      return context.currencies.map((currency) => leaf(within(name, currency), field));
    case "texts":
      return context.languages.map((language) =>
        leaf(within(name, language), { kind: "text", longest: field.longest }),
      );
    case "list":
      return <ListField {...props} name={name} field={field} />;
    default:
      return leaf(name, field);
  }
}

interface ListFieldProps extends ShapeFieldsProps {
  name: string;
  field: Extract<Description, { kind: "list" }>;
}

/** The rows of a list, each with the fields of its object, and buttons to add and remove them. */
function ListField({ name, field, ...props }: ListFieldProps) {
  const { t } = useTranslation();
  const words = useShapeWords(props.namespace, props.description);
  const rows = rowsOf(props.form[name]);
  const place = within(props.within ?? "", name);
  const setRows = (next: readonly ShapeForm[]) => props.onChange({ [name]: rowsText(next) });
  const error = words.error(name, props.errors[place]);
  if (field.of.kind !== "object") throw new Error(`A list of ${field.of.kind} has no form`);
  const row = field.of;
  return (
    <div role="group" aria-label={words.label(name)} id={place} tabIndex={-1}>
      <BlockStack gap="300">
        <Text as="h3" variant="headingSm">
          {words.label(name)}
        </Text>
        {rows.map((values, index) => (
          <Box key={index} padding="300" borderWidth="025" borderColor="border" borderRadius="200">
            <BlockStack gap="300">
              <ShapeFields
                {...props}
                description={row}
                form={values}
                within={within(place, index)}
                onChange={(change) => setRows(rows.map((one, at) => (at === index ? { ...one, ...change } : one)))}
              />
              <InlineStack align="end">
                <Button
                  variant="plain"
                  tone="critical"
                  disabled={rows.length <= field.fewest}
                  accessibilityLabel={t("form.list.removeRow", { row: index + 1 })}
                  onClick={() => setRows(rows.filter((_, at) => at !== index))}
                >
                  {t("form.list.remove")}
                </Button>
              </InlineStack>
            </BlockStack>
          </Box>
        ))}
        {error === undefined ? null : <InlineError fieldID={place} message={error} />}
        <div>
          <Button disabled={rows.length >= field.most} onClick={() => setRows([...rows, rows.at(-1) ?? {}])}>
            {t("form.list.add")}
          </Button>
        </div>
      </BlockStack>
    </div>
  );
}

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
}

/** A field with a value of its own. Typing in one does not render the others again. */
const LeafField = memo(function LeafField(props: LeafFieldProps) {
  const { namespace, description, name, id, field, value, onChange, code } = props;
  const words = useShapeWords(namespace, description);
  const error = words.error(name, code);
  const change = (next: FieldValue) => onChange({ [name]: next });
  const shared = { id, label: words.label(name), helpText: words.help(name), error };
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
