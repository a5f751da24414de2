import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { StepChart } from "../../charts/step-chart.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";

/** The repeat funnel: of 100 first-time customers, how many came back a second, third, fourth time. */
export function FunnelCard({ funnel }: { funnel: readonly number[] }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const first = funnel[0] ?? 0;
  const steps = funnel.filter((customers, step) => step < 2 || customers > 0);
  if (first === 0) return null;
  const share = (customers: number) => customers / first;
  const name = (step: number) => t("funnel.step", { times: formats.number(step + 1) });
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("funnel.title")}
          </Text>
          <Text as="p" tone="subdued">
            {t("funnel.intro")}
          </Text>
        </BlockStack>
        {/* The table beneath says the same: the picture is for the eye. */}
        <div role="img" aria-label={t("funnel.chart")}>
          <StepChart
            steps={steps.map((value, step) => ({ key: String(step), label: name(step), value, tone: "orders" }))}
            write={(customers) => formats.decimal(share(customers) * 100, 1)}
            unknown=""
          />
        </div>
        <table className="tsuide-table" aria-label={t("funnel.table")}>
          <thead>
            <tr>
              <th scope="col">{t("funnel.column.step")}</th>
              <th scope="col">{t("funnel.column.customers")}</th>
              <th scope="col">{t("funnel.column.ofHundred")}</th>
              <th scope="col">{t("funnel.column.ofBefore")}</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((customers, step) => (
              <tr key={step}>
                <th scope="row">{name(step)}</th>
                <td>{formats.number(customers)}</td>
                <td>{formats.decimal(share(customers) * 100, 1)}</td>
                <td>{step === 0 || steps[step - 1] === 0 ? "–" : formats.percent(customers / steps[step - 1]!)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Text as="p" variant="bodySm" tone="subdued">
          {t("funnel.note")}
        </Text>
      </BlockStack>
    </Card>
  );
}
