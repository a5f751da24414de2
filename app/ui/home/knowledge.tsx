import { BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { HomeView, LeftOutView } from "../../domain/reports/views.ts";
import { useFormats } from "../locale-provider.tsx";
import { RankingLink } from "../ranking/ranking-link.tsx";
import { rankerName } from "../ranker-name.ts";

/** What was read and what was learned from it, in plain figures. */
export function Learned({ view }: { view: HomeView }) {
  const { t } = useTranslation("home");
  const formats = useFormats(view.shop.timezone);
  const { mining } = view;
  const figures: { key: string; value: string }[] = [
    { key: "orders", value: formats.number(mining.orders) },
    { key: "baskets", value: formats.number(mining.baskets) },
    { key: "products", value: formats.number(mining.products) },
    { key: "pairs", value: formats.number(mining.pairs) },
    { key: "withCompanions", value: formats.number(mining.productsWithCompanions) },
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("learned.title")}
        </Text>
        <Text as="p" tone="subdued">
          {t(`learned.status.${mining.status}`, {
            time: mining.finishedAt === null ? "" : formats.dateTime(mining.finishedAt),
          })}
        </Text>
        {mining.status === "never" ? null : (
          <>
            <FigureList figures={figures.map(({ key, value }) => ({ label: t(`learned.figure.${key}`), value }))} />
            {view.import?.historyFrom == null ? null : (
              <Text as="p" tone="subdued">
                {t("learned.history", { date: formats.date(view.import.historyFrom) })}
              </Text>
            )}
            {mining.ranker === null ? null : (
              <Text as="p" tone="subdued">
                {t("learned.ranker", { ranker: rankerName(mining.ranker, t) })}
              </Text>
            )}
            <div>
              <Button variant="plain" url="/app/bought-together">
                {t("learned.toBoughtTogether")}
              </Button>
            </div>
            <RankingLink />
          </>
        )}
      </BlockStack>
    </Card>
  );
}

/**
 * What the miner did not count, each reason with its figures: the merchant can check that nothing is missing.
 * `ready` once orders were worked through; before, nothing can be said.
 */
export function LeftOut({ leftOut, ready }: { leftOut: readonly LeftOutView[]; ready: boolean }) {
  const { t, i18n } = useTranslation("home");
  const formats = useFormats();
  const reasons = leftOut
    .toSorted((a, b) => b.lines - a.lines)
    .map((entry) => {
      const key = `leftOut.reason.${entry.reason}`;
      return {
        label: i18n.exists(`home:${key}`) ? t(key) : t("leftOut.otherReason", { code: entry.reason }),
        value: t("leftOut.lines", { count: entry.lines, lines: formats.number(entry.lines) }),
        note: t("leftOut.orders", { count: entry.orders, orders: formats.number(entry.orders) }),
      };
    });
  const intro = reasons.length > 0 ? t("leftOut.intro") : ready ? t("leftOut.none") : t("leftOut.later");
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("leftOut.title")}
        </Text>
        <Text as="p" tone="subdued">
          {intro}
        </Text>
        {reasons.length === 0 ? null : <FigureList figures={reasons} />}
      </BlockStack>
    </Card>
  );
}

function FigureList({ figures }: { figures: { label: string; value: string; note?: string }[] }) {
  return (
    <ul className="tsuide-figures tsuide-divided">
      {figures.map(({ label, value, note }) => (
        <li key={label}>
          <Box paddingBlock="150">
            <InlineStack align="space-between" blockAlign="start" gap="300" wrap={false}>
              <Text as="span">{label}</Text>
              <div className="tsuide-figure">
                <Text as="span" numeric fontWeight="medium" alignment="end">
                  {value}
                </Text>
                {note === undefined ? null : (
                  <Text as="span" variant="bodySm" tone="subdued" alignment="end">
                    {note}
                  </Text>
                )}
              </div>
            </InlineStack>
          </Box>
        </li>
      ))}
    </ul>
  );
}
