import { BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { HomeView, LeftOutView } from "../../../views/home-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { RankingLink } from "../ranking/ranking-link.tsx";
import { rankerName } from "../../kit/ranker-name.ts";

/** What was read and what was learned from it, in plain figures. */
export function Learned({ view }: { view: HomeView }) {
  const { t } = useTranslation("home");
  const formats = useFormats(view.shop.timezone);
  const { mining } = view;
  const { orders, baskets, products, pairs } = mining;
  const { withEvidence, shown, mode } = view.offers;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("learned.title")}
        </Text>
        {mining.status === "done" ? null : (
          <Text as="p" tone="subdued">
            {t(`learned.status.${mining.status}`)}
          </Text>
        )}
        {mining.status === "never" ? null : (
          <>
            <DatedFigures
              of="analysed"
              time={mining.analysedAt}
              figures={{ orders, baskets, products }}
              {...view.shop}
            />
            <DatedFigures of="counted" time={mining.countedAt} figures={{ pairs }} {...view.shop} />
            <DatedFigures
              of="published"
              time={view.offers.publishedAt}
              figures={{ withEvidence, shown }}
              {...view.shop}
            />
            {mode === "automatic" || view.paused ? null : (
              <Text as="p" tone="subdued">
                {t(`learned.mode.${mode}`)}
              </Text>
            )}
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

interface LeftOutProps {
  leftOut: readonly LeftOutView[];
  mining: HomeView["mining"];
  timezone: string;
}

/** What the miner did not count, each reason with its figures: the merchant can check that nothing is missing. */
export function LeftOut({ leftOut, mining, timezone }: LeftOutProps) {
  const { t, i18n } = useTranslation("home");
  const formats = useFormats(timezone);
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
  const ready = mining.status !== "never";
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
        {reasons.length === 0 || mining.countedAt === null ? null : (
          <BlockStack gap="050">
            <Text as="h3" variant="bodySm" tone="subdued">
              {t("learned.at.counted", { time: formats.dateTime(mining.countedAt) })}
            </Text>
            <FigureList figures={reasons} />
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}

interface DatedFiguresProps {
  /** What happened at the time: every figure is as of then. */
  of: "analysed" | "counted" | "published";
  time: string | null;
  figures: Readonly<Record<string, number>>;
  timezone: string;
}

/** Figures of one age, under the time that they are of. */
function DatedFigures({ of, time, figures, timezone }: DatedFiguresProps) {
  const { t } = useTranslation("home");
  const formats = useFormats(timezone);
  if (time === null) return null;
  return (
    <BlockStack gap="050">
      <Text as="h3" variant="bodySm" tone="subdued">
        {t(`learned.at.${of}`, { time: formats.dateTime(time) })}
      </Text>
      <FigureList
        figures={Object.entries(figures).map(([key, value]) => ({
          label: t(`learned.figure.${key}`),
          value: formats.number(value),
        }))}
      />
    </BlockStack>
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
