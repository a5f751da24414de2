import { Badge, Banner, BlockStack, Box, Button, Card, EmptyState, InlineStack, Page, Text } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { DataRequestsView, DataRequestView } from "../../../views/data-requests-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";

/** Customers' requests for their data, each with the file that staff hand on. */
export function DataRequestsPage({ view: { requests, timezone } }: { view: DataRequestsView }) {
  const { t } = useTranslation("privacy");
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      backAction={{ content: t("common:nav.home"), url: "/app" }}
      narrowWidth
    >
      <TitleBar title={t("title")} />
      <BlockStack gap="400">
        {requests.map((request) => (
          <Request key={request.requestId} request={request} timezone={timezone} />
        ))}
        {requests.length > 0 ? null : (
          <Card>
            <EmptyState heading={t("empty.title")} image="/empty-list.svg">
              <Text as="p">{t("empty.text")}</Text>
            </EmptyState>
          </Card>
        )}
        <Box paddingInline={{ xs: "400", sm: "0" }}>
          <Text as="p" tone="subdued">
            {t("stored")}
          </Text>
        </Box>
      </BlockStack>
    </Page>
  );
}

function Request({ request, timezone }: { request: DataRequestView; timezone: string }) {
  const { t } = useTranslation("privacy");
  const formats = useFormats(timezone);
  const fetcher = useFetcher<{ code: string }>();
  const { requestId, deliveredAt } = request;
  const requested = formats.date(request.requestedAt);
  const mark = (delivered: boolean) =>
    fetcher.submit({ requestId, delivered: String(delivered) }, { method: "post", action: "/app/data-requests" });
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center" align="space-between">
          <Text as="h2" variant="headingMd">
            {t("requested", { date: requested })}
          </Text>
          {deliveredAt === null ? (
            <Badge tone="attention">{t("status.open")}</Badge>
          ) : (
            <Badge tone="success">{t("status.delivered", { date: formats.date(deliveredAt) })}</Badge>
          )}
        </InlineStack>
        <Text as="p">
          {formats.sentences([
            t("orders", { count: request.orders, number: formats.number(request.orders) }),
            t("kept", { date: formats.date(request.keptUntil) }),
          ])}
        </Text>
        {fetcher.state === "idle" && fetcher.data !== undefined && fetcher.data.code !== "saved" ? (
          <Banner tone="critical">{t("failed")}</Banner>
        ) : null}
        <InlineStack gap="200">
          <Button
            variant={deliveredAt === null ? "primary" : "secondary"}
            accessibilityLabel={t("downloadOf", { date: requested })}
            onClick={() => download(request)}
          >
            {t("download")}
          </Button>
          <Button onClick={() => mark(deliveredAt === null)} loading={fetcher.state !== "idle"}>
            {deliveredAt === null ? t("deliver") : t("undo")}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

/** Made in the browser: inside the admin's frame a link of ours would carry no session. */
function download({ requestId, file }: DataRequestView): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file], { type: "application/json" }));
  link.download = `customer-data-${requestId.replace(/[^\w-]/g, "")}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
