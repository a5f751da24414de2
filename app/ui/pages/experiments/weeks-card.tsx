import { BlockStack, Box, Button, Card, Collapsible, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlanView } from "../../../views/planner-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { differenceText } from "./difference-text.ts";
import { WeeksChart } from "./weeks-chart.tsx";

/** What can be found after how many weeks: as a chart, and as the table of its figures. */
export function WeeksCard({ plan }: { plan: PlanView }) {
  const { t } = useTranslation("experiments");
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("chart.title")}
        </Text>
        <WeeksChart plan={plan} />
        <div>
          <Button
            variant="plain"
            disclosure={open ? "up" : "down"}
            ariaExpanded={open}
            ariaControls={id}
            onClick={() => setOpen(!open)}
          >
            {t("chart.asTable")}
          </Button>
        </div>
        <Collapsible id={id} open={open} transition={false}>
          <Box paddingBlockStart="100">
            <WeeksTable curve={plan.curve} />
          </Box>
        </Collapsible>
      </BlockStack>
    </Card>
  );
}

/** All figures of the chart. */
export function WeeksTable({ curve }: Pick<PlanView, "curve">) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  return (
    <table className="tsuide-weeks-table" aria-label={t("chart.title")}>
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
  );
}
