import { BlockStack, InlineStack, Tag, Text } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import { useTextList } from "../../forms/text-list-field.tsx";
import { proposedTags, withTag } from "./proposed-tags.ts";
import { TextsField, type TextsFieldProps } from "./texts-field.tsx";

const CUSTOMER_TAGS = "/app/customer-tags";

/** Tags of customers: typed, or taken from those that the shop's customers have. */
export function TagsField(props: TextsFieldProps) {
  const { t } = useTranslation("offers");
  const { name, form, onChange } = props;
  const { texts, type } = useTextList(form[name], (rows) => onChange({ [name]: rows }));
  const headingId = useId();
  const proposed = proposedTags(useCustomerTags(), texts);
  return (
    <BlockStack gap="200">
      <TextsField {...props} />
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
