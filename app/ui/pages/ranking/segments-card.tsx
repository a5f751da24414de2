import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SegmentView } from "../../../views/ranking-view.ts";
import { segmentName } from "../../kit/segment-name.ts";
import { TrialsTable } from "./trials-table.tsx";

/** Which shoppers are served better by lists of their own, what was found of each kind, and what is used. */
export function SegmentsCard({ segments }: { segments: readonly SegmentView[] }) {
  const { t } = useTranslation("ranking");
  const learnt = segments.filter(({ verdict }) => verdict !== "no-gain" && verdict !== "too-few-orders");
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("segments.title")}
        </Text>
        <Text as="p">{segments.length === 0 ? t("segments.none") : t("segments.text")}</Text>
        {segments.length === 0 ? null : (
          <TrialsTable
            caption={t("segments.table.caption")}
            heads={[
              t("segments.table.shoppers"),
              t("segments.table.own"),
              t("segments.table.default"),
              t("segments.table.orders"),
            ]}
            rows={segments.map(({ by, is, verdict, heldOutOrders, hitRate4OfAll, hitRate4OfSegment }) => ({
              ...{ key: `${by}/${is}`, name: segmentName({ by, is }, t), verdict, orders: heldOutOrders },
              shares: [hitRate4OfSegment, hitRate4OfAll],
            }))}
          />
        )}
        {learnt.length === 0 ? null : (
          <Text as="p" tone="subdued">
            {t("segments.look")}
          </Text>
        )}
        {learnt.some(({ by, verdict }) => verdict === "in-use" && (by === "customer" || by === "rank")) ? (
          <Text as="p" tone="subdued">
            {t("segments.loggedIn")}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}
