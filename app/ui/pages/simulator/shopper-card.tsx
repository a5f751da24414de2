import { BlockStack, Card, Checkbox, Select, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { campaignIn, tagsIn } from "../../../domain/simulation/simulated-query.ts";
import { knownCodes } from "../../forms/known-codes.ts";
import { useNamedCodes } from "../../forms/use-named-codes.ts";
import { useOfferNames } from "./outcome-words.ts";
import type { QueryProps } from "./query-props.ts";

/** UTF-16 units of all tags that are typed. */
const LONGEST_TAGS = 400;
/** UTF-16 units of a link that is pasted. */
const LONGEST_LINK = 2_000;
const LANGUAGES = knownCodes("language", []);
const WHO = ["guest", "signed-in", "business"] as const;

/** Who buys: language, login, orders so far, and where. */
export function ShopperCard({ view, query, onChange }: QueryProps) {
  const { t } = useTranslation("simulator");
  const names = useOfferNames(view.arms.map((one) => ({ ...one, number: one.offer })));
  const languages = useNamedCodes("language", LANGUAGES);
  const who = query.orders === null ? "guest" : query.business ? "business" : "signed-in";
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("shopper.title")}
        </Text>
        <Select
          label={t("shopper.who")}
          options={WHO.map((value) => ({ value, label: t(`shopper.is.${value}`) }))}
          value={who}
          onChange={(next) =>
            onChange({ orders: next === "guest" ? null : (query.orders ?? 0), business: next === "business" })
          }
        />
        {query.orders === null ? null : (
          <>
            <Orders orders={query.orders} onChange={onChange} />
            <Tags tags={query.tags} onChange={onChange} />
          </>
        )}
        <Select
          label={t("shopper.language")}
          options={[{ value: "", label: t("shopper.noLanguage") }, ...languages]}
          value={query.language ?? ""}
          onChange={(language) => onChange({ language: language === "" ? null : language })}
        />
        {view.arms.length === 0 ? null : (
          <Select
            label={t("shopper.arm")}
            options={[
              { value: "", label: t("shopper.noArm") },
              ...view.arms.map(({ arm, experiment, offer }) => ({
                value: arm,
                label: experiment === "" ? names(offer) : t("shopper.armOf", { experiment, offer: names(offer) }),
              })),
            ]}
            value={query.arm ?? ""}
            onChange={(arm) => onChange({ arm: arm === "" ? null : arm })}
          />
        )}
        <Campaign campaign={query.campaign} onChange={onChange} />
        <Checkbox label={t("shopper.counter")} checked={query.counter} onChange={(counter) => onChange({ counter })} />
      </BlockStack>
    </Card>
  );
}

function Orders({ orders, onChange }: { orders: number } & Pick<QueryProps, "onChange">) {
  const { t } = useTranslation("simulator");
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? String(orders);
  const isRight = /^[0-9]{1,4}$/.test(shown);
  return (
    <TextField
      label={t("shopper.orders")}
      value={shown}
      inputMode="numeric"
      autoComplete="off"
      maxLength={4}
      error={isRight ? undefined : t("shopper.wrongOrders")}
      onChange={(value) => {
        const digits = value.normalize("NFKC").trim();
        setText(digits);
        if (/^[0-9]{1,4}$/.test(digits)) onChange({ orders: Number(digits) });
      }}
      onBlur={() => isRight && setText(null)}
    />
  );
}

function Tags({ tags, onChange }: { tags: readonly string[] } & Pick<QueryProps, "onChange">) {
  const { t } = useTranslation("simulator");
  const [text, setText] = useState<string | null>(null);
  return (
    <TextField
      label={t("shopper.tags")}
      helpText={t("shopper.tagsHelp")}
      value={text ?? tags.join(", ")}
      autoComplete="off"
      maxLength={LONGEST_TAGS}
      onChange={(value) => {
        setText(value);
        onChange({ tags: tagsIn(value.split(/[,、，]/)) });
      }}
      onBlur={() => setText(null)}
    />
  );
}

/** The link that the shopper came by: staff paste it, and what names a campaign in it stays. */
function Campaign({ campaign, onChange }: Pick<QueryProps["query"], "campaign"> & Pick<QueryProps, "onChange">) {
  const { t } = useTranslation("simulator");
  const [text, setText] = useState<string | null>(null);
  const isRight = text === null || text.trim() === "" || campaignIn(text) !== null;
  return (
    <TextField
      label={t("shopper.campaign")}
      helpText={t("shopper.campaignHelp")}
      value={text ?? (campaign === null ? "" : decodeURIComponent(campaign.replaceAll("+", " ")))}
      autoComplete="off"
      maxLength={LONGEST_LINK}
      error={isRight ? undefined : t("shopper.noCampaign")}
      onChange={(value) => {
        setText(value);
        onChange({ campaign: campaignIn(value) });
      }}
      onBlur={() => isRight && setText(null)}
    />
  );
}
