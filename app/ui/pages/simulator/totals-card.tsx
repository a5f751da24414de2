import { Badge, BlockStack, Card, Divider, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SimulatorView } from "../../../views/simulator-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";

/** What checkout will charge, as far as our offers decide it. */
export function TotalsCard({ view }: { view: SimulatorView }) {
  const { t } = useTranslation("simulator");
  const formats = useFormats();
  const { totals, currency } = view;
  if (totals === null) {
    return (
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t("totals.title")}
          </Text>
          <Text as="p" tone="subdued">
            {view.lines.length === 0 ? t("totals.empty") : t("totals.priceMissing")}
          </Text>
        </BlockStack>
      </Card>
    );
  }
  const money = (amountMinor: number) => formats.money({ amountMinor, currency });
  const { fullMinor, savedMinor, itemsMinor, freeDelivery, deliveryMinor } = totals;
  const width = (amount: number) => ({ width: `${(amount / Math.max(1, fullMinor)) * 100}%` });
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t("totals.title")}
          </Text>
          {freeDelivery ? <Badge tone="success">{t("totals.freeDelivery")}</Badge> : null}
        </InlineStack>
        {savedMinor === 0 ? null : (
          <div className="tsuide-simulator-bar tsuide-simulator-bar-large" aria-hidden="true">
            <span className="tsuide-simulator-paid" style={width(itemsMinor)} />
            <span className="tsuide-simulator-off" style={width(savedMinor)} />
          </div>
        )}
        <dl className="tsuide-simulator-sums">
          <Sum name={t("totals.full")} value={money(fullMinor)} />
          <Sum name={t("totals.saved")} value={savedMinor === 0 ? money(0) : money(-savedMinor)} />
          <Sum name={t("totals.items")} value={money(itemsMinor)} />
          <Sum
            name={t("totals.delivery")}
            value={
              freeDelivery ? t("totals.free") : deliveryMinor === null ? t("totals.unknown") : money(deliveryMinor)
            }
          />
        </dl>
        <Divider />
        <InlineStack align="space-between" gap="200">
          <Text as="p" variant="headingMd">
            {deliveryMinor === null ? t("totals.chargeWithoutDelivery") : t("totals.charge")}
          </Text>
          <Text as="p" variant="headingMd">
            {money(itemsMinor + (deliveryMinor ?? 0))}
          </Text>
        </InlineStack>
        <Text as="p" variant="bodySm" tone="subdued">
          {t("totals.without")}
        </Text>
      </BlockStack>
    </Card>
  );
}

function Sum({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
