import { BlockStack, Button, Card, InlineStack, Link, Page, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { shiftDay } from "../../../domain/time/report-days.ts";
import { isDay } from "../../../domain/time/report-range.ts";
import type { DifferenceView, ReconciliationView } from "../../../views/reconciliation-view.ts";
import type { MoneyView } from "../../../views/money-view.ts";
import { Disclosure } from "../../kit/disclosure.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";
import { RESULTS } from "./results-address.ts";
import "./results.css";

interface ReconciliationPageProps {
  view: ReconciliationView;
  loading: boolean;
  onDay: (day: string) => void;
}

/** One day: net sales as Shopify's own report counts them, line by line to the figure that Tsuide shows. */
export function ReconciliationPage({ view, loading, onDay }: ReconciliationPageProps) {
  const { t } = useTranslation("reconciliation");
  return (
    <Page title={t("title")} subtitle={t("subtitle")} backAction={{ content: t("back"), url: RESULTS }}>
      <TitleBar title={t("title")} />
      <BlockStack gap="400">
        <DayCard view={view} loading={loading} onDay={onDay} />
        <div aria-busy={loading} className={loading ? "tsuide-loading" : ""}>
          <BlockStack gap="400">
            <SumCard view={view} />
            <LeftOutCard leftOut={view.leftOut} />
          </BlockStack>
        </div>
      </BlockStack>
    </Page>
  );
}

function DayCard({ view, loading, onDay }: ReconciliationPageProps) {
  const { t } = useTranslation("reconciliation");
  const { day, shop } = view;
  const [typed, setTyped] = useState(day);
  useEffect(() => setTyped(day), [day]);
  const isPossible = isDay(typed) && typed <= shop.today;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="end">
          <TextField
            type="date"
            label={t("day.label")}
            autoComplete="off"
            value={typed}
            onChange={setTyped}
            {...(isPossible ? {} : { error: t("day.refused") })}
          />
          <Button onClick={() => onDay(typed)} disabled={!isPossible || typed === day} loading={loading}>
            {t("day.show")}
          </Button>
        </InlineStack>
        <InlineStack gap="200">
          <Button variant="plain" onClick={() => onDay(shiftDay(day, -1))}>
            {t("day.before")}
          </Button>
          {day >= shop.today ? null : (
            <Button variant="plain" onClick={() => onDay(shiftDay(day, 1))}>
              {t("day.after")}
            </Button>
          )}
        </InlineStack>
        <Text as="p" tone="subdued">
          {t("day.timezone", { timezone: shop.timezone })}
        </Text>
      </BlockStack>
    </Card>
  );
}

function SumCard({ view }: { view: ReconciliationView }) {
  const { t } = useTranslation("reconciliation");
  const formats = useFormats(view.shop.timezone);
  const { shopify, ours, differences, day, shop } = view;
  const negative = ({ amountMinor, currency }: MoneyView) => ({ amountMinor: -amountMinor, currency });
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {formats.date(day)}
        </Text>
        <dl className="tsuide-sum">
          <SumRow label={t("line.gross")} amount={shopify.gross} />
          <SumRow label={t("line.discounts")} amount={negative(shopify.discounts)} />
          <SumRow label={t("line.returns")} amount={negative(shopify.returns)} />
          <SumRow label={t("line.shopify")} amount={shopify.net} isTotal />
          {differences.map((difference) => (
            <SumRow key={difference.reason} label={t(`reason.${difference.reason}.title`)} amount={difference.amount} />
          ))}
          <SumRow label={t("line.ours")} amount={ours} isTotal />
        </dl>
        {differences.length === 0 ? (
          <Text as="p">{t("same")}</Text>
        ) : (
          <BlockStack gap="300">
            <Text as="h3" variant="headingSm">
              {t("why")}
            </Text>
            {differences.map((difference) => (
              <DifferenceText key={difference.reason} difference={difference} shop={shop} />
            ))}
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}

function SumRow({ label, amount, isTotal = false }: { label: string; amount: MoneyView; isTotal?: boolean }) {
  const formats = useFormats();
  return (
    <div data-total={isTotal || undefined}>
      <dt>{label}</dt>
      <dd>{formats.money(amount)}</dd>
    </div>
  );
}

function DifferenceText({ difference, shop }: { difference: DifferenceView; shop: ReconciliationView["shop"] }) {
  const { t } = useTranslation("reconciliation");
  const formats = useFormats(shop.timezone);
  const { reason, orders, orderCount, amount } = difference;
  const more = orderCount - orders.length;
  return (
    <BlockStack gap="100">
      <Text as="p">
        {t(`reason.${reason}.text`)} <b>{formats.money(amount)}</b>
      </Text>
      {orders.length === 0 ? null : (
        <Disclosure label={t("orders", { count: orderCount, orders: formats.number(orderCount) })}>
          <ul className="tsuide-order-parts">
            {orders.map((order) => (
              <li key={order.orderId}>
                <Link url={`https://${shop.domain}/admin/orders/${order.orderId}`} target="_top">
                  {order.name}
                </Link>{" "}
                {formats.money(order.amount)}
              </li>
            ))}
          </ul>
          {more === 0 ? null : (
            <Text as="p" tone="subdued">
              {t("more", { count: more, orders: formats.number(more) })}
            </Text>
          )}
        </Disclosure>
      )}
    </BlockStack>
  );
}

function LeftOutCard({ leftOut }: Pick<ReconciliationView, "leftOut">) {
  const { t } = useTranslation("reconciliation");
  const formats = useFormats();
  const { testOrders, tests, giftCards, taxes, otherCurrencyOrders } = leftOut;
  const rows = [
    ...(testOrders > 0 ? [[t("leftOut.tests", { count: testOrders, orders: testOrders }), formats.money(tests)]] : []),
    ...(giftCards.amountMinor > 0 ? [[t("leftOut.giftCards"), formats.money(giftCards)]] : []),
    ...(taxes.amountMinor > 0 ? [[t("leftOut.taxes"), formats.money(taxes)]] : []),
    ...(otherCurrencyOrders > 0 ? [[t("leftOut.otherCurrency"), formats.number(otherCurrencyOrders)]] : []),
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("leftOut.title")}
        </Text>
        <Text as="p" tone="subdued">
          {rows.length === 0 ? t("leftOut.nothing") : t("leftOut.intro")}
        </Text>
        {rows.length === 0 ? null : (
          <dl className="tsuide-sum">
            {rows.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </BlockStack>
    </Card>
  );
}
