import { BlockStack, Button, Card, InlineStack, Spinner, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SettingsView } from "../../../views/settings-view.ts";
import type { PauseActions } from "../../kit/paused-notice.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";

interface PublishCardProps extends PauseActions {
  view: SettingsView;
  /** Something is not saved yet, and would not be published. */
  dirty: boolean;
  queueing: boolean;
  onPublish: () => void;
}

/** When the shop last got its offers, and a way to send them now. */
export function PublishCard({ view, dirty, queueing, onPublish, switching, onPause }: PublishCardProps) {
  const { t } = useTranslation("settings");
  const formats = useFormats(view.timezone);
  const running = view.publishing || queueing;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("publish.title")}
        </Text>
        <div aria-live="polite">
          <InlineStack gap="200" blockAlign="center" wrap={false}>
            {running ? <Spinner size="small" /> : null}
            <Text as="p">{statusText()}</Text>
          </InlineStack>
        </div>
        <Text as="p" tone="subdued">
          {dirty ? t("publish.saveFirst") : t("publish.help")}
        </Text>
        <InlineStack gap="200">
          <Button onClick={onPublish} disabled={running || dirty || view.paused}>
            {t("publish.now")}
          </Button>
          {view.paused ? null : (
            <Button tone="critical" onClick={() => onPause(true)} loading={switching}>
              {t("publish.pause")}
            </Button>
          )}
        </InlineStack>
      </BlockStack>
    </Card>
  );

  function statusText(): string {
    if (running) return t("publish.running");
    return view.publishedAt === null
      ? t("publish.never")
      : t("publish.last", { time: formats.dateTime(view.publishedAt) });
  }
}
