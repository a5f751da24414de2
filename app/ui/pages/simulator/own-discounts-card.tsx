import { BlockStack, Card, List, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { OWN_PARTS, type OwnPart } from "../../../domain/offers/beside-ours.ts";
import type { ShopDiscountsView, ShopDiscountView } from "../../../views/simulator-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

/** What Shopify lets apps know of the shop's other discounts, and what it does not. */
export function OwnDiscountsCard({ own }: { own: ShopDiscountsView }) {
  const { t } = useTranslation("simulator");
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t("own.title")}
        </Text>
        {own.code === "known" ? <Known own={own} /> : <Text as="p">{t(`own.${own.code}`)}</Text>}
        <Text as="p" variant="bodySm" tone="subdued">
          {t("own.limits")}
        </Text>
      </BlockStack>
    </Card>
  );
}

function Known({ own }: { own: Extract<ShopDiscountsView, { code: "known" }> }) {
  const { t } = useTranslation("simulator");
  const { list, sentences } = useFormats();
  const named = (parts: readonly OwnPart[]) => list(parts.map((part) => t(`own.part.${part}`)));
  const combines = ({ beside, onProducts }: ShopDiscountView) => {
    if (beside.length === 0) return t("own.combinesNone");
    const others = OWN_PARTS.filter((part) => !beside.includes(part));
    return sentences([
      others.length === 0 ? t("own.combinesAll") : t("own.combinesSome", { with: named(beside), not: named(others) }),
      ...(onProducts && beside.includes("products") ? [t("own.largerOnLine")] : []),
    ]);
  };
  if (own.automatic.length + own.codes.length === 0) return <Text as="p">{t("own.none")}</Text>;
  return (
    <List>
      {own.codes.map(({ entered, found }) => (
        <List.Item key={entered}>
          {found === null
            ? t("own.codeUnknown", { code: entered })
            : found.active
              ? t("own.discount", { title: entered, combines: combines(found) })
              : t("own.codeOff", { code: entered })}
        </List.Item>
      ))}
      {own.automatic.map((one, place) => (
        <List.Item key={place}>{t("own.discount", { title: one.title, combines: combines(one) })}</List.Item>
      ))}
      {own.more ? <List.Item>{t("own.more")}</List.Item> : null}
    </List>
  );
}
