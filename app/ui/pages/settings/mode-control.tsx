import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { formSettings } from "../../../domain/settings/sections.ts";
import type { ModeOfferView, SettingsView } from "../../../views/settings-view.ts";
import { LeafField } from "../../forms/leaf-field.tsx";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";
import { useOfferWords } from "../../offers/offer-words.ts";

/** Offers that a sentence names before it counts the others. */
const MOST_NAMED = 4;

interface ModeControlProps extends ControlProps {
  view: Pick<SettingsView, "modes" | "shopMode">;
}

/** The mode of the shop, with what it decides: before it is saved, which offers change with it and which do not. */
export function ModeControl({ name, form, onChange, errors, view }: ModeControlProps) {
  const { t } = useTranslation("settings");
  const sentences = useModeSentences(view, String(form[name]));
  return (
    <BlockStack gap="300">
      <LeafField
        {...{ namespace: "settings", description: formSettings.description, name, id: name, onChange }}
        field={formSettings.description.fields[name]!}
        value={form[name] ?? ""}
        code={errors[name]}
      />
      <div role="status">
        <BlockStack gap="100">
          {sentences.map((sentence) => (
            <Text key={sentence} as="p" tone="subdued">
              {sentence}
            </Text>
          ))}
          {view.modes.following.length > 0 ? null : (
            <Text as="p" tone="subdued">
              {t("modes.none")}
            </Text>
          )}
        </BlockStack>
      </div>
    </BlockStack>
  );
}

function useModeSentences({ modes, shopMode }: ModeControlProps["view"], chosen: string): string[] {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const words = useOfferWords();
  const nameOf = ({ name, type }: ModeOfferView) => (name === "" ? words.type(type) : name);
  const named = <One extends ModeOfferView>(offers: readonly One[], text: (offer: One) => string) => {
    const others = offers.length - MOST_NAMED;
    const more = others <= 0 ? [] : [t("modes.more", { count: others, number: formats.number(others) })];
    return formats.list([...offers.slice(0, MOST_NAMED).map(text), ...more]);
  };
  const { following, own } = modes;
  const values = {
    ...{ count: following.length, number: formats.number(following.length), offers: named(following, nameOf) },
  };
  const effect = chosen === shopMode ? t("modes.following", values) : t(`modes.change.${chosen}`, values);
  const exceptions = named(own, (offer) =>
    t("modes.ownMode", { offer: nameOf(offer), mode: t(`field.shopMode.option.${offer.mode}.label`) }),
  );
  return [
    ...(following.length === 0 ? [] : [effect]),
    ...(own.length === 0 ? [] : [t("modes.own", { offers: exceptions })]),
  ];
}
