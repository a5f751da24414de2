import { BlockStack, InlineGrid, Link, List, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addTotals, breakEven, type MonthTotals, NO_TOTALS } from "../../../domain/backtest/month-totals.ts";
import { parseDecimal } from "../../../domain/money/money.ts";
import type { BacktestView, ExampleView } from "../../../views/backtest-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { MonthChart } from "./month-chart.tsx";

type Outcome = Extract<NonNullable<BacktestView["outcome"]>, { code: "replayed" }>;

interface BacktestResultProps {
  outcome: Outcome;
  shop: BacktestView["shop"];
}

/** Everything that came out: figures, months, orders, and what past orders cannot say. */
export function BacktestResult({ outcome, shop }: BacktestResultProps) {
  const { t } = useTranslation("backtest");
  const formats = useFormats(shop.timezone);
  const sum = outcome.months.reduce((totals, one) => addTotals(totals, one.totals), NO_TOTALS);
  const period = formats.dateRange(new Date(outcome.from).toISOString(), new Date(outcome.until).toISOString());
  return (
    <BlockStack gap="500">
      <Text as="p" tone="subdued">
        {t("period", { count: sum.orders, orders: formats.number(sum.orders), period })}
      </Text>
      <Figures outcome={outcome} sum={sum} />
      {outcome.givesSomething ? <Margin outcome={outcome} sum={sum} /> : <Text as="p">{t("free")}</Text>}
      <MonthChart outcome={outcome} />
      <Examples kind={outcome.givesSomething ? "given" : "shown"} examples={outcome.given} {...{ outcome, shop }} />
      <Examples kind="near" examples={outcome.near} {...{ outcome, shop }} />
      <Limits outcome={outcome} creditMinor={sum.creditMinor} />
    </BlockStack>
  );
}

function Figures({ outcome, sum }: { outcome: Outcome; sum: MonthTotals }) {
  const { t } = useTranslation("backtest");
  const formats = useFormats();
  const money = (amountMinor: number) => formats.money({ amountMinor, currency: outcome.currency });
  const share = (orders: number) => (sum.orders === 0 ? "–" : formats.percent(orders / sum.orders, 1));
  const margin = sum.costed === 0 ? "–" : money(Math.round(sum.marginMinor - sum.lostMinor));
  const costed = { count: sum.given, known: formats.number(sum.costed), given: formats.number(sum.given) };
  return (
    <InlineGrid columns={{ xs: 2, md: outcome.givesSomething ? 4 : 2 }} gap="400">
      <Figure label={t(outcome.givesSomething ? "figure.given" : "figure.shown")} value={formats.number(sum.given)}>
        {t("figure.ofOrders", { share: share(sum.given) })}
      </Figure>
      {outcome.givesSomething ? (
        <>
          <Figure label={t("figure.near")} value={formats.number(sum.near)}>
            {t("figure.nearHelp")}
          </Figure>
          {outcome.credit === null ? (
            <Figure label={t("figure.cost")} value={money(sum.discountMinor)}>
              {t("figure.costHelp")}
            </Figure>
          ) : (
            <Figure label={t("figure.credit")} value={money(sum.creditMinor)}>
              {t("figure.creditHelp")}
            </Figure>
          )}
          <Figure label={t("figure.margin")} value={margin}>
            {sum.costed === 0 ? t("figure.noCosts") : t("figure.costed", costed)}
          </Figure>
        </>
      ) : (
        <Figure label={t("figure.paid")} value={money(Math.round(sum.paidMinor))}>
          {t("figure.paidHelp")}
        </Figure>
      )}
    </InlineGrid>
  );
}

function Figure({ label, value, children }: { label: string; value: string; children: string }) {
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="bodySm" tone="subdued">
        {label}
      </Text>
      <Text as="p" variant="headingLg" numeric>
        {value}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {children}
      </Text>
    </BlockStack>
  );
}

