import { BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { LearntCustomersView } from "../../../views/customers-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

/** How many customers there are, how they come back, and what was left out. */
export function BasisCard({ learnt, timezone }: { learnt: LearntCustomersView; timezone: string }) {
  const { t } = useTranslation("customers");
  const formats = useFormats(timezone);
  const { customers, returning, nextOrder, firstAt } = learnt;
  const days = (value: number) => formats.number(Math.max(1, Math.round(value)));
  const perCustomer = learnt.lifetime.known.ordersPerCustomer;
  const counted = (count: number) => ({ count, orders: formats.number(count) });
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("basis.title")}
        </Text>
        <InlineGrid columns={{ xs: 2, md: 4 }} gap="400">
          <Figure label={t("basis.label.customers")} value={formats.number(customers)} />
          <Figure
            label={t("basis.label.returning")}
            value={customers === 0 ? "–" : formats.percent(returning / customers)}
            note={t("basis.ofCustomers", { returning: formats.number(returning), total: formats.number(customers) })}
          />
          <Figure
            label={t("basis.label.orders")}
            value={perCustomer === undefined ? "–" : formats.factor(perCustomer)}
          />
          <Figure
            label={t("basis.label.pace")}
            value={nextOrder === null ? "–" : t("basis.days", { days: days(nextOrder.medianDays) })}
            note={
              nextOrder === null
                ? t("basis.paceUnknown")
                : t("basis.between", { from: days(nextOrder.fromDays), to: days(nextOrder.toDays) })
            }
          />
        </InlineGrid>
        <Text as="p" tone="subdued">
          {formats.sentences([
            ...(firstAt === null
              ? []
              : [
                  t("basis.learnt", {
                    ...counted(learnt.orders),
                    time: formats.dateTime(learnt.learntAt),
                    date: formats.date(firstAt),
                  }),
                ]),
            ...(learnt.unknownCustomer === 0 ? [] : [t("basis.unknown", counted(learnt.unknownCustomer))]),
            ...(learnt.otherCurrency === 0 ? [] : [t("basis.otherCurrency", counted(learnt.otherCurrency))]),
            t("basis.privacy"),
          ])}
        </Text>
      </BlockStack>
    </Card>
  );
}

/** One figure with its name above and what it is of beneath. */
export function Figure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="bodySm" tone="subdued">
        {label}
      </Text>
      <Text as="p" variant="headingLg" numeric>
        {value}
      </Text>
      {note === undefined ? null : (
        <Text as="p" variant="bodySm" tone="subdued">
          {note}
        </Text>
      )}
    </BlockStack>
  );
}
