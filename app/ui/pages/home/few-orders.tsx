import { BlockStack, Button, Card, List, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { FewOrdersView } from "../../../views/home-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

/** Why nothing is suggested yet, how long that will be so, and what a person can do now. */
export function FewOrders({ few, orders }: { few: FewOrdersView; orders: number }) {
  const { t } = useTranslation("home");
  const formats = useFormats();
  const { ordersMissing, bestSellers } = few;
  return (
    <Card>
      <BlockStack gap="300" inlineAlign="start">
        <Text as="h2" variant="headingMd">
          {t("few.title")}
        </Text>
        <Text as="p">{t("few.text", { count: orders, orders: formats.number(orders) })}</Text>
        <Text as="p">
          {ordersMissing === null
            ? t("few.unknown")
            : t("few.missing", { count: ordersMissing, orders: formats.number(ordersMissing) })}
        </Text>
        {bestSellers.length === 0 ? null : (
          <BlockStack gap="100">
            <Text as="h3" variant="headingSm">
              {t("few.bestSellers")}
            </Text>
            <List>
              {bestSellers.map(({ title, orders: count }, place) => (
                <List.Item key={place}>
                  {t("few.bestSeller", { title, count, orders: formats.number(count) })}
                </List.Item>
              ))}
            </List>
          </BlockStack>
        )}
        <Button variant="primary" url="/app/bought-together">
          {t("few.pin")}
        </Button>
      </BlockStack>
    </Card>
  );
}
