import { BlockStack, Card, InlineGrid, Page, Select } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type ComparisonName,
  COMPARISONS,
  DIFFERENCES,
  type PlannerQuery,
  SHARES_OF_COMPARISON,
} from "../../../domain/measurement/experiments/planner-query.ts";
import type { PlannerView, PlanView } from "../../../views/planner-view.ts";
import { EmptyList } from "../../kit/empty-list.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";
import { EXPERIMENTS } from "./address.ts";
import { AnswerCard } from "./answer-card.tsx";
import { BasisCard } from "./basis-card.tsx";
import { WeeksCard } from "./weeks-card.tsx";

export interface PlannerPageProps {
  view: PlannerView;
  /** An answer is on its way. */
  loading: boolean;
  onAsk: (query: PlannerQuery) => void;
}

/** How long an A/B test would take in the shop. It starts none. */
export function PlannerPage({ view, loading, onAsk }: PlannerPageProps) {
  const { t } = useTranslation("experiments");
  return (
    <Page
      title={t("planner.title")}
      subtitle={t("planner.subtitle")}
      backAction={{ content: t("title"), url: EXPERIMENTS }}
    >
      <TitleBar title={t("planner.title")} />
      <BlockStack gap="400">
        {view.plan === null ? <FewBuyers view={view} /> : <Planner plan={view.plan} {...{ view, loading, onAsk }} />}
      </BlockStack>
    </Page>
  );
}

function FewBuyers({ view }: { view: PlannerView }) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  const figures = { days: formats.number(view.pastDays), needed: formats.number(view.neededBuyers) };
  return (
    <Card>
      <EmptyList heading={t("few.title")} action={{ content: t("few.action"), url: "/app" }}>
        <p>{t("few.text", { count: view.pastBuyers, buyers: formats.number(view.pastBuyers), ...figures })}</p>
      </EmptyList>
    </Card>
  );
}

function Planner({ view, plan, loading, onAsk }: PlannerPageProps & { plan: PlanView }) {
  return (
    <>
      <InlineGrid columns={{ xs: "1fr", md: "minmax(0, 1fr) minmax(0, 1fr)" }} gap="400" alignItems="start">
        <QuestionCard plan={plan} {...{ view, loading, onAsk }} />
        <div aria-live="polite" aria-busy={loading} className={loading ? "tsuide-loading" : ""}>
          <AnswerCard comparison={view.comparison} plan={plan} />
        </div>
      </InlineGrid>
      <div aria-busy={loading} className={loading ? "tsuide-loading" : ""}>
        <WeeksCard plan={plan} />
      </div>
      <BasisCard view={view} plan={plan} />
    </>
  );
}

function QuestionCard({ view, plan, loading, onAsk }: PlannerPageProps & { plan: PlanView }) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  const [asked, setAsked] = useState({ comparison: view.comparison, percent: plan.percent });
  useEffect(() => {
    if (!loading) setAsked({ comparison: view.comparison, percent: plan.percent });
  }, [view.comparison, plan.percent, loading]);
  const ask = (changed: Partial<typeof asked>) => {
    const query = { ...asked, ...changed };
    setAsked(query);
    onAsk(query);
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Select
          label={t("question.comparison")}
          helpText={t(`question.help.${asked.comparison}`, {
            heldOut: formats.percent(SHARES_OF_COMPARISON.holdout[0]!),
            shown: formats.percent(SHARES_OF_COMPARISON.holdout[1]!),
          })}
          options={COMPARISONS.map((value) => ({ value, label: t(`question.of.${value}`) }))}
          value={asked.comparison}
          onChange={(comparison) => ask({ comparison: comparison as ComparisonName })}
        />
        <Select
          label={t("question.difference")}
          helpText={t("question.differenceHelp")}
          options={DIFFERENCES.map((percent) => ({ value: String(percent), label: formats.percent(percent / 100) }))}
          value={String(asked.percent)}
          onChange={(percent) => ask({ percent: Number(percent) })}
        />
      </BlockStack>
    </Card>
  );
}
