import { BlockStack, Box, Button, InlineError, InlineStack, Text } from "@shopify/polaris";
import { type ComponentType, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type CodeKind, type Description, type ObjectDescription, within } from "../../domain/shape/field.ts";
import { ChoicesField } from "./choices-field.tsx";
import { CodesField } from "./codes-field.tsx";
import { CurrencyFields } from "./currency-fields.tsx";
import { LeafField } from "./leaf-field.tsx";
import {
  chosenNumbers,
  emptyRow,
  type FormContext,
  type FormErrors,
  isSwitched,
  numbersOf,
  rowsOf,
  rowsText,
  type ShapeForm,
  switchOf,
} from "./shape-form.ts";
import { TextListField } from "./text-list-field.tsx";
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
  /**
   * Own controls for fields that need more than their description says, by path in the whole form without the numbers of
   * rows: "tiers.reward". A row's field is another field than one of the form that has the same name.
   */
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
  /** Where the field's object stands in the whole form, "" for the form itself: ids and errors carry it. */
  within?: string;
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

/** The path of a field without the numbers of the rows that it is in. */
function withoutRows(path: string): string {
  return path.replaceAll(/\.\d+(?=\.|$)/g, "");
}

interface NamedFieldProps extends ShapeFieldsProps {
  name: string;
  field: Description;
  /** The variant that the field is a part of. */
  variant?: string;
}

/** One field, by what its description says; the parts of an object, of amounts or of texts one below the other. */
function NamedField({ name, field, variant, ...props }: NamedFieldProps) {
  const { form, onChange, errors, context, controls, within: place = "" } = props;
  const Control = controls?.[withoutRows(within(place, name))];
  if (Control !== undefined) return <Control {...{ name, form, onChange, errors, context, within: place }} />;
  const leaf = (part: string, of: Description) => {
    const { namespace, description } = props;
    const value = form[part] ?? (of.kind === "boolean" ? false : "");
    const id = within(place, part);
    return (
      <LeafField
        key={part}
        {...{ namespace, description, name: part, id, field: of, value, onChange, code: errors[id], variant }}
      />
    );
  };
  switch (field.kind) {
    case "optional": {
      const value = <NamedField {...props} name={name} field={field.of} />;
      if (!isSwitched(field)) return value;
      return (
        <>
          {leaf(switchOf(name), { kind: "boolean" })}
          {form[switchOf(name)] === true ? value : null}
        </>
      );
    }
    case "object":
      return Object.entries(field.fields).map(([part, of]) => (
        <NamedField key={part} {...props} name={within(name, part)} field={of} {...(variant && { variant })} />
      ));
    case "one-of":
      return <OneOfField {...props} name={name} field={field} />;
    case "amounts":
      return (
        <>
          <CurrencyFields
            currencies={context.currencies}
            isFilled={(currency) => String(form[within(name, currency)] ?? "") !== ""}
            isRefused={(currency) => errors[within(place, within(name, currency))] !== undefined}
            field={(currency) => leaf(within(name, currency), field)}
          />
          <WholeError {...props} name={name} />
        </>
      );
    case "texts":
      return context.languages.map((language) =>
        leaf(within(name, language), { kind: "text", longest: field.longest }),
      );
    case "list": {
      const id = within(place, name);
      const { namespace, description } = props;
      const shared = { namespace, description, name, id, value: form[name], onChange, code: errors[id] };
      if (field.of.kind === "choice") return <ChoicesField {...shared} choices={field.of.choices} />;
      if (field.of.kind === "text" && field.of.code !== undefined) {
        return <NamedCodes {...props} name={name} kind={field.of.code} />;
      }
      if (field.of.kind === "text") return <TextListField {...shared} />;
      return <RowsField {...props} name={name} field={field} />;
    }
    default:
      return leaf(name, field);
  }
}

