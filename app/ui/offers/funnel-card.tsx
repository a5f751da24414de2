import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { areAdditionsCounted, type SurfaceFunnel } from "../../domain/measurement/offer-funnel.ts";
import type { OfferEvent } from "../../domain/measurement/shop-event.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import type { OfferFunnelView } from "../../views/offer-funnel-view.ts";
import { useFormats } from "../kit/locale-provider.tsx";

/** What shoppers did with an offer, by surface: a table whose bars compare each step with the first. */
export function FunnelCard({ type, funnel }: { type: OfferTypeName; funnel: OfferFunnelView | null }) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const surfaces = funnel?.surfaces ?? [];
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("funnel.title")}
          </Text>
          {funnel === null ? null : (
            <Text as="p" tone="subdued">
              {t("funnel.intro", { days: formats.number(funnel.days) })}
            </Text>
          )}
        </BlockStack>
        {funnel === null ? <Text as="p">{t("funnel.failed")}</Text> : null}
        {funnel !== null && surfaces.length === 0 ? <Text as="p">{t("funnel.empty")}</Text> : null}
        {surfaces.map((counts) => (
          <SurfaceTable key={counts.surface} type={type} counts={counts} />
        ))}
      </BlockStack>
    </Card>
  );
}

function SurfaceTable({ type, counts }: { type: OfferTypeName; counts: SurfaceFunnel }) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const { surface } = counts;
  const isCounted = areAdditionsCounted(type, surface);
  const steps: OfferEvent[] = ["shown", "seen", "clicked", ...(isCounted ? (["added"] as const) : [])];
  if (counts.declined > 0) steps.push("declined");
  const most = Math.max(1, ...steps.map((step) => counts[step]));
  return (
    <div>
      <table className="tsuide-offer-funnel">
        <caption>{t(`funnel.surface.${surface}`)}</caption>
        <tbody>
          {steps.map((step) => (
            <tr key={step}>
              <th scope="row">{t(`funnel.step.${step}`)}</th>
              <td aria-hidden>
                <span style={{ width: `${(100 * counts[step]) / most}%` }} />
              </td>
              <td>{formats.number(counts[step])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isCounted ? null : (
        <Text as="p" variant="bodySm" tone="subdued">
          {t("funnel.uncounted")}
        </Text>
      )}
    </div>
  );
}
