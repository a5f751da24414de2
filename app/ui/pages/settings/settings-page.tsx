import { BlockStack, Form, Layout, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SettingsView } from "../../../views/settings-view.ts";
import { FormNotices } from "../../forms/form-notices.tsx";
import type { SavedForm } from "../../forms/use-saved-form.ts";
import type { Language } from "../../kit/locale.ts";
import { PausedNotice, type PauseActions } from "../../kit/paused-notice.tsx";
import { SaveBar } from "../../kit/save-bar.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";
import { GoalCard } from "./goal-card.tsx";
import { HistoryCard } from "./history-card.tsx";
import { LanguageCard } from "./language-card.tsx";
import { ModeCard } from "./mode-card.tsx";
import { PublishCard } from "./publish-card.tsx";
import { SetCard } from "./set-card.tsx";
import type { SettingsForm } from "./settings-form.ts";
import { SettingsPreview } from "./settings-preview.tsx";
import type { Preview } from "./use-preview.ts";
import { useFieldWords } from "./use-field-words.ts";

const SAVE_BAR_ID = "settings-save-bar";

export interface SettingsPageProps {
  view: SettingsView;
  form: SavedForm<SettingsForm>;
  /** Null as long as there is none yet. */
  preview: Preview | null;
  language: { choice: Language | null; saving: boolean; onChoose: (choice: Language | null) => void };
  pause: PauseActions;
  publish: { queueing: boolean; onPublish: () => void };
}

/** How offers are made and shown. Nothing is saved before the save bar says so, and nothing typed is lost. */
export function SettingsPage({ view, form, preview, language, pause, publish }: SettingsPageProps) {
  const { t } = useTranslation("settings");
  const describe = useFieldWords();
  const { fields, change: onChange, errors, dirty } = form;
  const card = { form: fields, onChange, errors };
  return (
    <Page title={t("title")}>
      <TitleBar title={t("title")} />
      <SaveBar id={SAVE_BAR_ID} dirty={dirty} saving={form.saving} onSave={form.save} onDiscard={form.discard} />
      <div className="tsuide-notices">
        {view.paused ? <PausedNotice {...pause} /> : null}
        <FormNotices form={form} describe={describe} />
      </div>
      <Layout>
        <Layout.Section>
          <Form onSubmit={form.save}>
            <BlockStack gap="400">
              <SetCard {...card} />
              <ModeCard {...card} />
              <GoalCard view={view} {...card} />
              <HistoryCard {...card} />
              <LanguageCard {...language} />
            </BlockStack>
          </Form>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <SettingsPreview preview={preview} />
            <PublishCard view={view} dirty={dirty} {...publish} {...pause} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}
