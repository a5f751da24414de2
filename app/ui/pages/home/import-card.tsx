import { Banner, BlockStack, Button, Card, InlineStack, ProgressBar, Spinner, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ImportView } from "../../../views/home-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

interface ImportCardProps {
  view: ImportView | null;
  timezone: string;
  /** Starts the import, or starts it again. */
  onStart: () => void;
  starting: boolean;
}

/** True while an import is under way, so that the page should poll. */
export function isImporting(view: ImportView | null): boolean {
  return view !== null && view.status !== "done" && view.status !== "failed";
}

/** How far the order history is: not begun, under way, failed with what to do next, or cut short by Shopify. */
export function ImportCard({ view, timezone, onStart, starting }: ImportCardProps) {
  const { t } = useTranslation("home");
  if (view === null) {
    return (
      <Card>
        <BlockStack gap="300" inlineAlign="start">
          <Text as="h2" variant="headingMd">
            {t("import.none.title")}
          </Text>
          <Text as="p">{t("import.none.text")}</Text>
          <Button variant="primary" onClick={onStart} loading={starting}>
            {t("import.none.action")}
          </Button>
        </BlockStack>
      </Card>
    );
  }
  if (view.status === "failed") return <ImportFailed view={view} onStart={onStart} starting={starting} />;
  if (view.status === "done") return view.truncated ? <HistoryCut view={view} timezone={timezone} /> : null;
  return <ImportRunning view={view} />;
}

function ImportRunning({ view }: { view: ImportView }) {
  const { t } = useTranslation("home");
  const formats = useFormats();
  const { ordersTotal, ordersStored, ordersToRead } = view;
  const figures = {
    // Of "12 of 20 orders" the noun goes with the whole.
    count: ordersTotal ?? ordersStored,
    orders: formats.number(ordersStored),
    lines: formats.number(view.linesStored),
    total: formats.number(ordersTotal ?? 0),
  };
  // Shopify's count is taken before the file is made, so that more orders than that may come.
  const ratio = ordersTotal === null || ordersTotal === 0 ? null : Math.min(1, ordersStored / ordersTotal);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Spinner size="small" accessibilityLabel={t("import.running")} />
          <Text as="h2" variant="headingMd">
            {t(`import.status.${view.status}.title`)}
          </Text>
        </InlineStack>
        <ProgressBar
          progress={ratio === null ? 0 : ratio * 100}
          size="small"
          tone="primary"
          ariaLabelledBy="import-progress"
        />
        <div id="import-progress" aria-live="polite">
          <Text as="p">{ordersTotal === null ? t("import.soFar", figures) : t("import.soFarOf", figures)}</Text>
          {ordersToRead === 0 ? null : (
            <Text as="p">{t("import.toRead", { count: ordersToRead, orders: formats.number(ordersToRead) })}</Text>
          )}
        </div>
        <Text as="p" tone="subdued">
          {t(`import.status.${view.status}.text`)}
        </Text>
      </BlockStack>
    </Card>
  );
}

function ImportFailed({ view, onStart, starting }: { view: ImportView; onStart: () => void; starting: boolean }) {
  const { t } = useTranslation("home");
  const formats = useFormats();
  const code = view.errorCode ?? "unknown";
  return (
    <Banner
      tone="critical"
      title={t(`import.failed.${code}.title`)}
      action={{ content: t("import.retry"), onAction: onStart, loading: starting }}
    >
      <Text as="p">{t(`import.failed.${code}.text`)}</Text>
      {view.ordersStored === 0 ? null : (
        <Text as="p">{t("import.kept", { count: view.ordersStored, orders: formats.number(view.ordersStored) })}</Text>
      )}
    </Banner>
  );
}

function HistoryCut({ view, timezone }: { view: ImportView; timezone: string }) {
  const { t } = useTranslation("home");
  const formats = useFormats(timezone);
  const title =
    view.historyFrom === null ? t("import.cut.title") : t("import.cut.since", { date: formats.date(view.historyFrom) });
  return (
    <Banner tone="info" title={title}>
      <Text as="p">{t("import.cut.text")}</Text>
    </Banner>
  );
}
