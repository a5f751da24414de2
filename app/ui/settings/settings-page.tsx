import { Banner, BlockStack, Layout, Page, Text } from "@shopify/polaris";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { SettingsView } from "../../domain/reports/views.ts";
import type { Language } from "../locale.ts";
import { SaveBar } from "../save-bar.tsx";
import { TitleBar } from "../title-bar.tsx";
import { GoalCard } from "./goal-card.tsx";
import { HistoryCard } from "./history-card.tsx";
import { LanguageCard } from "./language-card.tsx";
import { ModeCard } from "./mode-card.tsx";
import { PublishCard } from "./publish-card.tsx";
import { SetCard } from "./set-card.tsx";
import type { FieldErrors, SettingsForm } from "./settings-form.ts";
import { SettingsPreview } from "./settings-preview.tsx";

const SAVE_BAR_ID = "settings-save-bar";

export interface SettingsPageProps {
  view: SettingsView;
  form: SettingsForm;
  /** Changes some fields of the form. */
  onChange: (change: Partial<SettingsForm>) => void;
  errors: FieldErrors;
  /** The form differs from what is saved. */
  dirty: boolean;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
  language: { choice: Language | null; saving: boolean; onChoose: (choice: Language | null) => void };
  publish: { queueing: boolean; onPublish: () => void };
}

/** How offers are made and shown. Nothing is saved before the save bar says so, and nothing typed is lost. */
export function SettingsPage(props: SettingsPageProps) {
  const { view, form, onChange, errors, dirty, saving, onSave, onDiscard } = props;
  const { t } = useTranslation("settings");
  const wrong = Object.keys(errors).length;
  // Fields carry their name as id: what is wrong is brought into sight and under the keyboard.
  useEffect(() => {
    const [first] = Object.keys(errors);
    if (first !== undefined) document.getElementById(first)?.focus();
  }, [errors]);
  return (
    <Page title={t("title")}>
      <TitleBar title={t("title")} />
      <SaveBar id={SAVE_BAR_ID} dirty={dirty} saving={saving} onSave={onSave} onDiscard={onDiscard} />
      <Layout>
        {wrong === 0 ? null : (
          <Layout.Section variant="fullWidth">
            <Banner tone="critical" title={t("errors.title", { count: wrong })}>
              <Text as="p">{t("errors.kept")}</Text>
            </Banner>
          </Layout.Section>
        )}
        <Layout.Section>
          <BlockStack gap="400">
            <SetCard form={form} onChange={onChange} errors={errors} />
            <ModeCard form={form} onChange={onChange} errors={errors} />
            <GoalCard view={view} form={form} onChange={onChange} errors={errors} />
            <HistoryCard form={form} onChange={onChange} errors={errors} />
            <LanguageCard {...props.language} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <SettingsPreview form={form} currency={view.shopCurrency} />
            <PublishCard view={view} dirty={dirty} {...props.publish} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}
