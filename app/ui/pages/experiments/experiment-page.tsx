import { Badge, Banner, BlockStack, Page } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ExperimentView } from "../../../views/experiments-view.ts";
import { TitleBar } from "../../kit/title-bar.tsx";
import type { EmbedInTheme } from "../../kit/use-split-embed.ts";
import { EXPERIMENTS } from "./address.ts";
import { ArmsCard } from "./arms-card.tsx";
import { ChecksCard } from "./checks-card.tsx";
import { EmbedNotice } from "./embed-notice.tsx";
import { ExperimentForm, sentContent } from "./experiment-form.tsx";
import { type SentAnswer, STATE_TONES, stateOf, useExperimentWords } from "./experiment-words.ts";
import { GainsCard } from "./gains-card.tsx";
import { OutlookCard } from "./outlook-card.tsx";
import { DeleteModal, StartModal, StopModal } from "./step-modals.tsx";
import { VerdictCard } from "./verdict-card.tsx";

interface ExperimentPageProps {
  view: ExperimentView;
  embed: EmbedInTheme;
  answer: SentAnswer | null;
  sending: boolean;
  send: (fields: Record<string, string>) => void;
}

/** One experiment: its form while it is a draft, and from its start what it shows. */
export function ExperimentPage(props: ExperimentPageProps) {
  return props.view.status === "draft" ? <DraftPage {...props} /> : <StartedPage {...props} />;
}

function DraftPage({ view, embed, answer, sending, send }: ExperimentPageProps) {
  const { t } = useTranslation("experiments");
  const words = useExperimentWords(view.timezone);
  const [content, setContent] = useState(view.content);
  const [asked, ask] = useState<"start" | "delete" | null>(null);
  const sent = JSON.stringify(sentContent(content));
  const isChanged = sent !== JSON.stringify(sentContent(view.content));
  const version = String(view.version);
  const said = words.answer(answer, view.offers);
  return (
    <Page
      title={words.name(view)}
      titleMetadata={<Badge tone={STATE_TONES.draft}>{words.state("draft")}</Badge>}
      backAction={{ content: t("title"), url: EXPERIMENTS }}
      primaryAction={
        isChanged
          ? {
              content: t("form.save"),
              loading: sending,
              onAction: () => send({ intent: "save", version, content: sent }),
            }
          : {
              content: t("start"),
              loading: sending,
              // What is missing stands below, see OutlookCard.
              disabled: view.outlook !== null && "refusal" in view.outlook,
              onAction: () => ask("start"),
            }
      }
      secondaryActions={[
        ...(isChanged ? [{ content: t("form.discard"), onAction: () => setContent(view.content) }] : []),
        { content: t("delete"), destructive: true, onAction: () => ask("delete") },
      ]}
    >
      <TitleBar title={words.name(view)} />
      <BlockStack gap="400">
        {said === null && isChanged ? <Banner tone="info">{t("saveFirst")}</Banner> : null}
        {said === null ? null : (
          <Banner tone="critical" title={answer?.code === "refused" ? t("notStarted") : undefined}>
            {said}
          </Banner>
        )}
        {isChanged ? null : <OutlookCard {...view} />}
        <EmbedNotice embed={embed} />
        <ExperimentForm
          content={content}
          offers={view.offers}
          errors={answer?.code === "invalid" ? answer.errors : {}}
          onChange={setContent}
        />
      </BlockStack>
      <StartModal
        view={view}
        open={asked === "start"}
        onClose={() => ask(null)}
        onStart={() => send({ intent: "start", version })}
      />
      <DeleteModal
        open={asked === "delete"}
        onClose={() => ask(null)}
        onDelete={() => send({ intent: "delete", version })}
      />
    </Page>
  );
}

function StartedPage({ view, embed, answer, sending, send }: ExperimentPageProps) {
  const { t } = useTranslation("experiments");
  const words = useExperimentWords(view.timezone);
  const [stopping, setStopping] = useState(false);
  const state = stateOf(view);
  const said = words.answer(answer, view.offers);
  const stop = (keep: string) => send({ intent: "stop", version: String(view.version), keep });
  const measure = {
    content: t("measureNow"),
    loading: view.measuring !== null,
    onAction: () => send({ intent: "measure" }),
  };
  return (
    <Page
      title={words.name(view)}
      titleMetadata={<Badge tone={STATE_TONES[state]}>{words.state(state)}</Badge>}
      backAction={{ content: t("title"), url: EXPERIMENTS }}
      {...(view.status === "running"
        ? { primaryAction: { content: t("stop"), loading: sending, onAction: () => setStopping(true) } }
        : {})}
      secondaryActions={view.isDecided ? [] : [measure]}
    >
      <TitleBar title={words.name(view)} />
      <BlockStack gap="400">
        {said === null ? null : <Banner tone="critical">{said}</Banner>}
        {state === "decided" ? <Banner tone="info">{t("choose")}</Banner> : null}
        {view.status === "running" ? <EmbedNotice embed={embed} /> : null}
        {view.changedOffers.length === 0 ? null : <Banner tone="warning">{t("offersChanged")}</Banner>}
        <VerdictCard view={view} onKeep={() => setStopping(true)} />
        <GainsCard view={view} />
        {view.reading === null ? null : (
          <>
            <ArmsCard view={view} reading={view.reading} />
            <ChecksCard view={view} reading={view.reading} />
          </>
        )}
      </BlockStack>
      <StopModal view={view} open={stopping} onClose={() => setStopping(false)} onStop={stop} />
    </Page>
  );
}
