import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SegmentView } from "../../domain/reports/ranking-view.ts";
import { useFormats } from "../locale-provider.tsx";
import { segmentName } from "../segment-name.ts";
import { inHundred } from "./score-words.ts";

/** Which shoppers are served better by lists of their own, what was found of each kind, and what is used. */
export function SegmentsCard({ segments }: { segments: readonly SegmentView[] }) {
  const { t } = useTranslation("ranking");
  const formats = useFormats();
  const learnt = segments.filter(({ verdict }) => verdict !== "no-gain" && verdict !== "too-few-orders");
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t("segments.title")}
        </Text>
        <Text as="p">{segments.length === 0 ? t("segments.none") : t("segments.text")}</Text>
        {segments.length === 0 ? null : (
          <ul className="tsuide-segments">
            {segments.map(({ by, is, verdict, heldOutOrders, hitRate4OfAll, hitRate4OfSegment }) => (
              <li key={`${by}/${is}`}>
                <Text as="span">
                  {t(`segments.verdict.${verdict}`, {
                    segment: segmentName({ by, is }, t),
                    count: heldOutOrders,
                    orders: formats.number(heldOutOrders),
                    all: inHundred(hitRate4OfAll, formats, 1),
                    own: inHundred(hitRate4OfSegment, formats, 1),
                  })}
                </Text>
              </li>
            ))}
          </ul>
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
