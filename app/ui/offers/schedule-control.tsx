import { BlockStack, Checkbox, FormLayout, Text, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { contentShape } from "../../domain/offers/offer-types.ts";
import type { ControlProps } from "../forms/shape-fields.tsx";
import { switchOf } from "../forms/shape-form.ts";
import { useShapeWords } from "../forms/use-shape-words.ts";

/** Fields and words of a schedule are the same for offers of all types. */
const DESCRIPTION = contentShape("goal").description;

/** When an offer is shown, by the clocks of the shop. */
export function ScheduleControl({ name, form, onChange, errors, timezone }: ControlProps & { timezone: string }) {
  const { t } = useTranslation("offers");
  const words = useShapeWords("offers", DESCRIPTION);
  const isOn = form[switchOf(name)] === true;
  const time = (part: "from" | "to") => {
    const field = `${name}.${part}`;
    return (
      <TextField
        id={field}
        type="datetime-local"
        label={words.label(field)}
        value={String(form[field] ?? "")}
        onChange={(value) => onChange({ [field]: value.slice(0, 16) })}
        error={words.error(field, errors[field])}
        autoComplete="off"
      />
    );
  };
  const yearly = `${name}.yearly`;
  return (
    <BlockStack gap="300">
      <Checkbox
        id={switchOf(name)}
        label={words.label(switchOf(name))}
        checked={isOn}
        onChange={(checked) => onChange({ [switchOf(name)]: checked })}
      />
      {isOn ? (
        <FormLayout>
          <FormLayout.Group>
            {time("from")}
            {time("to")}
          </FormLayout.Group>
          <Checkbox
            id={yearly}
            label={words.label(yearly)}
            helpText={words.help(yearly)}
            checked={form[yearly] === true}
            onChange={(checked) => onChange({ [yearly]: checked })}
          />
          <Text as="p" tone="subdued">
            {t("schedule.timezone", { timezone })}
          </Text>
        </FormLayout>
      ) : null}
    </BlockStack>
  );
}
