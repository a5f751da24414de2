import { Badge, BlockStack, Box, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { HomeView } from "../../../views/home-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

/** The newest order lines that came through an offer. */
export function RecentLines({ recent, timezone }: { recent: HomeView["recent"]; timezone: string }) {
  const { t } = useTranslation("home");
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("recent.title")}
          </Text>
          <Text as="p" tone="subdued">
            {recent.length === 0 ? t("recent.empty") : t("recent.intro")}
          </Text>
        </BlockStack>
      </Box>
      {recent.length === 0 ? null : (
        <ul className="tsuide-figures tsuide-divided tsuide-steps">
          {recent.map((line, index) => (
            <RecentLine key={`${line.orderName}-${line.at}-${index}`} line={line} timezone={timezone} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function RecentLine({ line, timezone }: { line: HomeView["recent"][number]; timezone: string }) {
  const { t } = useTranslation("home");
  const formats = useFormats(timezone);
  return (
    <Box as="li" paddingInline="400" paddingBlock="200">
      <InlineStack align="space-between" blockAlign="start" gap="300" wrap={false}>
        <BlockStack gap="100">
          <Text as="span" fontWeight="medium" breakWord>
            {line.product}
          </Text>
          <InlineStack gap="200" blockAlign="center" align="start">
            <Text as="span" variant="bodySm" tone="subdued">
              {line.orderName}
            </Text>
            <Text as="span" variant="bodySm" tone="subdued">
              {formats.dateTime(line.at)}
            </Text>
            <Badge size="small">{t(`surface.${line.surface}`)}</Badge>
          </InlineStack>
        </BlockStack>
        <div className="tsuide-figure">
          <Text as="span" numeric fontWeight="medium">
            {formats.money(line.revenue)}
          </Text>
          {line.refunded.amountMinor === 0 ? null : (
            <Text as="span" variant="bodySm" tone="subdued" alignment="end">
              {t("recent.refunded", { amount: formats.money(line.refunded) })}
            </Text>
          )}
        </div>
      </InlineStack>
    </Box>
  );
}
