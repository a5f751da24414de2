import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { PlanView } from "../../../views/planner-view.ts";
import { WideTable } from "../../charts/wide-table.tsx";
import { Disclosure } from "../../kit/disclosure.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";
import { differenceText } from "./difference-text.ts";
import { WeeksChart } from "./weeks-chart.tsx";

/** What can be found after how many weeks: as a chart, and as the table of its figures. */
export function WeeksCard({ plan }: { plan: PlanView }) {
  const { t } = useTranslation("experiments");
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("chart.title")}
        </Text>
        <WeeksChart plan={plan} />
        <Disclosure label={t("chart.asTable")}>
          <WeeksTable curve={plan.curve} />
        </Disclosure>
      </BlockStack>
    </Card>
  );
}

/** All figures of the chart. */
export function WeeksTable({ curve }: Pick<PlanView, "curve">) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  return (
    <WideTable label={t("chart.title")}>
      <table aria-label={t("chart.title")}>
        <thead>
          <tr>
            <th scope="col">{t("chart.weeks")}</th>
            <th scope="col">{t("chart.difference")}</th>
          </tr>
        </thead>
        <tbody>
          {curve.map(({ weeks, difference }) => (
            <tr key={weeks}>
              <th scope="row">{formats.number(weeks)}</th>
              <td>{differenceText(difference, formats)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
