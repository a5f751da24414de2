import { BlockStack, Checkbox, FormLayout, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { nextRun, schedule as scheduleShape, scheduleState, type Schedule } from "../../domain/offers/schedule.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import type { ControlProps } from "../forms/shape-fields.tsx";
import { switchOf } from "../forms/shape-form.ts";
import { useFormats } from "../kit/locale-provider.tsx";
import { useShapeWords } from "../forms/use-shape-words.ts";

/** Fields and words of a schedule are the same for offers of all types. */
const DESCRIPTION = contentShape("goal").description;

/** When an offer is shown, by the clocks of the shop. */
export function ScheduleControl({ name, form, onChange, errors, timezone }: ControlProps & { timezone: string }) {
  const { t } = useTranslation("offers");
  const words = useShapeWords("offers", DESCRIPTION);
  const isOn = form[switchOf(name)] === true;
  const time = (part: "from" | "to") => {
    const field = `${name}.${part}`;
    return (
      <TextField
        id={field}
        type="datetime-local"
        label={words.label(field)}
        value={String(form[field] ?? "")}
        onChange={(value) => onChange({ [field]: value.slice(0, 16) })}
        error={words.error(field, errors[field])}
        autoComplete="off"
      />
    );
  };
  const yearly = `${name}.yearly`;
  return (
    <BlockStack gap="300">
      <Checkbox
        id={switchOf(name)}
        label={words.label(switchOf(name))}
        checked={isOn}
        onChange={(checked) => onChange({ [switchOf(name)]: checked })}
      />
      {isOn ? (
        <FormLayout>
          <FormLayout.Group>
            {time("from")}
            {time("to")}
          </FormLayout.Group>
          <Checkbox
            id={yearly}
            label={words.label(yearly)}
            helpText={words.help(yearly)}
            checked={form[yearly] === true}
            onChange={(checked) => onChange({ [yearly]: checked })}
          />
          <BlockStack gap="100">
            <NextRun schedule={scheduleIn(name, form)} timezone={timezone} />
            <Text as="p" tone="subdued">
              {t("schedule.timezone", { timezone })}
            </Text>
          </BlockStack>
        </FormLayout>
      ) : null}
    </BlockStack>
  );
}

/** What the form says of the schedule; null while it is no possible one. */
function scheduleIn(name: string, form: ControlProps["form"]): Schedule | null {
  const time = (part: "from" | "to") => (form[`${name}.${part}`] === "" ? null : form[`${name}.${part}`]);
  const parsed = scheduleShape.parse({ from: time("from"), to: time("to"), yearly: form[`${name}.yearly`] === true });
  return parsed.ok ? parsed.value : null;
}

/** When the offer next runs by this schedule, in words, before it is saved. */
function NextRun({ schedule, timezone }: { schedule: Schedule | null; timezone: string }) {
  const { t } = useTranslation("offers");
  const formats = useFormats(timezone);
  const [now] = useState(() => new Date());
  const text = () => {
    if (schedule === null) return "";
    const run = nextRun(schedule, now, timezone);
    if (run === null) return t("schedule.next.over");
    const [from, to] = [run.from, run.to].map((at) => (at === null ? null : formats.dateTime(at.toISOString())));
    if (scheduleState(schedule, now, timezone) === "running") {
      return to === null ? t("schedule.next.runs") : t("schedule.next.runsUntil", { to });
    }
    return to === null ? t("schedule.next.begins", { from }) : t("schedule.next.runsBetween", { from, to });
  };
  return (
    <span aria-live="polite">
      <Text as="span">{text()}</Text>
    </span>
  );
}
