import { BlockStack, Card, Checkbox, ChoiceList, Text, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SimulatedState } from "../../../domain/simulation/simulated-query.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import type { QueryProps } from "./query-props.ts";
import { useOfferNames } from "./outcome-words.ts";

/** Which state of the offers prices the cart: what Shopify holds, or what would be published. */
export function StateCard({ view, query, onChange }: QueryProps) {
  const { t } = useTranslation("simulator");
  const formats = useFormats(view.timezone);
  return (
    <Card>
      <BlockStack gap="300">
        <ChoiceList
          title={
            <Text as="h2" variant="headingMd">
              {t("state.title")}
            </Text>
          }
          choices={[
            {
              value: "published",
              label: t("state.published"),
              helpText:
                view.publishedAt === null
                  ? t("state.never")
                  : t("state.publishedAt", { time: formats.dateTime(view.publishedAt) }),
            },
            { value: "planned", label: t("state.planned"), helpText: t("state.plannedHelp") },
          ]}
          selected={[query.state]}
          onChange={([state]) => onChange({ state: state as SimulatedState })}
        />
        {query.state === "planned" ? <Plan {...{ view, query, onChange }} /> : null}
      </BlockStack>
    </Card>
  );
}

function Plan({ view, query, onChange }: QueryProps) {
  const { t } = useTranslation("simulator");
  const names = useOfferNames(view.inactive);
  return (
    <BlockStack gap="300">
      <TextField
        type="datetime-local"
        label={t("state.at")}
        helpText={t("state.atHelp", { timezone: view.timezone })}
        value={query.at ?? ""}
        autoComplete="off"
        onChange={(at) => onChange({ at: at === "" ? null : at.slice(0, 16) })}
      />
      {view.inactive.length === 0 ? null : (
        <BlockStack gap="100">
          <Text as="h3" variant="headingSm">
            {t("state.include")}
          </Text>
          {view.inactive.map(({ number, status }) => (
            <Checkbox
              key={number}
              label={
                status === "paused"
                  ? t("state.pausedOffer", { offer: names(number) })
                  : t("state.draftOffer", { offer: names(number) })
              }
              checked={query.included.includes(number)}
              onChange={(checked) =>
                onChange({
                  included: checked
                    ? [...query.included, number]
                    : query.included.filter((included) => included !== number),
                })
              }
            />
          ))}
        </BlockStack>
      )}
    </BlockStack>
  );
}
