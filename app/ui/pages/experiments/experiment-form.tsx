import {
  BlockStack,
  Button,
  Card,
  ChoiceList,
  InlineError,
  InlineGrid,
  InlineStack,
  Select,
  Text,
  TextField,
} from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { type ExperimentContent, MOST_COMPARED } from "../../../domain/measurement/experiments/experiment.ts";
import { DIFFERENCES } from "../../../domain/measurement/experiments/planner-query.ts";
import type { ComparedOfferView } from "../../../views/experiments-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { useExperimentWords } from "./experiment-words.ts";

interface ExperimentFormProps {
  content: ExperimentContent;
  offers: readonly ComparedOfferView[];
  /** Codes by field, as the server refused them. */
  errors: Readonly<Record<string, string>>;
  onChange: (content: ExperimentContent) => void;
}

const SHARES = [100, 90, 80, 70, 60, 50, 40, 30, 20, 10] as const;
const NONE = "";

/** What staff decide about an experiment. */
export function ExperimentForm({ content, offers, errors, onChange }: ExperimentFormProps) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  const change = (changes: Partial<ExperimentContent>) => onChange({ ...content, ...changes });
  const isNothing = content.compares === "nothing";
  const compare = (compares: ExperimentContent["compares"]) => {
    const chosen = compares === "nothing" ? content.offers.slice(0, 1) : content.offers;
    change({ compares, offers: chosen, weights: content.weights.slice(0, 2) });
  };
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="400">
          <TextField
            label={t("form.name")}
            helpText={t("form.nameHelp")}
            value={content.name}
            maxLength={100}
            autoComplete="off"
            onChange={(name) => change({ name })}
          />
          <ChoiceList
            title={t("form.compares")}
            choices={(["nothing", "offers"] as const).map((value) => ({
              value,
              label: t(`form.compare.${value}.label`),
              helpText: t(`form.compare.${value}.help`),
            }))}
            selected={[content.compares]}
            onChange={([chosen]) => compare(chosen === "offers" ? "offers" : "nothing")}
          />
          <OfferFields {...{ content, offers, change }} />
          {Object.keys(errors).length === 0 ? null : (
            <InlineError
              fieldID="offers"
              message={errors.offers === "repeated" ? t("form.repeated") : t("form.invalid")}
            />
          )}
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="400">
          <Select
            label={t("form.share")}
            helpText={t("form.shareHelp")}
            options={SHARES.map((share) => ({ value: String(share), label: formats.percent(share / 100) }))}
            value={String(content.sharePercent)}
            onChange={(share) => change({ sharePercent: Number(share) })}
          />
          <Select
            label={t("question.difference")}
            helpText={t("form.differenceHelp")}
            options={[
              { value: NONE, label: t("form.usualDifference") },
              ...DIFFERENCES.map((percent) => ({ value: String(percent), label: formats.percent(percent / 100) })),
            ]}
            value={content.differencePercent === null ? NONE : String(content.differencePercent)}
            onChange={(percent) => change({ differencePercent: percent === NONE ? null : Number(percent) })}
          />
          <Text as="p" tone="subdued">
            {isNothing ? t("form.consentNothing") : t("form.consent")}
          </Text>
        </BlockStack>
      </Card>
    </BlockStack>
  );
}

interface OfferFieldsProps extends Pick<ExperimentFormProps, "content" | "offers"> {
  change: (changes: Partial<ExperimentContent>) => void;
}

