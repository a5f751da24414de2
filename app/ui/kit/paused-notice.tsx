import { Banner, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";

export interface PauseActions {
  /** Pausing or resuming is on its way. */
  switching: boolean;
  onPause: (paused: boolean) => void;
}

/** Says that shoppers see nothing of the app, with the way back. */
export function PausedNotice({ switching, onPause }: PauseActions) {
  const { t } = useTranslation();
  return (
    <Banner
      tone="warning"
      title={t("paused.title")}
      action={{ content: t("paused.resume"), onAction: () => onPause(false), loading: switching }}
    >
      <Text as="p">{t("paused.text")}</Text>
    </Banner>
  );
}
