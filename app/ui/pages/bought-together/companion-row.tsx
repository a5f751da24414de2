import { Badge, BlockStack, Button, InlineError, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { OfferMode } from "../../../domain/settings/modes.ts";
import type { EvidenceGrade } from "../../../domain/mining/evidence/association.ts";
import type { CompanionView } from "../../../views/bought-together-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ProductImage } from "../../kit/product-image.tsx";
import { useCompanionDecision } from "./companion-actions.ts";
import { EVERYWHERE, useExclusion } from "./exclusion-actions.ts";
import { EvidenceFigures } from "./evidence-figures.tsx";
import { ReplaceControl } from "./replace-control.tsx";
import { evidenceFigures, evidenceSentence, visibilityOf, withDecision } from "./evidence.ts";

const GRADE_TONE: Record<EvidenceGrade, "success" | "info" | undefined> = {
  strong: "success",
  fair: "info",
  thin: undefined,
};

interface CompanionRowProps {
  companion: CompanionView;
  trigger: { productId: string; title: string };
  mode: OfferMode;
  /** Among the first that a set shows. */
  inSet: boolean;
  timezone: string | undefined;
}

/** One companion: what it is, why it is there, whether shoppers see it, and what staff can decide about it. */
export function CompanionRow({ companion: saved, trigger, mode, inSet, timezone }: CompanionRowProps) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats(timezone);
  const { decide, pending, refusal } = useCompanionDecision(trigger.productId, saved.productId, () => saved.title);
  const { exclude, pending: excluding } = useExclusion(saved.productId, saved.title);
  const companion = pending === null ? saved : withDecision(saved, pending.intent);
  const visibility = visibilityOf(companion, mode, inSet);
  const { title } = companion;
  return (
    <li className="tsuide-companion">
      <ProductImage url={companion.imageUrl} size={40} />
      <BlockStack gap="150">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="bodyMd" fontWeight="semibold" breakWord>
            {title}
          </Text>
          {companion.price === null ? null : (
            <Text as="span" tone="subdued">
              {formats.money(companion.price)}
            </Text>
          )}
        </InlineStack>
        <InlineStack gap="150">
          {companion.pinned ? <Badge tone="attention">{t("badge.pinned")}</Badge> : null}
          {companion.approved ? <Badge tone="success">{t("badge.approved")}</Badge> : null}
          {companion.blocked ? <Badge tone="critical">{t("badge.blocked")}</Badge> : null}
          {companion.excluded ? <Badge tone="critical">{t("badge.excluded")}</Badge> : null}
          {companion.viewed === null && (companion.ordersTogether > 0 || companion.similar.length > 0) ? (
            <Badge {...toneOf(companion.grade)}>{t(`grade.${companion.grade}`)}</Badge>
          ) : null}
          {companion.viewed === null ? null : <Badge>{t("badge.viewed")}</Badge>}
          {companion.similar.length > 0 ? <Badge>{t("badge.similar")}</Badge> : null}
          {companion.season?.now === "in-season" ? <Badge>{t("badge.in-season")}</Badge> : null}
          {visibility === "in-reserve" ? <Badge>{t("badge.in-reserve")}</Badge> : null}
          {visibility === "shown" ? (
            <Badge tone="success" progress="complete">
              {t("badge.shown")}
            </Badge>
          ) : null}
        </InlineStack>
        <Text as="p" tone="subdued">
          {evidenceSentence(companion, trigger.title, t, formats)}
        </Text>
        {visibility === "shown" || visibility === "blocked" || visibility === "excluded" ? null : (
          <Text as="p">
            {t(`visibility.${visibility}`, { month: formats.months((companion.season?.months ?? []).slice(0, 1)) })}
          </Text>
        )}
        <EvidenceFigures product={title} figures={() => evidenceFigures(companion, trigger.title, t, formats)} />
        <InlineStack gap="200" blockAlign="center">
          {companion.blocked ? null : (
            <Button
              size="slim"
              disabled={pending !== null}
              accessibilityLabel={t(companion.pinned ? "action.unpinLabel" : "action.pinLabel", { product: title })}
              onClick={() => decide(companion.pinned ? "unpin" : "pin", companion.productId, saved)}
            >
              {companion.pinned ? t("action.unpin") : t("action.pin")}
            </Button>
          )}
          <Button
            size="slim"
            disabled={pending !== null}
            {...(companion.blocked ? {} : { tone: "critical" as const, variant: "tertiary" as const })}
            accessibilityLabel={t(companion.blocked ? "action.unblockLabel" : "action.blockLabel", { product: title })}
            onClick={() => decide(companion.blocked ? "unblock" : "block", companion.productId, saved)}
          >
            {companion.blocked ? t("action.unblock") : t("action.block")}
          </Button>
          {companion.blocked ? null : (
            <ReplaceControl trigger={trigger} companion={companion} disabled={pending !== null} />
          )}
          {companion.excluded ? null : (
            <Button
              size="slim"
              disabled={excluding}
              tone="critical"
              variant="tertiary"
              accessibilityLabel={t("excluded.actionLabel", { product: title })}
              onClick={() => exclude(EVERYWHERE)}
            >
              {t("excluded.action")}
            </Button>
          )}
          <span aria-live="polite">
            {pending === null && !excluding ? null : (
              <Text as="span" variant="bodySm" tone="subdued">
                {t("saving")}
              </Text>
            )}
          </span>
        </InlineStack>
        {refusal === null ? null : (
          <InlineError
            fieldID={companion.productId}
            message={t(`refusal.${refusal}`, { defaultValue: t("refusal.unknown") })}
          />
        )}
      </BlockStack>
    </li>
  );
}

function toneOf(grade: EvidenceGrade): { tone?: "success" | "info" } {
  const tone = GRADE_TONE[grade];
  return tone === undefined ? {} : { tone };
}
