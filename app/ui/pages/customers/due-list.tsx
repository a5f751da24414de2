import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Box, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CustomersView, DueCustomerView, ListView } from "../../../views/customers-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { csvDay, csvText } from "../../csv/csv-text.ts";
import { CUSTOMER_LIST_ADDRESS, CustomerList } from "./customer-list.tsx";
import { useProductTitle } from "./repeat-card.tsx";

const TONE = { early: undefined, due: "info", overdue: "attention" } as const satisfies Record<
  DueCustomerView["state"],
  string | undefined
>;

/** Who is due for what and when, each by pseudonym and by the order that leads to them. */
export function DueList({ customers, shop }: { customers: ListView<DueCustomerView>; shop: CustomersView["shop"] }) {
  const { t } = useTranslation("customers");
  const { download, downloading } = useDownload(shop.timezone);
  const isEmpty = customers.total === 0;
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="300">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              {t("dueList.title")}
            </Text>
            <Text as="p" tone="subdued">
              {isEmpty ? t("dueList.none") : t("dueList.intro")}
            </Text>
          </BlockStack>
          {isEmpty ? null : (
            <div>
              <Button loading={downloading} onClick={download}>
                {t("dueList.download")}
              </Button>
            </div>
          )}
        </BlockStack>
      </Box>
      {isEmpty ? null : (
        <CustomerList list="due" kind="due" label={t("dueList.list")} first={customers}>
          {(due) => <DueRow key={`${due.orderId}-${due.product.productId}`} due={due} shop={shop} />}
        </CustomerList>
      )}
    </Card>
  );
}

/** Asks for all customers who are due, and saves them as a file on the merchant's machine. */
function useDownload(timezone: string): { download: () => void; downloading: boolean } {
  const { t } = useTranslation("customers");
  const titleOf = useProductTitle();
  const fetcher = useFetcher<{ due: DueCustomerView[] | null }>({ key: "customers-due-file" });
  const wanted = useRef(false);
  const due = fetcher.data?.due ?? null;
  useEffect(() => {
    if (!wanted.current || fetcher.state !== "idle" || due === null) return;
    wanted.current = false;
    const columns = ["product", "order", "customer", "state", "last", "expected", "from", "to"] as const;
    const rows = due.map((one) => [
      ...[titleOf(one.product), one.orderName, one.customer, t(`dueList.state.${one.state}`)],
      ...[one.lastAt, one.expectedAt, one.from, one.to].map((iso) => csvDay(iso, timezone)),
    ]);
    const text = csvText([columns.map((column) => t(`dueList.column.${column}`)), ...rows]);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = "customers-due.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  });
  return {
    download: () => {
      wanted.current = true;
      fetcher.load(`${CUSTOMER_LIST_ADDRESS}?all=1`);
    },
    downloading: fetcher.state !== "idle",
  };
}

function DueRow({ due, shop }: { due: DueCustomerView; shop: CustomersView["shop"] }) {
  const { t } = useTranslation("customers");
  const formats = useFormats(shop.timezone);
  const titleOf = useProductTitle();
  const tone = TONE[due.state];
  const expected = { day: formats.date(due.expectedAt), window: formats.dateRange(due.from, due.to) };
  return (
    <Box as="li" paddingInline="400" paddingBlock="300">
      <BlockStack gap="100">
        <InlineStack gap="200" blockAlign="center" align="space-between">
          <Text as="h3" variant="bodyMd" fontWeight="semibold" breakWord>
            {titleOf(due.product)}
          </Text>
          <Badge {...(tone === undefined ? {} : { tone })}>{t(`dueList.state.${due.state}`)}</Badge>
        </InlineStack>
        <Text as="p">{due.state === "overdue" ? t("dueList.missed", expected) : t("dueList.expected", expected)}</Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {formats.sentences([
            t("dueList.last", { date: formats.date(due.lastAt) }),
            due.ownGaps === 0 ? t("dueList.others") : t("dueList.own", { count: due.ownGaps }),
          ])}
        </Text>
        <CustomerLine customer={due} shop={shop} />
      </BlockStack>
    </Box>
  );
}

/** A customer by pseudonym, and the order that leads to them in Shopify. */
export function CustomerLine(props: {
  customer: { customer: string; orderId: string; orderName: string };
  shop: CustomersView["shop"];
}) {
  const { t } = useTranslation("customers");
  const { customer, orderId, orderName } = props.customer;
  return (
    <InlineStack gap="200">
      <Text as="span" variant="bodySm" tone="subdued">
        {t("customer", { code: customer })}
      </Text>
      <Text as="span" variant="bodySm">
        <Link url={`https://${props.shop.domain}/admin/orders/${numberOf(orderId)}`} target="_top">
          {t("order", { name: orderName })}
        </Link>
      </Text>
    </InlineStack>
  );
}

function numberOf(orderId: string): string {
  return orderId.slice(orderId.lastIndexOf("/") + 1);
}
