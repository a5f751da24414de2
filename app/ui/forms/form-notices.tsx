import { Banner, BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { firstFieldElement } from "./field-element.ts";
import type { FieldName, FieldValue, FormFields } from "./draft.ts";
import type { SavedForm } from "./use-saved-form.ts";

interface FormNoticesProps<F> {
  form: SavedForm<F>;
  /** A field's name and a value of it, in words. */
  describe: (field: FieldName<F>, value: FieldValue | undefined) => { label: string; value: string };
}

/** What there is to know about saving a form, above its fields: fields that are wrong, a failure, others' saves. */
export function FormNotices<F extends FormFields<F>>({ form, describe }: FormNoticesProps<F>) {
  const { t } = useTranslation();
  const { errors, failure, slow } = form;
  const wrong = Object.keys(errors).length;
  // Fields carry their name as id: what is wrong is brought into sight and under the keyboard.
  useEffect(() => {
    firstFieldElement(Object.keys(errors))?.focus();
  }, [errors]);
  return (
    <>
      {wrong === 0 ? null : (
        <Banner tone="critical" title={t("form.wrong.title", { count: wrong })}>
          <Text as="p">{t("form.wrong.text")}</Text>
        </Banner>
      )}
      {failure === null ? null : (
        <Banner
          tone="critical"
          title={t("form.failed.title")}
          action={{ content: t("form.failed.again"), onAction: form.save }}
        >
          <Text as="p">{t(`form.failed.${failure}`)}</Text>
        </Banner>
      )}
      {slow ? (
        <Banner tone="info" title={t("form.slow.title")}>
          <Text as="p">{t("form.slow.text")}</Text>
        </Banner>
      ) : null}
      {form.overtaken.length === 0 ? null : <OvertakenNotice form={form} describe={describe} />}
    </>
  );
}

/** Longer values are written out above the buttons, not on them. */
const LONGEST_ON_BUTTON = 40;

function OvertakenNotice<F extends FormFields<F>>({ form, describe }: FormNoticesProps<F>) {
  const { t } = useTranslation();
  const contested = form.overtaken.some((one) => one.contested);
  return (
    <Banner tone="warning" title={t("form.overtaken.title")}>
      <BlockStack gap="300">
        <Text as="p">{contested ? t("form.overtaken.choose") : t("form.overtaken.kept")}</Text>
        {form.overtaken.map((one) => {
          const { label, value: before } = describe(one.field, one.before);
          const now = describe(one.field, one.now).value;
          const typed = describe(one.field, form.fields[one.field]).value;
          const isLong = Math.max(typed.length, now.length) > LONGEST_ON_BUTTON;
          return (
            <BlockStack key={one.field} gap="100">
              <Text as="p">{t("form.overtaken.change", { field: label, before, now })}</Text>
              {one.contested && isLong ? <Text as="p">{t("form.overtaken.yours", { value: typed })}</Text> : null}
              {one.contested ? (
                <InlineStack gap="200">
                  <Button onClick={() => form.choose(one.field, "mine")}>
                    {isLong ? t("form.overtaken.keepMine") : t("form.overtaken.mine", { value: typed })}
                  </Button>
                  <Button onClick={() => form.choose(one.field, "theirs")}>
                    {isLong ? t("form.overtaken.useTheirs") : t("form.overtaken.theirs", { value: now })}
                  </Button>
                </InlineStack>
              ) : null}
            </BlockStack>
          );
        })}
      </BlockStack>
    </Banner>
  );
}
