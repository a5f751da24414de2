import { BlockStack, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { KEPT_DAYS } from "../../../domain/measurement/shop-event.ts";
import { shiftDay } from "../../../domain/time/report-days.ts";
import type { ResultsView } from "../../../views/results-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { FileButton } from "./file-button.tsx";

/** Files that are more than one table of the page. */
export function FilesCard({ view }: { view: ResultsView }) {
  const { t } = useTranslation("results");
  const formats = useFormats(view.shop.timezone);
  const [day, setDay] = useState(view.range.to);
  const { today } = view.shop;
  const first = shiftDay(today, -KEPT_DAYS);
  const isKept = /^\d{4}-\d{2}-\d{2}$/.test(day) && day >= first && day <= today;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("files.title")}
          </Text>
          <Text as="p" tone="subdued">
            {t("files.intro")}
          </Text>
        </BlockStack>
        <BlockStack gap="200" inlineAlign="start">
          <Text as="p">{t("files.lines", { period: formats.dateRange(view.range.from, view.range.to) })}</Text>
          <FileButton file="lines" range={view.range} label={t("files.saveLines")} />
        </BlockStack>
        <BlockStack gap="200" inlineAlign="start">
          <Text as="p">{t("files.credits")}</Text>
          <FileButton file="credits" range={view.range} label={t("files.saveCredits")} />
        </BlockStack>
        <BlockStack gap="200" inlineAlign="start">
          <Text as="p">{t("files.events", { days: formats.number(KEPT_DAYS) })}</Text>
          <InlineStack gap="200" blockAlign="end">
            <TextField
              type="date"
              label={t("files.day")}
              autoComplete="off"
              value={day}
              onChange={setDay}
              {...(isKept ? {} : { error: t("files.notKept", { first: formats.date(first) }) })}
            />
            {isKept ? (
              <FileButton file="events" range={{ name: "own", from: day, to: day }} label={t("files.saveEvents")} />
            ) : null}
          </InlineStack>
        </BlockStack>
        <BlockStack gap="200" inlineAlign="start">
          <Text as="p">{t("files.formulas")}</Text>
          <FileButton file="formulas" range={view.range} label={t("files.saveFormulas")} />
        </BlockStack>
      </BlockStack>
    </Card>
  );
}
