import { Badge, BlockStack, Box, Card, InlineStack, Link, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { AttributedLineView, ResultLinesView } from "../../../views/results-view.ts";
import { EmptyList } from "../../kit/empty-list.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";
import { PagedList } from "../../kit/product-list/paged-list.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";
import { rangeFields, RESULTS } from "./results-address.ts";
import { useResultName } from "./result-words.ts";

interface LinesPageProps {
  view: ResultLinesView;
  loading: boolean;
  onPage: (page: number) => void;
}

/** The order lines that a figure is the sum of, the latest orders first. */
export function LinesPage({ view, loading, onPage }: LinesPageProps) {
  const { t } = useTranslation("results");
  const formats = useFormats(view.shop.timezone);
  const nameOf = useResultName();
  const { total, page, pageCount, filter, range } = view;
  const parts = [formats.dateRange(range.from, range.to), ...filter.names.map(nameOf)];
  const back = `${RESULTS}?${new URLSearchParams(rangeFields(range)).toString()}`;
  return (
    <Page
      title={filter.refunded ? t("lines.refunded") : t("lines.title")}
      subtitle={parts.join(" · ")}
      backAction={{ content: t("title"), url: back }}
    >
      <TitleBar title={t("lines.title")} />
      <BlockStack gap="400">
        <Card padding="0">
          <Box padding="400">
            <Text as="p" tone="subdued">
              {t("lines.intro", { timezone: view.shop.timezone })}
            </Text>
          </Box>
          {view.lines.length === 0 ? (
            <EmptyList heading={t("lines.empty.title")}>
              <p>{t("lines.empty.text")}</p>
            </EmptyList>
          ) : (
            <PagedList
              loading={loading}
              name={t("lines.title")}
              total={t("lines.total", { count: total, total: formats.number(total) })}
              place={t("lines.page", { page: formats.number(page), pages: formats.number(pageCount) })}
              {...{ page, pageCount, onPage }}
            >
              <ul className="tsuide-products tsuide-divided">
                {view.lines.map((line, place) => (
                  <Line key={`${line.orderId} ${place}`} line={line} shop={view.shop} />
                ))}
              </ul>
            </PagedList>
          )}
        </Card>
      </BlockStack>
    </Page>
  );
}

function Line({ line, shop }: { line: AttributedLineView; shop: ResultLinesView["shop"] }) {
  const { t } = useTranslation("results");
  const formats = useFormats(shop.timezone);
  const nameOf = useResultName();
  const taken = [
    ...(line.refunded.amountMinor > 0 ? [t("lines.refundedOf", { amount: formats.money(line.refunded) })] : []),
    ...(line.tax.amountMinor > 0 ? [t("lines.taxOf", { amount: formats.money(line.tax) })] : []),
  ];
  return (
    <li>
      <Box padding="400">
        <InlineStack align="space-between" blockAlign="start" gap="300" wrap={false}>
          <BlockStack gap="100">
            <Text as="h3" variant="bodyMd" fontWeight="semibold" breakWord>
              {line.title}
            </Text>
            <InlineStack gap="200" blockAlign="center">
              <Link url={`https://${shop.domain}/admin/orders/${line.orderId}`} target="_top">
                {t("lines.order", { name: line.orderName })}
              </Link>
              <Text as="span" variant="bodySm" tone="subdued">
                {formats.dateTime(line.at)}
              </Text>
              <Text as="span" variant="bodySm" tone="subdued">
                {t("lines.units", { count: line.units, units: formats.number(line.units) })}
              </Text>
            </InlineStack>
            <InlineStack gap="200" blockAlign="center">
              <Text as="span" variant="bodySm" breakWord>
                {nameOf(line.offer)}
              </Text>
              <Badge size="small">{nameOf({ kind: "surface", surface: line.surface })}</Badge>
            </InlineStack>
          </BlockStack>
          <div className="tsuide-figure">
            <Text as="span" numeric fontWeight="medium">
              {formats.money(line.attributed)}
            </Text>
            {taken.map((text) => (
              <Text key={text} as="span" variant="bodySm" tone="subdued" alignment="end">
                {text}
              </Text>
            ))}
          </div>
        </InlineStack>
      </Box>
    </li>
  );
}
