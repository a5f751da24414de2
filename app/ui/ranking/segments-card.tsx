import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SegmentView } from "../../domain/reports/ranking-view.ts";
import { useFormats } from "../locale-provider.tsx";
import { inHundred } from "./score-words.ts";

/** Whether shoppers of one kind would be served better by lists of their own. */
export function SegmentsCard({ segments }: { segments: readonly SegmentView[] }) {
  const { t } = useTranslation("ranking");
  const formats = useFormats();
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t("segments.title")}
        </Text>
        <Text as="p">{segments.length === 0 ? t("segments.none") : t("segments.text")}</Text>
        {segments.length === 0 ? null : (
          <ul className="tsuide-segments">
            {segments.map(({ by, segment, verdict, heldOutOrders, hitRate4OfAll, hitRate4OfSegment }) => (
              <li key={`${by}/${segment}`}>
                <Text as="span">
                  {t(`segments.verdict.${verdict}`, {
                    segment: t(`segments.${by}.${segment}`, { defaultValue: segment }),
                    orders: formats.number(heldOutOrders),
                    all: inHundred(hitRate4OfAll, formats, 1),
                    own: inHundred(hitRate4OfSegment, formats, 1),
                  })}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </BlockStack>
    </Card>
  );
}
