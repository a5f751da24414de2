import { Badge, BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SegmentView } from "../../../views/ranking-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { segmentName } from "../../kit/segment-name.ts";

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
        {segments.length === 0 ? null : <SegmentTable segments={segments} />}
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

function SegmentTable({ segments }: { segments: readonly SegmentView[] }) {
  const { t } = useTranslation("ranking");
  const formats = useFormats();
  return (
    <table className="tsuide-scores">
      <caption>{t("segments.table.caption")}</caption>
      <thead>
        <tr>
          {(["shoppers", "own", "default", "orders"] as const).map((column) => (
            <th key={column} scope="col">
              {t(`segments.table.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {segments.map(({ by, is, verdict, heldOutOrders, hitRate4OfAll, hitRate4OfSegment }) => {
          const shares = verdict === "too-few-orders" ? null : [hitRate4OfSegment, hitRate4OfAll];
          return (
            <tr key={`${by}/${is}`} className={verdict === "in-use" ? "tsuide-scores-used" : undefined}>
              <th scope="row">
                {segmentName({ by, is }, t)}{" "}
                {verdict === "in-use" ? (
                  <Badge tone="success">{t("segments.verdict.in-use")}</Badge>
                ) : (
                  <Text as="p" variant="bodySm" tone="subdued">
                    {t(`segments.verdict.${verdict}`)}
                  </Text>
                )}
              </th>
              <td>{shares === null ? "–" : formats.percent(shares[0]!, 1)}</td>
              <td>{shares === null ? "–" : formats.percent(shares[1]!, 1)}</td>
              <td>{formats.number(heldOutOrders)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
