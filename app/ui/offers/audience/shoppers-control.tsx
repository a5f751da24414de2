import { BlockStack, Box, Button, InlineError, InlineStack, Select, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ShopperConditionName } from "../../../domain/offers/shopper-conditions/shopper-conditions.ts";
import { type Description, type ObjectDescription, within } from "../../../domain/shape/field.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { rowsOf, rowsText, type ShapeForm } from "../../forms/shape-form.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { newCondition } from "./new-condition.ts";
import { ReaderNotes } from "./reader-notes.tsx";
import { ShopperFields } from "./shopper-fields.tsx";

interface ShoppersControlProps extends ControlProps {
  /** Of the whole offer, with the conditions that its type can use. */
  description: ObjectDescription;
  /** The list of groups, each a list of conditions. */
  field: Description;
}

/** For which shoppers an offer is: those who meet all conditions of at least one group; all shoppers without a group. */
export function ShoppersControl({ name, form, onChange, errors, context, ...given }: ShoppersControlProps) {
  const { description, field } = given;
  const { t } = useTranslation("offers");
  const words = useShapeWords("offers", description);
  if (field.kind !== "list" || field.of.kind !== "list" || field.of.of.kind !== "one-of") return null;
  const group = field.of;
  const condition = field.of.of;
  const groups = rowsOf(form[name]).map((row) => rowsOf(row[""]));
  const set = (next: readonly (readonly ShapeForm[])[]) =>
    onChange({ [name]: rowsText(next.map((rows) => ({ "": rowsText(rows) }))) });
  const replace = (at: number, rows: readonly ShapeForm[]) =>
    set(groups.flatMap((before, place) => (place !== at ? [before] : rows.length === 0 ? [] : [rows])));
  const first = () =>
    newCondition(Object.keys(condition.variants)[0] as ShopperConditionName, condition.variants, context);
  const whole = words.error(name, errors[name]);
  return (
    <BlockStack gap="300">
      <Text as="p" tone="subdued">
        {groups.length === 0 ? t("audience.none") : t("audience.some")}
      </Text>
      {groups.map((rows, at) => {
        const path = within(name, at);
        const error = words.error(name, errors[path]);
        return (
          <BlockStack key={at} gap="300">
            {at === 0 ? null : (
              <Text as="p" fontWeight="semibold">
                {t("conditions.or")}
              </Text>
            )}
            <div role="group" aria-label={t("audience.group", { number: at + 1 })} id={path} tabIndex={-1}>
              <Box padding="300" borderWidth="025" borderColor="border" borderRadius="200">
                <BlockStack gap="400">
                  {rows.map((row, place) => (
                    <ConditionRow
                      key={place}
                      {...{ description, errors, context, row }}
                      variants={condition.variants}
                      path={within(path, place)}
                      number={place + 1}
                      onChange={(next) =>
                        replace(
                          at,
                          rows.map((one, other) => (other === place ? next : one)),
                        )
                      }
                      onRemove={() =>
                        replace(
                          at,
                          rows.filter((_, other) => other !== place),
                        )
                      }
                    />
                  ))}
                  {error === undefined ? null : <InlineError fieldID={path} message={error} />}
                  <div>
                    <Button
                      variant="plain"
                      disabled={rows.length >= group.most}
                      onClick={() => replace(at, [...rows, first()])}
                    >
                      {t("audience.addCondition")}
                    </Button>
                  </div>
                </BlockStack>
              </Box>
            </div>
          </BlockStack>
        );
      })}
      <ReaderNotes chosen={groups.flat().map((row) => String(row.shopper))} form={form} description={description} />
      {whole === undefined ? null : <InlineError fieldID={name} message={whole} />}
      <div id={name} tabIndex={-1}>
        <Button disabled={groups.length >= field.most} onClick={() => set([...groups, [first()]])}>
          {groups.length === 0 ? t("audience.add") : t("audience.addGroup")}
        </Button>
      </div>
    </BlockStack>
  );
}

interface ConditionRowProps extends Pick<ControlProps, "errors" | "context"> {
  description: ObjectDescription;
  variants: Readonly<Record<string, ObjectDescription>>;
  row: ShapeForm;
  /** Where the row stands in the whole form. */
  path: string;
  number: number;
  onChange: (row: ShapeForm) => void;
  onRemove: () => void;
}

/** One condition: its kind, and what it asks for. */
function ConditionRow({ description, variants, row, path, number, onChange, onRemove, ...given }: ConditionRowProps) {
  const { t } = useTranslation("offers");
  const words = useShapeWords("offers", description);
  const kind = String(row.shopper ?? "");
  const id = within(path, "shopper");
  const variant = variants[kind];
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="h4" variant="headingSm">
          {words.option(id, kind).label}
        </Text>
        <Button
          variant="plain"
          tone="critical"
          accessibilityLabel={t("audience.removeCondition", { number, condition: words.option(id, kind).label })}
          onClick={onRemove}
        >
          {t("audience.remove")}
        </Button>
      </InlineStack>
      <Select
        id={id}
        label={words.label(id)}
        options={Object.keys(variants).map((value) => ({ value, label: words.option(id, value).label }))}
        value={kind}
        onChange={(next) => onChange(newCondition(next as ShopperConditionName, variants, given.context))}
        error={words.error(id, given.errors[id])}
      />
      {variant === undefined ? null : (
        <ShopperFields
          {...{ description, variant, path, ...given }}
          form={row}
          onChange={(change) => onChange({ ...row, ...change })}
        />
      )}
    </BlockStack>
  );
}
