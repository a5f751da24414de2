import { BlockStack, Button, Card, FormLayout, Select, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  LONGEST_RANGE_DAYS,
  RANGE_NAMES,
  type RangeName,
  type RangeQuery,
  rangeRefusal,
} from "../../../domain/time/report-range.ts";
import type { RangeView } from "../../../views/results-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

interface RangeCardProps {
  range: RangeView;
  timezone: string;
  /** The day that it is in the shop. */
  today: string;
  loading: boolean;
  onRange: (range: RangeQuery) => void;
}

/** Which period the page is of: the usual ones at once, days of one's own once they make sense. */
export function RangeCard({ range, timezone, today, loading, onRange }: RangeCardProps) {
  const { t } = useTranslation("results");
  const formats = useFormats(timezone);
  const [asked, setAsked] = useState({ range: range.name, from: range.from, to: range.to });
  const [isSent, setSent] = useState(false);
  useEffect(() => {
    setAsked({ range: range.name, from: range.from, to: range.to });
    setSent(false);
  }, [range.name, range.from, range.to]);
  const refusal = rangeRefusal(asked, today);
  const choose = (name: RangeName) => {
    setAsked({ ...asked, range: name });
    if (name !== "own") onRange({ ...asked, range: name });
  };
  const apply = () => {
    setSent(true);
    if (refusal === null) onRange(asked);
  };
  const before = formats.dateRange(range.beforeFrom, range.beforeTo);
  const error =
    isSent && refusal !== null
      ? t(`range.refused.${refusal}`, { days: formats.number(LONGEST_RANGE_DAYS) })
      : undefined;
  return (
    <Card>
      <BlockStack gap="300">
        <FormLayout>
          <FormLayout.Group condensed>
            <Select
              label={t("range.label")}
              options={RANGE_NAMES.map((value) => ({ value, label: t(`range.name.${value}`) }))}
              value={asked.range}
              onChange={(name) => choose(name as RangeName)}
              disabled={loading}
            />
            {asked.range !== "own" ? null : (
              <TextField
                type="date"
                label={t("range.from")}
                autoComplete="off"
                value={asked.from}
                onChange={(from) => setAsked({ ...asked, from })}
                {...(error === undefined ? {} : { error })}
              />
            )}
            {asked.range !== "own" ? null : (
              <TextField
                type="date"
                label={t("range.to")}
                autoComplete="off"
                value={asked.to}
                onChange={(to) => setAsked({ ...asked, to })}
              />
            )}
          </FormLayout.Group>
        </FormLayout>
        {asked.range !== "own" ? null : (
          <div>
            <Button onClick={apply} loading={loading}>
              {t("range.apply")}
            </Button>
          </div>
        )}
        <Text as="p" tone="subdued">
          {formats.sentences([
            t("range.shown", { period: formats.dateRange(range.from, range.to), timezone }),
            range.beforeUpTo === null
              ? t("range.before", { period: before })
              : t("range.beforeUpTo", { period: before, time: formats.time(range.beforeUpTo) }),
          ])}
        </Text>
      </BlockStack>
    </Card>
  );
}
