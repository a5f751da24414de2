import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ExperimentView } from "../../../views/experiments-view.ts";
import { WideTable } from "../../charts/wide-table.tsx";
import { CsvButton } from "../../csv/csv-button.tsx";
import { Disclosure } from "../../kit/disclosure.tsx";
import { useFormats } from "../../kit/locale-provider.tsx";
import { experimentFileAddress } from "./address.ts";
import { differenceText } from "./difference-text.ts";
import { useExperimentWords } from "./experiment-words.ts";
import { type GainLook, GainsChart } from "./gains-chart.tsx";

/** The difference of each variant over time, with its interval: as a chart, and as the table of its figures. */
export function GainsCard({ view }: { view: ExperimentView }) {
  const { t } = useTranslation("experiments");
  const words = useExperimentWords(view.timezone);
  const [control, ...variants] = words.arms(view);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("gains.title")}
        </Text>
        {variants.map((variant, place) => {
          const looks = view.looks.flatMap(({ gains, ...look }): GainLook[] => {
            const gain = gains[place] ?? null;
            return gain === null ? [] : [{ ...look, gain }];
          });
          const title = t("gains.of", { variant, control });
          return (
            <BlockStack key={variant} gap="200">
              <Text as="h3" variant="headingSm" breakWord>
                {title}
              </Text>
              {looks.length === 0 ? (
                <Text as="p">{t("gains.none")}</Text>
              ) : (
                <>
                  <GainsChart looks={looks} plannedDays={view.plan?.days ?? 0} title={title} />
                  <Disclosure label={t("chart.asTable")}>
                    <GainsTable looks={looks} title={title} timezone={view.timezone} />
                  </Disclosure>
                </>
              )}
            </BlockStack>
          );
        })}
        <Text as="p" tone="subdued">
          {t("gains.help")}
        </Text>
        {view.looks.length === 0 ? null : (
          <CsvButton address={experimentFileAddress(view.number, "looks")} file={t("gains.title")} />
        )}
      </BlockStack>
    </Card>
  );
}

/** All figures of the chart. */
export function GainsTable({
  looks,
  title,
  timezone,
}: {
  looks: readonly GainLook[];
  title: string;
  timezone: string;
}) {
  const { t } = useTranslation("experiments");
  const formats = useFormats(timezone);
  return (
    <WideTable label={title}>
      <table aria-label={title}>
        <thead>
          <tr>
            {(["day", "date", "estimate", "low", "high"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`gains.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {looks.map(({ day, at, gain }) => (
            <tr key={day}>
              <th scope="row">{formats.number(day)}</th>
              <td>{formats.shortDate(at)}</td>
              {[gain.estimate, gain.low, gain.high].map((share, place) => (
                <td key={place}>{differenceText(share, formats)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