/** The offers that are compared, each with its weight. */
function OfferFields({ content, offers, change }: OfferFieldsProps) {
  const { t } = useTranslation("experiments");
  const isNothing = content.compares === "nothing";
  const rows = isNothing ? 1 : Math.max(2, content.weights.length);
  const put = (place: number, value: string) => {
    const chosen = Array.from({ length: Math.max(content.offers.length, place + 1) }, (_, n) => content.offers[n] ?? 0);
    chosen[place] = Number(value);
    change({ offers: chosen });
  };
  const weigh = (place: number, value: string) => {
    const weight = Math.min(100, Math.max(1, Math.round(Number(value)) || 1));
    change({
      weights: Array.from({ length: Math.max(2, rows) }, (_, n) => (n === place ? weight : (content.weights[n] ?? 1))),
    });
  };
  return (
    <BlockStack gap="300">
      {Array.from({ length: rows }, (_, place) => (
        <InlineGrid key={place} columns={{ xs: "1fr", sm: "minmax(0, 3fr) minmax(0, 1fr)" }} gap="300">
          <OfferSelect
            {...{ place, isNothing, offers }}
            chosen={content.offers[place]}
            onChoose={(to) => put(place, to)}
          />
          <WeightField weights={content.weights} place={place} onWeigh={(to) => weigh(place, to)} />
        </InlineGrid>
      ))}
      {isNothing ? (
        <InlineGrid columns={{ xs: "1fr", sm: "minmax(0, 3fr) minmax(0, 1fr)" }} gap="300">
          <TextField label={t("form.against")} value={t("nothing")} readOnly autoComplete="off" />
          <WeightField weights={content.weights} place={1} onWeigh={(to) => weigh(1, to)} />
        </InlineGrid>
      ) : (
        <InlineStack gap="200">
          {rows >= MOST_COMPARED ? null : (
            <Button onClick={() => change({ weights: [...content.weights, 1] })}>{t("form.addOffer")}</Button>
          )}
          {rows <= 2 ? null : (
            <Button
              onClick={() =>
                change({ weights: content.weights.slice(0, -1), offers: content.offers.slice(0, rows - 1) })
              }
            >
              {t("form.removeOffer")}
            </Button>
          )}
        </InlineStack>
      )}
      {offers.length > 0 ? null : <Text as="p">{t("form.noOffers")}</Text>}
    </BlockStack>
  );
}

interface OfferSelectProps {
  place: number;
  isNothing: boolean;
  offers: readonly ComparedOfferView[];
  chosen: number | undefined;
  onChoose: (value: string) => void;
}

function OfferSelect({ place, isNothing, offers, chosen, onChoose }: OfferSelectProps) {
  const { t } = useTranslation("experiments");
  const words = useExperimentWords();
  const label = isNothing
    ? t("form.offer")
    : place === 0
      ? t("form.control")
      : t("form.variant", { number: place + 1 });
  return (
    <Select
      label={label}
      options={[
        { value: "0", label: t("form.choose") },
        ...offers.map((offer) => ({
          value: String(offer.number),
          label: offer.isShown ? words.offer(offer) : t("form.notShown", { offer: words.offer(offer) }),
        })),
      ]}
      value={String(chosen ?? 0)}
      onChange={onChoose}
    />
  );
}

function WeightField({
  weights,
  place,
  onWeigh,
}: {
  weights: readonly number[];
  place: number;
  onWeigh: (to: string) => void;
}) {
  const { t } = useTranslation("experiments");
  const formats = useFormats();
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const weight = weights[place] ?? 1;
  return (
    <TextField
      label={t("form.weight")}
      type="number"
      min={1}
      max={100}
      value={String(weight)}
      helpText={t("form.weightHelp", { share: formats.percent(all === 0 ? 0 : weight / all) })}
      autoComplete="off"
      onChange={onWeigh}
    />
  );
}

/** What is sent: places without an offer are left out, with their weights. */
export function sentContent(content: ExperimentContent): ExperimentContent {
  const isChosen = (offer: number | undefined) => offer !== undefined && offer > 0;
  const offers = content.offers.filter(isChosen);
  if (content.compares === "nothing")
    return { ...content, offers, weights: [content.weights[0] ?? 1, content.weights[1] ?? 1] };
  const weights = content.weights.filter((_, place) => isChosen(content.offers[place]));
  return { ...content, offers, weights: offers.length === 0 ? content.weights : weights };
}
