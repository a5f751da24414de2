import { BlockStack, Box, Card, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CustomersView, RankedCustomerView } from "../../domain/customers/customers-view.ts";
import type { CustomerRank } from "../../domain/customers/rank.ts";
import { useFormats } from "../locale-provider.tsx";
import { CustomerLine } from "./due-list.tsx";
import { FoldedList } from "./folded-list.tsx";
import { RANKS } from "./map-card.tsx";

const FIRST_SHOWN = 5;

/** The first customers of the rank that was chosen. */
export function RankedCard({ ranked, shop }: { ranked: readonly RankedCustomerView[]; shop: CustomersView["shop"] }) {
  const { t } = useTranslation("customers");
  const [rank, setRank] = useState<CustomerRank>("A");
  const customers = ranked.filter((customer) => customer.rank === rank);
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="300">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              {t("ranked.title")}
            </Text>
            <Text as="p" tone="subdued">
              {t("ranked.intro")}
            </Text>
          </BlockStack>
          <Select
            label={t("ranked.choose")}
            options={RANKS.map((value) => ({
              value,
              label: t("ranked.option", { rank: value, name: t(`map.rank.${value}.name`) }),
            }))}
            value={rank}
            onChange={(value) => setRank(value as CustomerRank)}
          />
          {customers.length > 0 ? null : (
            <Text as="p" tone="subdued">
              {t("ranked.none")}
            </Text>
          )}
        </BlockStack>
      </Box>
      <FoldedList
        key={rank}
        label={t("ranked.title")}
        first={FIRST_SHOWN}
        items={customers.map((customer) => (
          <RankedRow key={`${customer.orderId}-${customer.customer}`} customer={customer} shop={shop} />
        ))}
      />
    </Card>
  );
}

function RankedRow({ customer, shop }: { customer: RankedCustomerView; shop: CustomersView["shop"] }) {
  const { t } = useTranslation("customers");
  const formats = useFormats(shop.timezone);
  const { rfm } = customer;
  return (
    <Box as="li" paddingInline="400" paddingBlock="300">
      <BlockStack gap="100">
        <Text as="p" fontWeight="semibold">
          {t("ranked.record", { amount: formats.money(customer.record) })}
          {" · "}
          {t("ranked.room", { amount: formats.money(customer.room) })}
        </Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {t("ranked.orders", { count: customer.orders })}
          {" · "}
          {t("ranked.last", { date: formats.date(customer.lastAt) })}
          {" · "}
          {t("ranked.rfm", { recency: rfm.recency, frequency: rfm.frequency, monetary: rfm.monetary })}
        </Text>
        <CustomerLine customer={customer} shop={shop} />
      </BlockStack>
    </Box>
  );
}
