import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { SetPreview } from "../bought-together/set-preview.tsx";
import { useFormats } from "../locale-provider.tsx";
import { parsePercent, parseSettingsForm, type SettingsForm } from "./settings-form.ts";

/** Minor units; they read as everyday prices in yen and in cents alike. */
const EXAMPLE_PRICES = [2400, 1200, 800, 600];
/** Orders with the first companions; for the last there are too few to tell. */
const EXAMPLE_ORDERS = [112, 34];
/** How full the example's cart is, in percent of the goal. */
const EXAMPLE_PROGRESS = 60;

/** What shoppers will see with the settings as they stand in the form, on made-up products. */
export function SettingsPreview({ form, currency }: { form: SettingsForm; currency: string }) {
  const { t } = useTranslation("settings");
  const parsed = parseSettingsForm(form);
  const percent = parsePercent(form.discountPercent);
  const items = EXAMPLE_PRICES.map((amountMinor, index) => ({
    productId: `example-${index}`,
    title: t(`preview.product${index}`),
    imageUrl: null,
    price: { amountMinor, currency },
  }));
  const [trigger, ...others] = items;
  const companions = others.map((item, index) => ({
    ...item,
    ordersTold: (form.tellOrdersTogether && EXAMPLE_ORDERS[index]) || null,
  }));
  const goal = parsed.code === "ok" && parsed.input.goalEnabled ? parsed.input.goalAmounts[currency] : undefined;
  return (
    <Card>
      <BlockStack gap="300">
        <SetPreview
          trigger={trigger!}
          companions={companions.slice(0, Number(form.setSize) || 1)}
          ticked
          discountBasisPoints={typeof percent === "number" ? percent : 0}
        />
        {goal === undefined ? null : <GoalPreview amountMinor={goal} currency={currency} />}
        <Text as="p" variant="bodySm" tone="subdued">
          {t("preview.note")}
        </Text>
      </BlockStack>
    </Card>
  );
}

function GoalPreview({ amountMinor, currency }: { amountMinor: number; currency: string }) {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const counted = Math.floor((amountMinor * EXAMPLE_PROGRESS) / 100);
  const text = t("preview.goal", { amount: formats.money({ amountMinor: amountMinor - counted, currency }) });
  return (
    <div className="tsuide-preview">
      <p>{text}</p>
      <div
        className="tsuide-goal"
        role="progressbar"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={EXAMPLE_PROGRESS}
        aria-label={text}
      >
        <span style={{ width: `${EXAMPLE_PROGRESS}%` }} />
      </div>
    </div>
  );
}
