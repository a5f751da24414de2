import { BlockStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { OfferMode } from "../../domain/settings/modes.ts";
import type { ObjectDescription } from "../../domain/shape/field.ts";
import { LeafField } from "../forms/leaf-field.tsx";
import type { ControlProps } from "../forms/shape-fields.tsx";

interface ModeControlProps extends ControlProps {
  description: ObjectDescription;
  shopMode: OfferMode;
}

/** Who decides what an offer shows; where it follows the shop, with the shop's mode and the way to change it. */
export function ModeControl({ name, form, onChange, errors, description, shopMode }: ModeControlProps) {
  const { t } = useTranslation("offers");
  return (
    <BlockStack gap="100">
      <LeafField
        {...{ namespace: "offers", description, name, id: name, onChange }}
        field={description.fields[name]!}
        value={form[name] ?? ""}
        code={errors[name]}
      />
      {form[name] !== "shop" ? null : (
        <Text as="p" tone="subdued">
          {t("mode.ofShop", { mode: t(`field.mode.option.${shopMode}.label`) })}{" "}
          <Link url="/app/settings">{t("mode.change")}</Link>
        </Text>
      )}
    </BlockStack>
  );
}
