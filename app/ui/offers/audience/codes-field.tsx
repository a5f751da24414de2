import { BlockStack, InlineStack, Select, Tag } from "@shopify/polaris";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { rowsOf, rowsText, type ShapeForm } from "../../forms/shape-form.ts";

interface CodesFieldProps {
  id: string;
  label: string;
  /** The row of the form that holds the list. */
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
  const { t, i18n } = useTranslation("offers");
  const chosen = rowsOf(form[name]).map((row) => String(row[""] ?? ""));
  const set = (next: readonly string[]) => onChange({ [name]: rowsText(next.map((code) => ({ "": code }))) });
  const sorted = useMemo(() => {
    const { compare } = new Intl.Collator(i18n.language);
    return codes.map((value) => ({ value, label: nameOf(value) })).sort((a, b) => compare(a.label, b.label));
  }, [codes, nameOf, i18n.language]);
  return (
    <BlockStack gap="200">
      <Select
        id={id}
        label={label}
        options={[{ value: "", label: t("audience.choose") }, ...sorted.filter(({ value }) => !chosen.includes(value))]}
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
