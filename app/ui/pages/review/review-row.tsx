import { Badge, BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CompanionView } from "../../../views/bought-together-view.ts";
import type { ReviewRowView } from "../../../views/review-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ProductImage } from "../../kit/product-image.tsx";
import { evidenceFigures, evidenceSentence } from "../bought-together/evidence.ts";
import { EvidenceFigures } from "../bought-together/evidence-figures.tsx";
import type { Pair, ReviewActions } from "./review-actions.ts";

interface ReviewRowProps {
  row: ReviewRowView;
  timezone: string;
  actions: ReviewActions;
}

/** One product: what shoppers see with it now, and the companions that wait. */
export function ReviewRow({ row, timezone, actions }: ReviewRowProps) {
  const { t } = useTranslation("review");
  const formats = useFormats();
  const pairs = row.waiting.map(({ productId }) => ({ trigger: row.productId, companion: productId }));
  return (
    <li className="tsuide-review">
      <Box padding="400">
        <BlockStack gap="200">
          <InlineStack gap="300" blockAlign="center" align="space-between">
            <div className="tsuide-review-product">
              <ProductImage url={row.imageUrl} size={40} />
              <BlockStack gap="050">
                <Text as="h3" variant="headingSm" breakWord>
                  {row.title}
                </Text>
                <Text as="p" variant="bodySm" tone="subdued">
                  {row.shown.length === 0 ? t("shownNothing") : t("shown", { companions: formats.list(row.shown) })}
                </Text>
              </BlockStack>
            </div>
            {pairs.length < 2 ? null : (
              <Button
                disabled={actions.pending !== undefined}
                loading={isPending(actions, pairs)}
                accessibilityLabel={t("approveProductLabel", { product: row.title })}
                onClick={() => actions.decide("approve", pairs)}
              >
                {t("approveProduct", { count: pairs.length, pairs: formats.number(pairs.length) })}
              </Button>
            )}
          </InlineStack>
          <ul className="tsuide-companions">
            {row.waiting.map((companion) => (
              <Waiting
                key={companion.productId}
                companion={companion}
                trigger={row}
                timezone={timezone}
                actions={actions}
              />
            ))}
          </ul>
        </BlockStack>
      </Box>
    </li>
  );
}

interface WaitingProps extends Omit<ReviewRowProps, "row"> {
  companion: CompanionView;
  trigger: ReviewRowView;
}

function Waiting({ companion, trigger, timezone, actions }: WaitingProps) {
  const { t } = useTranslation("review");
  const { t: words } = useTranslation("bought-together");
  const formats = useFormats(timezone);
  const { title } = companion;
  const pair = [{ trigger: trigger.productId, companion: companion.productId }];
  return (
    <li className="tsuide-companion">
      <ProductImage url={companion.imageUrl} size={40} />
      <BlockStack gap="150">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h4" variant="bodyMd" fontWeight="semibold" breakWord>
            {title}
          </Text>
          {companion.price === null ? null : (
            <Text as="span" tone="subdued">
              {formats.money(companion.price)}
            </Text>
          )}
          <Badge tone={companion.grade === "strong" ? "success" : "info"}>{words(`grade.${companion.grade}`)}</Badge>
          {companion.available ? null : <Badge tone="warning">{t("unavailable")}</Badge>}
        </InlineStack>
        <Text as="p" tone="subdued">
          {evidenceSentence(companion, trigger.title, words, formats)}
        </Text>
        <EvidenceFigures product={title} figures={() => evidenceFigures(companion, trigger.title, words, formats)} />
        <InlineStack gap="200">
          {(["approve", "reject"] as const).map((decision) => (
            <Button
              key={decision}
              size="slim"
              disabled={actions.pending !== undefined}
              {...(decision === "approve" ? {} : { tone: "critical" as const, variant: "tertiary" as const })}
              accessibilityLabel={t(`decide.${decision}Label`, { companion: title, product: trigger.title })}
              onClick={() => actions.decide(decision, pair)}
            >
              {t(`decide.${decision}`)}
            </Button>
          ))}
        </InlineStack>
      </BlockStack>
    </li>
  );
}

/** Whether these pairs are what a decision is on its way for. */
function isPending({ pending }: ReviewActions, pairs: readonly Pair[]): boolean {
  const key = (list: readonly Pair[]) => list.map(({ trigger, companion }) => `${trigger} ${companion}`).join();
  return pending !== undefined && pending !== null && key(pending) === key(pairs);
}
