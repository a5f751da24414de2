import { BlockStack, Button, InlineError, InlineStack, Tag, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ControlProps } from "../forms/shape-fields.tsx";
import { pickCollections } from "../kit/app-bridge.ts";

/** Chooses collections in the admin's own dialog. */
export function CollectionsControl({ name, form, onChange, errors }: ControlProps) {
  const { t } = useTranslation("offers");
  const id = useId();
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map());
  const chosen = String(form[name] ?? "")
    .split(" ")
    .filter((one) => one !== "");
  const set = (next: readonly string[]) => onChange({ [name]: next.join(" ") });
  async function choose() {
    const picked = await pickCollections(chosen);
    if (picked === null) return;
    setTitles(new Map(picked.map((one) => [one.id, one.title])));
    set(picked.map((one) => one.id));
  }
  const isWrong = Object.keys(errors).some((path) => path === name || path.endsWith(`.${name}`));
  return (
    <BlockStack gap="200">
      <div>
        <Button onClick={() => void choose()}>{t("collections.choose")}</Button>
      </div>
      {chosen.length === 0 ? (
        <Text as="p" tone="subdued">
          {t("collections.none")}
        </Text>
      ) : null}
      <InlineStack gap="200">
        {chosen.map((one) => (
          <Tag key={one} onRemove={() => set(chosen.filter((other) => other !== one))}>
            {titles.get(one) ?? t("collections.untitled", { id: one.slice(one.lastIndexOf("/") + 1) })}
          </Tag>
        ))}
      </InlineStack>
      {isWrong ? <InlineError fieldID={id} message={t("collections.wrong")} /> : null}
    </BlockStack>
  );
}
