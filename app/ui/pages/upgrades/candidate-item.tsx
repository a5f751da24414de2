import { Badge, BlockStack, Button, InlineError, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { UpgradeCandidateView, UpgradeRowView, VariantUpgradeView } from "../../../views/upgrades-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ProductImage } from "../../kit/product-image.tsx";
import { useUpgradeDecision } from "./upgrade-actions.ts";
import { dearerBy, differenceLine, reasonSentence, variantLine, variantTitle } from "./upgrade-words.ts";

interface CandidateItemProps {
  candidate: UpgradeCandidateView;
  row: UpgradeRowView;
  /** Whether shoppers see only what is approved. */
  reviews: boolean;
}

/** Another product in place of the row's: what it costs more, why it is suggested, and what is different. */
export function CandidateItem({ candidate, row, reviews }: CandidateItemProps) {
  const { t } = useTranslation("upgrades");
  const formats = useFormats();
  const { productId, title, imageUrl, price, difference, basis, available, differences } = candidate;
  const priceRatio = price.amountMinor / (price.amountMinor - difference.amountMinor);
  return (
    <Item
      product={row.productId}
      candidate={productId}
      title={title}
      imageUrl={imageUrl}
      prices={t("candidate.price", { difference: dearerBy(difference, formats), price: formats.money(price) })}
      hidden={candidate.hidden}
      approved={reviews ? candidate.approved : null}
      badges={
        <>
          <Badge {...(basis === "moved" ? { tone: "success" as const } : {})}>{t(`basis.${basis}`)}</Badge>
          {available ? null : <Badge tone="attention">{t("candidate.unavailable")}</Badge>}
        </>
      }
    >
      <Text as="p" tone="subdued" breakWord>
        {reasonSentence(candidate, row, t, formats)}
      </Text>
      {differences.length === 0 ? (
        <Text as="p" variant="bodySm" tone="subdued">
          {t("difference.none")}
        </Text>
      ) : (
        <ul className="tsuide-differences">
          {differences.map((one) => (
            <li key={JSON.stringify(one)}>{differenceLine(one, priceRatio, t, formats)}</li>
          ))}
        </ul>
      )}
    </Item>
  );
}

interface VariantItemProps {
  variant: VariantUpgradeView;
  row: UpgradeRowView;
  /** Whether shoppers see only what is approved. */
  reviews: boolean;
}

/** A larger or better variant of the row's product. */
export function VariantItem({ variant, row, reviews }: VariantItemProps) {
  const { t } = useTranslation("upgrades");
  const formats = useFormats();
  const { candidates, price, difference, hidden, needsApproval } = variant;
  return (
    <Item
      product={row.productId}
      candidate={candidates.join(" ")}
      title={variantTitle(variant, t)}
      imageUrl={row.imageUrl}
      prices={t("candidate.price", { difference: dearerBy(difference, formats), price: formats.money(price) })}
      hidden={hidden}
      approved={reviews || needsApproval ? variant.approved : null}
      badges={<Badge>{t("basis.variant")}</Badge>}
    >
      <Text as="p" tone="subdued">
        {variantLine(variant, t, formats)}
      </Text>
    </Item>
  );
}

interface ItemProps {
  product: string;
  candidate: string;
  title: string;
  imageUrl: string | null;
  prices: string;
  badges: ReactNode;
  hidden: boolean;
  /** Null where it needs no approval. */
  approved: boolean | null;
  children: ReactNode;
}

function Item(props: ItemProps) {
  const { product, candidate, title, imageUrl, prices, badges, hidden: saved, children } = props;
  const { t } = useTranslation("upgrades");
  const { decide, pending, refusal } = useUpgradeDecision(product, candidate, title);
  const hidden = pending === "hide" || (pending !== "show" && saved);
  const approved = props.approved === null ? null : pending === "approve" || (pending !== "takeBack" && props.approved);
  return (
    <li className="tsuide-companion">
      <ProductImage url={imageUrl} size={40} />
      <BlockStack gap="150">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h4" variant="bodyMd" fontWeight="semibold" breakWord>
            {title}
          </Text>
          <Text as="span">{prices}</Text>
        </InlineStack>
        <InlineStack gap="150">
          {hidden ? <Badge tone="critical">{t("candidate.hidden")}</Badge> : badges}
          {hidden || approved === null ? null : (
            <Badge tone={approved ? "success" : "attention"}>
              {approved ? t("candidate.approved") : t("candidate.waiting")}
            </Badge>
          )}
        </InlineStack>
        {hidden ? null : children}
        <InlineStack gap="200" blockAlign="center">
          {hidden || approved === null ? null : (
            <Button
              size="slim"
              disabled={pending !== null}
              accessibilityLabel={t(approved ? "action.takeBackLabel" : "action.approveLabel", { product: title })}
              onClick={() => decide(approved ? "takeBack" : "approve")}
            >
              {approved ? t("action.takeBack") : t("action.approve")}
            </Button>
          )}
          <Button
            size="slim"
            disabled={pending !== null}
            {...(hidden ? {} : { tone: "critical" as const, variant: "plain" as const })}
            accessibilityLabel={t(hidden ? "action.showLabel" : "action.hideLabel", { product: title })}
            onClick={() => decide(hidden ? "show" : "hide")}
          >
            {hidden ? t("action.show") : t("action.hide")}
          </Button>
          <span aria-live="polite">
            {pending === null ? null : (
              <Text as="span" variant="bodySm" tone="subdued">
                {t("saving")}
              </Text>
            )}
          </span>
        </InlineStack>
        {refusal === null ? null : (
          <InlineError fieldID={candidate} message={t(`refusal.${refusal}`, { defaultValue: t("refusal.unknown") })} />
        )}
      </BlockStack>
    </li>
  );
}
