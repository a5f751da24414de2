import { Banner, BlockStack, Form, Layout, Page, Text } from "@shopify/polaris";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { FORM_SECTIONS, formSettings, type FormSection } from "../../../domain/settings/sections.ts";
import type { SettingsView } from "../../../views/settings-view.ts";
import { FormNotices } from "../../forms/form-notices.tsx";
import type { ShapeForm } from "../../forms/shape-form.ts";
import type { SavedForm } from "../../forms/use-saved-form.ts";
import { useShapeWords } from "../../forms/use-shape-words.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import type { Language } from "../../kit/locale.ts";
import { PausedNotice, type PauseActions } from "../../kit/paused-notice.tsx";
import { SaveBar } from "../../kit/save-bar.tsx";
import { StorefrontPreview } from "../../kit/storefront-preview.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";
import type { Preview } from "../../kit/use-storefront-preview.ts";
import { DiscountControl } from "./discount-control.tsx";
import { GoalAmountsControl, GoalControl, ShippingThresholds } from "./goal-control.tsx";
import { HistoryControl } from "./history-control.tsx";
import { OffersCard } from "./offers-card.tsx";
import { LanguageCard } from "./language-card.tsx";
import { PublishCard } from "./publish-card.tsx";
import { SectionCard } from "./section-card.tsx";

const SAVE_BAR_ID = "settings-save-bar";

/** Fields that need more than a control of their kind. */
const CONTROLS = {
  setDiscountBasisPoints: DiscountControl,
  goalEnabled: GoalControl,
  goalAmounts: GoalAmountsControl,
  useCustomerHistory: HistoryControl,
};

export interface SettingsPageProps {
  view: SettingsView;
  form: SavedForm<ShapeForm>;
  /** Null as long as there is none yet. */
  preview: Preview | null;
  language: { choice: Language | null; saving: boolean; onChoose: (choice: Language | null) => void };
  pause: PauseActions;
  publish: { queueing: boolean; onPublish: () => void };
}

/** How offers are made and shown. Nothing is saved before the save bar says so, and nothing typed is lost. */
export function SettingsPage({ view, form, preview, language, pause, publish }: SettingsPageProps) {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const words = useShapeWords("settings", formSettings.description);
  const { fields, change: onChange, errors, dirty } = form;
  const context = useMemo(() => ({ currencies: view.currencies, languages: [] }), [view.currencies]);
  return (
    <Page title={t("title")}>
      <TitleBar title={t("title")} />
      <SaveBar id={SAVE_BAR_ID} dirty={dirty} saving={form.saving} onSave={form.save} onDiscard={form.discard} />
      <div className="tsuide-notices">
        {view.paused ? <PausedNotice {...pause} /> : null}
        {view.reset.length === 0 ? null : (
          <Banner tone="warning" title={t("reset.title")}>
            <Text as="p">{t("reset.text", { fields: formats.list(view.reset.map(words.label)) })}</Text>
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
              <ShippingThresholds.Provider value={view.shippingThresholds}>
                {(Object.keys(FORM_SECTIONS) as FormSection[]).map((section) => (
                  <SectionCard
                    key={section}
                    section={section}
                    {...{ form: fields, onChange, errors, context }}
                    controls={CONTROLS}
                  />
                ))}
              </ShippingThresholds.Provider>
              <OffersCard />
              <LanguageCard {...language} />
            </BlockStack>
          </Form>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <StorefrontPreview preview={preview} />
            <PublishCard view={view} dirty={dirty} {...publish} {...pause} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}
