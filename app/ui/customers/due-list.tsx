import { Badge, BlockStack, Box, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CustomersView, DueCustomerView } from "../../domain/customers/customers-view.ts";
import { useFormats } from "../locale-provider.tsx";
import { csvDay, csvText } from "./csv-text.ts";
import { FoldedList } from "./folded-list.tsx";
import { useProductTitle } from "./repeat-card.tsx";

const FIRST_SHOWN = 6;
const TONE = { early: undefined, due: "info", overdue: "attention" } as const satisfies Record<
  DueCustomerView["state"],
  string | undefined
>;

/** Who is due for what and when, each by pseudonym and by the order that leads to them. */
export function DueList({ customers, shop }: { customers: readonly DueCustomerView[]; shop: CustomersView["shop"] }) {
  const { t } = useTranslation("customers");
  const download = useDownload(shop.timezone);
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="300">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              {t("dueList.title")}
            </Text>
            <Text as="p" tone="subdued">
              {customers.length === 0 ? t("dueList.none") : t("dueList.intro")}
            </Text>
          </BlockStack>
          {customers.length === 0 ? null : (
            <div>
              <Button onClick={() => download(customers)}>{t("dueList.download")}</Button>
            </div>
          )}
        </BlockStack>
      </Box>
      {customers.length === 0 ? null : (
        <FoldedList
          label={t("dueList.list")}
          first={FIRST_SHOWN}
          items={customers.map((due) => (
            <DueRow key={`${due.orderId}-${due.product.productId}`} due={due} shop={shop} />
          ))}
        />
      )}
    </Card>
  );
}

/** Saves the list as a file on the merchant's machine; it is on the page already, and nothing is asked of the server. */
function useDownload(timezone: string): (customers: readonly DueCustomerView[]) => void {
  const { t } = useTranslation("customers");
  const titleOf = useProductTitle();
  const columns = ["product", "order", "customer", "state", "last", "expected", "from", "to"] as const;
  return (customers) => {
    const rows = customers.map((due) => [
      ...[titleOf(due.product), due.orderName, due.customer, t(`dueList.state.${due.state}`)],
      ...[due.lastAt, due.expectedAt, due.from, due.to].map((iso) => csvDay(iso, timezone)),
    ]);
    const text = csvText([columns.map((column) => t(`dueList.column.${column}`)), ...rows]);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = "customers-due.csv";
    link.click();
    URL.revokeObjectURL(link.href);
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
