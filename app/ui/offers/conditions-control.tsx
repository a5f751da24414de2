import { BlockStack, Box, Button, InlineError, InlineStack, Text } from "@shopify/polaris";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { Description } from "../../domain/shape/field.ts";
import { type ControlProps, ShapeFields } from "../forms/shape-fields.tsx";
import { emptyRow, type FormErrors, rowsOf, rowsText, type ShapeForm } from "../forms/shape-form.ts";

interface ConditionsControlProps extends ControlProps {
  /** The list of groups, each a list of conditions. */
  field: Description;
  controls: Readonly<Record<string, ComponentType<ControlProps>>>;
  /** Whether the offer can only be for some products: without a group it is for none. */
  needed: boolean;
}

/** For which products an offer is: those that meet all conditions of at least one group; all products without a group. */
export function ConditionsControl({
  name,
  form,
  onChange,
  errors,
  context,
  field,
  controls,
  needed,
}: ConditionsControlProps) {
  const { t } = useTranslation("offers");
  if (field.kind !== "list" || field.of.kind !== "list") return null;
  const group = field.of;
  const groups = rowsOf(form[name]);
  const set = (next: readonly ShapeForm[]) => onChange({ [name]: rowsText(next) });
  // A group that is added begins with one condition: an empty one would be refused.
  const added = () => ({ "": rowsText([emptyRow(group.of, context)]) });
  return (
    <BlockStack gap="300">
      <Text as="p" tone="subdued">
        {groups.length > 0 ? t("conditions.some") : needed ? t("conditions.needed") : t("conditions.none")}
      </Text>
      {groups.map((one, index) => (
        <BlockStack key={index} gap="300">
          {index === 0 ? null : (
            <Text as="p" fontWeight="semibold">
              {t("conditions.or")}
            </Text>
          )}
          <Box padding="300" borderWidth="025" borderColor="border" borderRadius="200">
            <BlockStack gap="300">
              <ShapeFields
                namespace="offers"
                description={{ kind: "object", fields: { all: group } }}
                form={{ all: one[""] }}
                onChange={({ all }) => set(groups.map((before, at) => (at === index ? { "": all } : before)))}
                errors={errorsWithin(errors, `${name}.${index}`)}
                context={context}
                controls={controls}
              />
              <InlineStack align="end">
                <Button variant="plain" tone="critical" onClick={() => set(groups.filter((_, at) => at !== index))}>
                  {t("conditions.removeGroup")}
                </Button>
              </InlineStack>
            </BlockStack>
          </Box>
        </BlockStack>
      ))}
      {errors[name] === undefined ? null : (
        <InlineError
          fieldID={name}
          message={errors[name] === "too-few" ? t("conditions.missing") : t("conditions.invalid")}
        />
      )}
      <div id={name} tabIndex={-1}>
        <Button disabled={groups.length >= field.most} onClick={() => set([...groups, added()])}>
          {groups.length > 0 ? t("conditions.addGroup") : needed ? t("conditions.choose") : t("conditions.add")}
        </Button>
      </div>
    </BlockStack>
  );
}

/** The errors of one group, as the fields of that group know them. */
function errorsWithin(errors: FormErrors, path: string): FormErrors {
  return Object.fromEntries(
    Object.entries(errors).flatMap(([name, code]): [string, string][] => {
      if (name === path) return [["all", code]];
      return name.startsWith(`${path}.`) ? [[`all${name.slice(path.length)}`, code]] : [];
    }),
  );
}
