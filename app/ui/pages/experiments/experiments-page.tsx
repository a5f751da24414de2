import { Badge, BlockStack, Box, Card, InlineStack, Link, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ExperimentRowView, ExperimentsView } from "../../../views/experiments-view.ts";
import { EmptyList } from "../../kit/empty-list.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";
import type { EmbedInTheme } from "../../kit/use-split-embed.ts";
import { experimentAddress, newExperimentAddress, PLANNER } from "./address.ts";
import { EmbedNotice } from "./embed-notice.tsx";
import { STATE_TONES, stateOf, useExperimentWords } from "./experiment-words.ts";
import { HoldoutCard } from "./holdout-card.tsx";

interface ExperimentsPageProps {
  view: ExperimentsView;
  embed: EmbedInTheme;
  measuring: boolean;
  /** Whether a measurement was asked for on this page. */
  requested: boolean;
  onMeasure: () => void;
}

/** What runs, what came out, and what all offers together earn. */
export function ExperimentsPage({ view, embed, measuring, requested, onMeasure }: ExperimentsPageProps) {
  const { t } = useTranslation("experiments");
  const { experiments } = view;
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      primaryAction={{ content: t("create"), url: newExperimentAddress() }}
      secondaryActions={[{ content: t("plan"), url: PLANNER }]}
    >
      <TitleBar title={t("title")} />
      <BlockStack gap="400">
        <EmbedNotice embed={embed} />
        <Card padding="0">
          <Text as="h2" visuallyHidden>
            {t("list")}
          </Text>
          {experiments.length === 0 ? (
            <EmptyList heading={t("empty.title")} action={{ content: t("create"), url: newExperimentAddress() }}>
              <p>{t("empty.text")}</p>
            </EmptyList>
          ) : (
            <ul className="tsuide-products tsuide-divided">
              {experiments.map((row) => (
                <Row key={row.number} row={row} timezone={view.timezone} />
              ))}
            </ul>
          )}
        </Card>
        <HoldoutCard view={view.holdout} timezone={view.timezone} {...{ measuring, requested, onMeasure }} />
      </BlockStack>
    </Page>
  );
}

function Row({ row, timezone }: { row: ExperimentRowView; timezone: string }) {
  const { t } = useTranslation("experiments");
  const formats = useFormats(timezone);
  const words = useExperimentWords(timezone);
  const state = stateOf(row);
  const facts = [
    comparedNames(words.arms(row), row).join(t("against")),
    ...(row.startedAt === null ? [] : [t("since", { date: formats.date(row.startedAt) })]),
    ...(row.days === null || row.plannedDays === null
      ? []
      : [t("daysOf", { days: formats.number(row.days), planned: formats.number(row.plannedDays) })]),
  ];
  return (
    <li>
      <Box padding="400">
        <BlockStack gap="100">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h3" variant="headingSm" breakWord>
              <Link url={experimentAddress(row.number)} removeUnderline monochrome>
                {words.name(row)}
              </Link>
            </Text>
            <Badge tone={STATE_TONES[state]}>{words.state(state)}</Badge>
          </InlineStack>
          {state === "draft" ? null : <Text as="p">{words.verdict(row)}</Text>}
          <Text as="p" tone="subdued" variant="bodySm" breakWord>
            {facts.join(" · ")}
          </Text>
        </BlockStack>
      </Box>
    </li>
  );
}

/** What is held against nothing reads better before it. */
function comparedNames(names: readonly string[], { arms }: ExperimentRowView): readonly string[] {
  return arms[0]?.offer === null ? names.toReversed() : names;
}
