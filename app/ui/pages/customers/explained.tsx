import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { Disclosure } from "../../kit/disclosure.tsx";

/** Formulas and terms, folded away beneath the figures that they are about. */
export function Explained({ texts }: { texts: readonly string[] }) {
  const { t } = useTranslation("customers");
  return (
    <Disclosure label={t("explain")}>
      <BlockStack gap="200">
        {texts.map((text) => (
          <Text key={text} as="p">
            {text}
          </Text>
        ))}
      </BlockStack>
    </Disclosure>
  );
}
