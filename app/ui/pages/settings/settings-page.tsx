import { Banner, BlockStack, Form, Layout, Page, Text } from "@shopify/polaris";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { FORM_SECTIONS, formSettings, type FormSection } from "../../../domain/settings/sections.ts";
import type { SettingsView } from "../../../views/settings-view.ts";
import type { ControlProps } from "../../forms/shape-fields.tsx";
import { FormNotices } from "../../forms/form-notices.tsx";
import type { ShapeForm } from "../../forms/shape-form.ts";
import type { SavedForm } from "../../forms/use-saved-form.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import type { Language } from "../../kit/locale.ts";
import { PausedNotice, type PauseActions } from "../../kit/paused-notice.tsx";
import { SaveBar } from "../../kit/save-bar.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";
import { HistoryControl } from "./history-control.tsx";
import { OffersCard } from "./offers-card.tsx";
import { LanguageCard } from "./language-card.tsx";
import { PublishCard } from "./publish-card.tsx";
import { ModeControl } from "./mode-control.tsx";
import { SectionCard } from "./section-card.tsx";

const SAVE_BAR_ID = "settings-save-bar";

export interface SettingsPageProps {
  view: SettingsView;
  form: SavedForm<ShapeForm>;
  language: { choice: Language | null; saving: boolean; onChoose: (choice: Language | null) => void };
  pause: PauseActions;
  publish: { queueing: boolean; onPublish: () => void };
}

/** What holds for all offers and for the app. Nothing is saved before the save bar says so, and nothing typed is lost. */
export function SettingsPage({ view, form, language, pause, publish }: SettingsPageProps) {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const words = useShapeWords("settings", formSettings.description);
  const { fields, change: onChange, errors, dirty } = form;
  const controls = useControls(view);
  const { shopCurrency } = view;
  const context = useMemo(() => ({ currencies: [shopCurrency], languages: [] }), [shopCurrency]);
  return (
    <Page title={t("title")}>
      <TitleBar title={t("title")} />
      <SaveBar id={SAVE_BAR_ID} dirty={dirty} saving={form.saving} onSave={form.save} onDiscard={form.discard} />
      <div className="tsuide-notices">
        {view.paused ? <PausedNotice {...pause} /> : null}
        {view.reset.length === 0 ? null : (
          <Banner tone="warning" title={t("reset.title")}>
            <Text as="p">{t("reset.text", { fields: formats.list(view.reset.map((name) => words.label(name))) })}</Text>
          </Banner>
        )}
        <FormNotices
          form={form}
          describe={(name, value) => ({ label: words.label(name), value: words.value(name, value) })}
        />
      </div>
      <Layout>
        <Layout.Section>
          <Form onSubmit={form.save}>
            <BlockStack gap="400">
              <OffersCard />
              {(Object.keys(FORM_SECTIONS) as FormSection[]).map((section) => (
                <SectionCard
                  key={section}
                  section={section}
                  {...{ form: fields, onChange, errors, context }}
                  controls={controls}
                />
              ))}
              <LanguageCard {...language} />
            </BlockStack>
          </Form>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <PublishCard view={view} dirty={dirty} {...publish} {...pause} />
        </Layout.Section>
      </Layout>
    </Page>
  );
}

/** Fields that need more than a control of their kind. */
function useControls({ modes, shopMode }: SettingsView) {
  return useMemo(
    () => ({
      shopMode: (props: ControlProps) => <ModeControl {...props} view={{ modes, shopMode }} />,
      useCustomerHistory: HistoryControl,
    }),
    [modes, shopMode],
  );
}
