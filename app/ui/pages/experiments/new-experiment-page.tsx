import { Banner, BlockStack, Box, Button, Page } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NewExperimentView } from "../../../views/experiments-view.ts";
import { TitleBar } from "../../kit/title-bar.tsx";
import { EXPERIMENTS } from "./address.ts";
import { ExperimentForm, sentContent } from "./experiment-form.tsx";
import { type SentAnswer, useExperimentWords } from "./experiment-words.ts";

interface NewExperimentPageProps {
  view: NewExperimentView;
  answer: SentAnswer | null;
  sending: boolean;
  send: (fields: Record<string, string>) => void;
}

/** The form of a new experiment. What it makes is a draft, which splits nobody. */
export function NewExperimentPage({ view, answer, sending, send }: NewExperimentPageProps) {
  const { t } = useTranslation("experiments");
  const words = useExperimentWords();
  const [content, setContent] = useState(view.content);
  const said = words.answer(answer, view.offers);
  const create = () => send({ intent: "create", content: JSON.stringify(sentContent(content)) });
  return (
    <Page title={t("new")} subtitle={t("newHelp")} backAction={{ content: t("title"), url: EXPERIMENTS }}>
      <TitleBar title={t("new")} />
      <BlockStack gap="400">
        {said === null ? null : <Banner tone="critical">{said}</Banner>}
        <ExperimentForm
          content={content}
          offers={view.offers}
          errors={answer?.code === "invalid" ? answer.errors : {}}
          onChange={setContent}
        />
        <Box paddingInline={{ xs: "400", sm: "0" }} paddingBlockEnd="400">
          <Button variant="primary" loading={sending} onClick={create}>
            {t("form.save")}
          </Button>
        </Box>
      </BlockStack>
    </Page>
  );
}
