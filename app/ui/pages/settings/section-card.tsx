import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { FORM_SECTIONS, type FormSection } from "../../../domain/settings/sections.ts";
import { ShapeFields, type ShapeFieldsProps } from "../../forms/shape-fields.tsx";

interface SectionCardProps extends Omit<ShapeFieldsProps, "namespace" | "description"> {
  section: FormSection;
}

/** A section of the settings: its declared fields under its title. */
export function SectionCard({ section, ...fields }: SectionCardProps) {
  const { t } = useTranslation("settings");
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t(`section.${section}.title`)}
        </Text>
        <ShapeFields namespace="settings" description={FORM_SECTIONS[section].description} {...fields} />
      </BlockStack>
    </Card>
  );
}
