import { BlockStack, InlineStack, Select, Tag } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CodeKind } from "../../domain/shape/field.ts";
import { useFormats } from "../kit/locale-provider.tsx";
import { knownCodes } from "./known-codes.ts";
import { type FormContext, rowsOf, rowsText, type ShapeForm } from "./shape-form.ts";
import { useNamedCodes } from "./use-named-codes.ts";

interface CodesFieldProps {
  id: string;
  label: string;
  /** The form, or the row of it, that holds the list. */
  form: ShapeForm;
  name: string;
  kind: CodeKind;
  context: FormContext;
  onChange: (change: ShapeForm) => void;
  error: string | undefined;
}

/** Some of many codes, chosen by name one after the other. What was chosen and cannot be chosen any more stays. */
export function CodesField({ id, label, form, name, kind, context, onChange, error }: CodesFieldProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const named = useNamedCodes(kind, knownCodes(kind, context.currencies));
  const chosen = rowsOf(form[name]).map((row) => String(row[""] ?? ""));
  const set = (next: readonly string[]) => onChange({ [name]: rowsText(next.map((code) => ({ "": code }))) });
  return (
    <BlockStack gap="200">
      <Select
        id={id}
        label={label}
        options={[{ value: "", label: t("form.list.choose") }, ...named.filter(({ value }) => !chosen.includes(value))]}
        value=""
        onChange={(code) => code !== "" && set([...chosen, code])}
        error={error}
      />
      <InlineStack gap="200">
        {chosen.map((code) => (
          <Tag key={code} onRemove={() => set(chosen.filter((other) => other !== code))}>
            {formats.codeName(kind, code)}
          </Tag>
        ))}
      </InlineStack>
    </BlockStack>
  );
}
