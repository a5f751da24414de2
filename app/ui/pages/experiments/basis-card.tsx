import { BlockStack, Card, List, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { POWER } from "../../../domain/measurement/experiments/plan.ts";
import { CAP_QUANTILE } from "../../../domain/statistics/capped-values.ts";
import { ALPHA } from "../../../domain/statistics/planned-looks.ts";
import type { PlannerView, PlanView } from "../../../views/planner-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

/** What the plan is made from, and what it takes for granted. */
export function BasisCard({ view, plan }: { view: PlannerView; plan: PlanView }) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  const past = {
    buyers: formats.number(view.pastBuyers),
    days: formats.number(view.pastDays),
    perDay: formats.number(plan.buyersPerDay),
    spent: formats.money(plan.meanSpent),
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("basis.title")}
        </Text>
        <List>
          <List.Item>{t("basis.past", past)}</List.Item>
          <List.Item>{t("basis.future")}</List.Item>
          <List.Item>{t("basis.chances", { found: formats.percent(POWER), false: formats.percent(ALPHA) })}</List.Item>
          {plan.cap === null ? null : (
            <List.Item>
              {t("basis.cap", { cap: formats.money(plan.cap), share: formats.percent(CAP_QUANTILE) })}
            </List.Item>
          )}
          <List.Item>{t("basis.visitors")}</List.Item>
        </List>
      </BlockStack>
    </Card>
  );
}