/** A list of codes. The field's own label may be that of the switch above it. */
export function NamedCodes(props: ShapeFieldsProps & { name: string; kind: CodeKind }) {
  const { name, kind, namespace, description, form, onChange, errors, context, within: place = "" } = props;
  const { t } = useTranslation();
  const words = useShapeWords(namespace, description);
  const id = within(place, name);
  const error = words.error(name, errors[id]);
  return <CodesField {...{ id, name, kind, form, onChange, context, error }} label={t(`form.codes.${kind}`)} />;
}

interface OneOfFieldProps extends ShapeFieldsProps {
  name: string;
  field: Extract<Description, { kind: "one-of" }>;
}

/** Which variant it is, and the fields of that one. What was typed for a variant is there again when it is chosen again. */
function OneOfField({ name, field, ...props }: OneOfFieldProps) {
  const { form, onChange } = props;
  const typed = useRef<Record<string, ShapeForm>>({});
  const tag = within(name, field.tag);
  const kind = String(form[tag]);
  const chosen = field.variants[kind];
  const choices = Object.keys(field.variants);
  const choose: typeof onChange = (change) => {
    const next = String(change[tag]);
    if (next === kind) return;
    typed.current[kind] = numbersOf(chosen, form, name);
    onChange({ ...chosenNumbers(field, next, { form, path: name, typed: typed.current[next] ?? {} }), ...change });
  };
  return (
    <>
      {choices.length === 1 && chosen !== undefined ? null : (
        <NamedField {...props} name={tag} field={{ kind: "choice", choices }} onChange={choose} />
      )}
      {chosen === undefined ? null : <NamedField {...props} name={name} field={chosen} variant={kind} />}
      <WholeError {...props} name={name} />
    </>
  );
}

/** What is wrong with a field as a whole, below its parts, which tell their own errors. */
function WholeError({ name, namespace, description, errors, within: place = "" }: ShapeFieldsProps & { name: string }) {
  const words = useShapeWords(namespace, description);
  const id = within(place, name);
  const error = words.error(name, errors[id]);
  if (error === undefined) return null;
  return (
    <div id={id} tabIndex={-1}>
      <InlineError fieldID={id} message={error} />
    </div>
  );
}

interface RowsFieldProps extends ShapeFieldsProps {
  name: string;
  field: Extract<Description, { kind: "list" }>;
}

/** The rows of a list, each with the fields of its object, and buttons to add and remove them. */
function RowsField({ name, field, ...props }: RowsFieldProps) {
  const { t } = useTranslation();
  const words = useShapeWords(props.namespace, props.description);
  const rows = rowsOf(props.form[name]);
  const place = within(props.within ?? "", name);
  const setRows = (next: readonly ShapeForm[]) => props.onChange({ [name]: rowsText(next) });
  const error = words.error(name, props.errors[place]);
  const help = words.help(name);
  const row = field.of;
  return (
    <div role="group" aria-label={words.label(name)} id={place} tabIndex={-1}>
      <BlockStack gap="300">
        <Text as="h3" variant="headingSm">
          {words.label(name)}
        </Text>
        {help === undefined ? null : (
          <Text as="p" tone="subdued">
            {help}
          </Text>
        )}
        {rows.map((values, index) => (
          <Box key={index} padding="300" borderWidth="025" borderColor="border" borderRadius="200">
            <BlockStack gap="300">
              <RowFields
                {...props}
                row={row}
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
          <Button disabled={rows.length >= field.most} onClick={() => setRows([...rows, emptyRow(row, props.context)])}>
            {t("form.list.add")}
          </Button>
        </div>
      </BlockStack>
    </div>
  );
}

/** The fields of one row: an object's by their names, anything else as the one thing that the row is. */
function RowFields({ row, ...props }: ShapeFieldsProps & { row: Description }) {
  if (row.kind === "object") return <ShapeFields {...props} description={row} />;
  return <NamedField {...props} description={{ kind: "object", fields: { "": row } }} name="" field={row} />;
}
