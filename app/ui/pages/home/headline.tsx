import { BlockStack, Card, InlineGrid, InlineStack, Text, Tooltip } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { HomeView } from "../../../views/home-view.ts";
import { Disclosure } from "../../kit/disclosure.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";

/** What the offers earned in the window, with the formula of each figure within reach. */
export function Headline({ headline, timezone }: { headline: HomeView["headline"]; timezone: string }) {
  const { t } = useTranslation("home");
  const formats = useFormats(timezone);
  const figures = {
    revenue: formats.money(headline.attributedRevenue),
    orders: formats.number(headline.attributedOrders),
    share: headline.share === null ? "–" : formats.percent(headline.share, 1),
    refunded: formats.money(headline.refunded),
  };
  const window = { from: formats.date(headline.from), to: formats.date(headline.to), timezone };
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t("headline.title")}
          </Text>
          <Text as="span" tone="subdued">
            {formats.dateRange(headline.from, headline.to)}
          </Text>
        </InlineStack>
        <InlineGrid columns={{ xs: 2, md: 4 }} gap="400">
          <Figure name="revenue" value={figures.revenue} />
          <Figure
            name="orders"
            value={figures.orders}
            note={t("headline.ofOrders", { count: headline.orders, total: formats.number(headline.orders) })}
          />
          <Figure
            name="share"
            value={figures.share}
            note={t("headline.ofRevenue", { total: formats.money(headline.totalRevenue) })}
          />
          <Figure name="refunded" value={figures.refunded} />
        </InlineGrid>
        {headline.attributedLines === 0 ? (
          <Text as="p" tone="subdued">
            {t("headline.empty")}
          </Text>
        ) : null}
        {headline.otherCurrency === 0 ? null : (
          <Text as="p" tone="subdued">
            {t("headline.otherCurrency", {
              count: headline.otherCurrency,
              orders: formats.number(headline.otherCurrency),
            })}
          </Text>
        )}
        <Disclosure label={t("headline.explain")}>
          <BlockStack gap="200">
            <Text as="p">{t("headline.formula.revenue")}</Text>
            <Text as="p">{t("headline.formula.orders")}</Text>
            <Text as="p">{t("headline.formula.share")}</Text>
            <Text as="p">{t("headline.formula.window", window)}</Text>
            <Text as="p" tone="subdued">
              {t("headline.formula.caution")}
            </Text>
          </BlockStack>
        </Disclosure>
      </BlockStack>
    </Card>
  );
}

type FigureName = "revenue" | "orders" | "share" | "refunded";

function Figure({ name, value, note }: { name: FigureName; value: string; note?: string }) {
  const { t } = useTranslation("home");
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="bodySm" tone="subdued">
        <Tooltip content={t(`headline.help.${name}`)} hasUnderline>
          {t(`headline.label.${name}`)}
        </Tooltip>
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
