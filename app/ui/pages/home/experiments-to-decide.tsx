import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ExperimentRowView } from "../../../views/experiments-view.ts";
import { experimentAddress } from "../experiments/address.ts";
import { useExperimentWords } from "../experiments/experiment-words.ts";

/** Experiments of which it is known what to keep, and which split shoppers until somebody ends them. */
export function ExperimentsToDecide({ experiments, timezone }: { experiments: ExperimentRowView[]; timezone: string }) {
  const { t } = useTranslation("experiments");
  const words = useExperimentWords(timezone);
  return experiments.map((row) => (
    <Card key={row.number}>
      <BlockStack gap="300" inlineAlign="start">
        <Text as="h2" variant="headingMd" breakWord>
          {t("home.title", { name: words.name(row) })}
        </Text>
        <Text as="p" breakWord>
          {words.verdict(row)}
        </Text>
        <InlineStack gap="200">
          <Button variant="primary" url={experimentAddress(row.number)}>
            {t("home.open")}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  ));
}
