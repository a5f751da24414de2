import { BlockStack, InlineStack, Tag, Text, TextField } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectDescription } from "../../../domain/shape/field.ts";
import { useTextList } from "../../forms/text-list-field.tsx";
import type { FormErrors, ShapeForm } from "../../forms/shape-form.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { proposedTags, withTag } from "./proposed-tags.ts";

const CUSTOMER_TAGS = "/app/customer-tags";

interface TagsFieldProps {
  /** Of the whole offer. */
  description: ObjectDescription;
  /** Where the list stands in the whole form. */
  id: string;
  name: string;
  /** The row of the form that holds the list. */
  form: ShapeForm;
  onChange: (change: ShapeForm) => void;
  errors: FormErrors;
}

/** Tags of customers: typed, or taken from those that the shop's customers have. */
export function TagsField({ description, id, name, form, onChange, errors }: TagsFieldProps) {
  const { t } = useTranslation("offers");
  const words = useShapeWords("offers", description);
  const { texts, typed, type } = useTextList(form[name], (rows) => onChange({ [name]: rows }));
  const known = useCustomerTags();
  const headingId = useId();
  // One that is too long is named by its own place.
  const refused = Object.keys(errors).find((path) => path === id || path.startsWith(`${id}.`));
  const proposed = proposedTags(known, texts);
  return (
    <BlockStack gap="200">
      <TextField
        id={id}
        label={words.label(id)}
        helpText={words.help(id)}
        value={typed}
        onChange={type}
        autoComplete="off"
        error={refused === undefined ? undefined : words.error(id, errors[refused])}
      />
      {proposed.length === 0 ? null : (
        <div role="group" aria-labelledby={headingId}>
          <BlockStack gap="100">
            <Text as="p" variant="bodySm" tone="subdued" id={headingId}>
              {t("audience.tags.inUse")}
            </Text>
            <InlineStack gap="200">
              {proposed.map((tag) => (
                <Tag
                  key={tag}
                  accessibilityLabel={t("audience.tags.add", { tag })}
                  onClick={() => type(withTag(texts, tag))}
                >
                  {tag}
                </Tag>
              ))}
            </InlineStack>
          </BlockStack>
        </div>
      )}
    </BlockStack>
  );
}

/** The tags that the shop's customers have; none until they are read, or where they cannot be. */
function useCustomerTags(): readonly string[] {
  const fetcher = useFetcher<{ tags: string[] }>({ key: "customer-tags" });
  const { data, state, load } = fetcher;
  useEffect(() => {
    if (data === undefined && state === "idle") load(CUSTOMER_TAGS);
  }, [data, state, load]);
  return data?.tags ?? [];
}
