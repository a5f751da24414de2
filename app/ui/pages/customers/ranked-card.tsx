import { BlockStack, Box, Card, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CustomersView, ListView, RankedCustomerView } from "../../../views/customers-view.ts";
import type { CustomerRank } from "../../../domain/shoppers/shopper.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { CustomerList } from "./customer-list.tsx";
import { CustomerLine } from "./due-list.tsx";
import { RANKS } from "./map-card.tsx";

interface RankedCardProps {
  /** The first page of rank A. */
  ranked: ListView<RankedCustomerView>;
  shop: CustomersView["shop"];
}

/** The first customers of the rank that was chosen. */
export function RankedCard({ ranked, shop }: RankedCardProps) {
  const { t } = useTranslation("customers");
  const [rank, setRank] = useState<CustomerRank>("A");
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
        </BlockStack>
      </Box>
      <CustomerList key={rank} list={rank} kind="rank" label={t("ranked.title")} first={rank === "A" ? ranked : null}>
        {(customer) => <RankedRow key={`${customer.orderId}-${customer.customer}`} customer={customer} shop={shop} />}
      </CustomerList>
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
          {t("ranked.orders", { count: customer.orders, orders: formats.number(customer.orders) })}
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
