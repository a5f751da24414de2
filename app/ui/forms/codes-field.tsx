import { BlockStack, InlineStack, Select, Tag } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { rowsOf, rowsText, type ShapeForm } from "./shape-form.ts";
import { useNamedCodes } from "./use-named-codes.ts";

interface CodesFieldProps {
  id: string;
  label: string;
  /** The form, or the row of it, that holds the list. */
  form: ShapeForm;
  name: string;
  /** What can be chosen. What was chosen and is not among it stays. */
  codes: readonly string[];
  nameOf: (code: string) => string;
  onChange: (change: ShapeForm) => void;
  error: string | undefined;
}

/** Some of many codes, chosen by name one after the other. */
export function CodesField({ id, label, form, name, codes, nameOf, onChange, error }: CodesFieldProps) {
  const { t } = useTranslation();
  const chosen = rowsOf(form[name]).map((row) => String(row[""] ?? ""));
  const set = (next: readonly string[]) => onChange({ [name]: rowsText(next.map((code) => ({ "": code }))) });
  const named = useNamedCodes(codes, nameOf);
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
            {nameOf(code)}
          </Tag>
        ))}
      </InlineStack>
    </BlockStack>
  );
}