/** At how many more orders the offer pays for itself; what shipping costs is asked for, since orders do not say. */
function Margin({ outcome, sum }: { outcome: Outcome; sum: MonthTotals }) {
  const { t } = useTranslation("backtest");
  const formats = useFormats();
  const [fee, setFee] = useState("");
  const paysShipping = outcome.paysShipping && sum.freeShipping > 0;
  const parsed = fee.trim() === "" ? null : parseDecimal(fee.trim(), outcome.currency);
  const isWrong = fee.trim() !== "" && (parsed === null || parsed.amountMinor < 0);
  const shippingMinor = paysShipping && !isWrong ? (parsed?.amountMinor ?? 0) : 0;
  const found = breakEven(sum, shippingMinor);
  const shipped = { count: sum.freeShipping, orders: formats.number(sum.freeShipping) };
  const money = (amountMinor: number) => formats.money({ amountMinor, currency: outcome.currency });
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t("breakEven.title")}
      </Text>
      {paysShipping ? (
        <TextField
          label={t("breakEven.fee", { currency: outcome.currency })}
          helpText={t("breakEven.feeHelp", shipped)}
          value={fee}
          onChange={setFee}
          autoComplete="off"
          inputMode="decimal"
          {...(isWrong ? { error: t("breakEven.notAnAmount") } : {})}
        />
      ) : null}
      {paysShipping && shippingMinor > 0 ? (
        <Text as="p">{t("breakEven.shipping", { cost: money(sum.freeShipping * shippingMinor) })}</Text>
      ) : null}
      {paysShipping && shippingMinor === 0 && found.code === "free" ? null : (
        <Text as="p">
          {t(`breakEven.${found.code}`, {
            share: found.code === "share" ? formats.percent(found.share, found.share < 0.1 ? 1 : 0) : "",
            more: found.code === "share" ? formats.number(Math.ceil(found.share * sum.given)) : "",
            given: formats.number(sum.given),
          })}
        </Text>
      )}
    </BlockStack>
  );
}

interface ExamplesProps extends BacktestResultProps {
  kind: "given" | "shown" | "near";
  examples: readonly ExampleView[];
}

function Examples({ kind, examples, outcome, shop }: ExamplesProps) {
  const { t } = useTranslation("backtest");
  const formats = useFormats(shop.timezone);
  const money = (amountMinor: number) => formats.money({ amountMinor, currency: outcome.currency });
  if (examples.length === 0) return null;
  const words = ({ miss, discountMinor, creditMinor, shipsFree }: ExampleView) => {
    if (miss?.short === "amount") return t("example.amount", { amount: money(miss.amountMinor) });
    if (miss !== null) {
      return miss.title === "" ? t("example.gone") : t(`example.${miss.short}`, { product: miss.title });
    }
    const got = [
      ...(discountMinor > 0 ? [t("example.off", { amount: money(discountMinor) })] : []),
      ...(creditMinor > 0 ? [t("example.credit", { amount: money(creditMinor) })] : []),
      ...(shipsFree ? [t("example.ships")] : []),
    ];
    return got.length === 0 ? t("example.returned") : formats.list(got);
  };
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t(`examples.${kind}`)}
      </Text>
      <List>
        {examples.map((example) => (
          <List.Item key={example.id}>
            <Link url={`https://${shop.domain}/admin/orders/${example.id}`} target="_top">
              {example.name}
            </Link>
            {" · "}
            {formats.date(new Date(example.at).toISOString())}
            {" · "}
            {money(example.valueMinor)}
            {kind === "shown" ? "" : ` · ${words(example)}`}
          </List.Item>
        ))}
      </List>
    </BlockStack>
  );
}

/** What past orders cannot say, and which of them were left out. */
function Limits({ outcome, creditMinor }: { outcome: Outcome; creditMinor: number }) {
  const { t } = useTranslation("backtest");
  const formats = useFormats();
  const { unanswered, otherCurrencies, currency, credit } = outcome;
  const budgetMinor = credit?.budgetMinor ?? null;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t("limits.title")}
      </Text>
      <Text as="p">{t("limits.shoppers")}</Text>
      <List>
        <List.Item>{t("limits.catalogue")}</List.Item>
        {outcome.givesSomething ? <List.Item>{t("limits.others")}</List.Item> : null}
        {credit === null ? null : <List.Item>{t("limits.credit")}</List.Item>}
        {budgetMinor === null || creditMinor < budgetMinor ? null : (
          <List.Item>{t("limits.budget", { budget: formats.money({ amountMinor: budgetMinor, currency }) })}</List.Item>
        )}
        {unanswered.length === 0 ? null : (
          <List.Item>
            {t("limits.unanswered", { conditions: formats.list(unanswered.map((name) => t(`unanswered.${name}`))) })}
          </List.Item>
        )}
        {otherCurrencies === 0 ? null : (
          <List.Item>
            {t("limits.currencies", { count: otherCurrencies, orders: formats.number(otherCurrencies) })}
          </List.Item>
        )}
      </List>
    </BlockStack>
  );
}
