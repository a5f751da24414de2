import { BlockStack, Box, Card, Divider, InlineGrid, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { AssistedView, FiguresView, ResultsEffectView, ResultsView } from "../../../views/results-view.ts";
import type { Late } from "../../kit/late-part.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";
import { changeText } from "./change-text.ts";
import { EffectPart } from "./effect-part.tsx";
import { Figure, type FigureProps, type FormulaInput } from "./figure.tsx";
import type { FormulaName } from "./formulas.ts";
import { IncrementalFigure } from "./incremental-figure.tsx";
import { windowWords } from "./result-words.ts";
import { linesAddress } from "./results-address.ts";

/** The three figures of revenue side by side, and what goes with them. Nothing here is added to anything else. */
export function FiguresCard({ view, effect }: { view: ResultsView; effect: Late<ResultsEffectView> }) {
  const { t } = useTranslation("results");
  const figure = useFigures(view);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("figures.title")}
          </Text>
          <Text as="p" tone="subdued">
            {t("figures.intro")}
          </Text>
        </BlockStack>
        <InlineGrid columns={{ xs: 1, md: 3 }} gap="400">
          <Figure {...figure.attributed} />
          <EffectPart effect={effect} view={view} lines={3}>
            {({ assisted }) => <AssistedFigure view={view} assisted={assisted} />}
          </EffectPart>
          <EffectPart effect={effect} view={view} lines={3}>
            {({ incremental }) => (
              <IncrementalFigure
                incremental={incremental}
                timezone={view.shop.timezone}
                window={figure.attributed.formula.window}
              />
            )}
          </EffectPart>
        </InlineGrid>
        <Divider />
        <InlineGrid columns={{ xs: 2, md: 5 }} gap="400">
          <Figure size="small" {...figure.attributedOrders} />
          <Figure size="small" {...figure.refunded} />
          <Figure size="small" {...figure.discount} />
          <Figure size="small" {...figure.averageOrder} />
          <Figure size="small" {...figure.unitsPerOrder} />
        </InlineGrid>
        {view.otherCurrencyOrders === 0 ? null : (
          <Box>
            <Text as="p" tone="subdued">
              {t("figures.otherCurrency", {
                count: view.otherCurrencyOrders,
                orders: view.otherCurrencyOrders,
                currency: view.shop.currency,
              })}
            </Text>
          </Box>
        )}
      </BlockStack>
    </Card>
  );
}

type FigureName = "attributed" | "attributedOrders" | "refunded" | "discount" | "averageOrder" | "unitsPerOrder";

function AssistedFigure({ view, assisted }: { view: ResultsView; assisted: AssistedView }) {
  const { t } = useTranslation("results");
  const { range, shop, now, assistance } = view;
  const formats = useFormats(shop.timezone);
  const windows = windowWords(assistance, useTranslation().t);
  const { orders, knownOrders } = assisted;
  return (
    <Figure
      label={t("figure.assisted")}
      value={formats.money(assisted.total)}
      note={formats.sentences([
        t("figures.assistedOrders", { count: orders, orders: formats.number(orders) }),
        t("figures.assistanceKnown", { known: formats.number(knownOrders), orders: formats.number(now.orders) }),
      ])}
      formula={{
        words: t("formula.of.assisted", windows),
        inputs: [
          { label: t("input.orders"), value: formats.number(orders) },
          ...(["through", "used", "seen"] as const).map((way) => ({
            ...{ label: t(`input.${way}`), value: formats.money(assisted[way]) },
          })),
          ...(assistance.asOf === null
            ? []
            : [{ label: t("input.visitsUpTo"), value: formats.dateTime(assistance.asOf) }]),
        ],
        window: t("formula.window", { period: formats.dateRange(range.from, range.to), timezone: shop.timezone }),
      }}
    />
  );
}

function useFigures({ now, before, range, shop }: ResultsView): Record<FigureName, FigureProps> {
  const { t } = useTranslation("results");
  const formats = useFormats(shop.timezone);
  const { money, number } = formats;
  const window = t("formula.window", { period: formats.dateRange(range.from, range.to), timezone: shop.timezone });
  const input = (name: string, value: string): FormulaInput => ({ label: t(`input.${name}`), value });
  const formula = (name: FormulaName, ...inputs: FormulaInput[]) => ({
    words: t(`formula.of.${name}`),
    inputs,
    window,
  });
  const change = (of: (figures: FiguresView) => number | null) =>
    changeText(of(now), of(before), formats, (values) => t("figures.change", values));
  const { attributed, refunded, discount, averageOrder, unitsPerOrder } = now;
  return {
    attributed: {
      label: t("figure.attributed"),
      value: money(attributed),
      note: change((figures) => figures.attributed.amountMinor),
      formula: formula("attributed", input("lines", number(now.attributedLines)), input("refunded", money(refunded))),
      linesUrl: linesAddress(range),
    },
    attributedOrders: {
      label: t("figure.attributedOrders"),
      value: number(now.attributedOrders),
      note: t("figures.ofOrders", { count: now.orders, orders: number(now.orders) }),
      formula: formula("attributedOrders", input("shopOrders", number(now.orders))),
      linesUrl: linesAddress(range),
    },
    refunded: {
      label: t("figure.refunded"),
      value: money(refunded),
      note: change((figures) => figures.refunded.amountMinor),
      formula: formula("refunded"),
      linesUrl: linesAddress(range, { refunded: "1" }),
    },
    discount: {
      label: t("figure.discount"),
      value: now.discountUnknownOrders > 0 && discount.amountMinor === 0 ? "–" : money(discount),
      note:
        now.discountUnknownOrders === 0
          ? change((figures) => figures.discount.amountMinor)
          : t("figures.discountUnknown", {
              count: now.discountUnknownOrders,
              orders: number(now.discountUnknownOrders),
            }),
      formula: formula(
        "discount",
        input("offItems", money(now.discountOnItems)),
        input("offShipping", money(now.discountOnShipping)),
      ),
    },
    averageOrder: {
      label: t("figure.averageOrder"),
      value: averageOrder === null ? "–" : money(averageOrder),
      note: change((figures) => figures.averageOrder?.amountMinor ?? null),
      formula: formula("averageOrder", input("net", money(now.net)), input("shopOrders", number(now.orders))),
    },
    unitsPerOrder: {
      label: t("figure.unitsPerOrder"),
      value: unitsPerOrder === null ? "–" : formats.decimal(unitsPerOrder, 2),
      note: change((figures) => figures.unitsPerOrder),
      formula: formula("unitsPerOrder", input("shopOrders", number(now.orders))),
    },
  };
}
