import { BlockStack, Box, Card, Form, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { compatibilityRules } from "../../../domain/offers/compatibility/compatibility-rules.ts";
import { FormNotices } from "../../forms/form-notices.tsx";
import { ShapeFields } from "../../forms/shape-fields.tsx";
import { rowsOf, type ShapeForm } from "../../forms/shape-form.ts";
import type { SavedForm } from "../../forms/use-saved-form.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { SaveBar } from "../../kit/save-bar.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";
import { OFFERS } from "../../offers/list-query.ts";
import { ImportCard, type ImportState } from "./import-card.tsx";
import { SIDE_CONTROLS } from "./side-controls.tsx";

/** No field of the form is given by currency or by language. */
const CONTEXT = { currencies: [], languages: [] };

export interface CompatibilityPageProps {
  form: SavedForm<ShapeForm>;
  imported: ImportState;
}

/** What goes only with what. Nothing is saved before the save bar says so, and nothing typed is lost. */
export function CompatibilityPage({ form, imported }: CompatibilityPageProps) {
  const { t } = useTranslation("compatibility");
  const words = useShapeWords("compatibility", compatibilityRules.description);
  return (
    <Page title={t("title")} subtitle={t("subtitle")} backAction={{ content: t("back"), url: OFFERS }}>
      <TitleBar title={t("title")} />
      <SaveBar
        id="compatibility-save-bar"
        dirty={form.dirty}
        saving={form.saving}
        onSave={form.save}
        onDiscard={form.discard}
      />
      <div className="tsuide-notices">
        <FormNotices
          form={form}
          describe={(name, value) => ({ label: words.label(name), value: words.value(name, value) })}
        />
      </div>
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="200">
            <Text as="p">{t("intro.rule")}</Text>
            <Text as="p" tone="subdued">
              {t("intro.effect")}
            </Text>
          </BlockStack>
        </Card>
        <ImportCard {...imported} />
        <Form onSubmit={form.save}>
          <Card>
            {rowsOf(form.fields.rules).length > 0 ? null : (
              <Box paddingBlockEnd="300">
                <Text as="p">{t("empty")}</Text>
              </Box>
            )}
            <ShapeFields
              namespace="compatibility"
              description={compatibilityRules.description}
              {...{ form: form.fields, onChange: form.change, errors: form.errors, context: CONTEXT }}
              controls={SIDE_CONTROLS}
            />
          </Card>
        </Form>
      </BlockStack>
    </Page>
  );
}
