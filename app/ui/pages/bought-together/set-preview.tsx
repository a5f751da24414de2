import { Box, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { bareNumber, gid } from "../../../domain/ids.ts";
import type { Reward } from "../../../domain/offers/rewards/rewards.ts";
import { useLocale } from "../../kit/locale-provider.tsx";
import { PreviewContent } from "../../kit/storefront-preview.tsx";
import { useStorefrontPreview } from "../../kit/use-storefront-preview.ts";

interface SetPreviewProps {
  trigger: string;
  /** Ids of the products that the set shows, best first. */
  companions: readonly string[];
  reward: Reward | null;
  /** Nobody has bought these together yet: similar products are bought with them. */
  similar?: boolean;
  /** Shoppers view these together, while too few have bought them. */
  viewed?: boolean;
}

/** The set of one product as shoppers see it on the product page: the theme's own block. */
export function SetPreview({ trigger, companions, reward, similar = false, viewed = false }: SetPreviewProps) {
  const { t } = useTranslation("bought-together");
  const { language } = useLocale();
  const query = {
    ...{ type: "bought-together", language, similar: String(similar), viewed: String(viewed) },
    content: JSON.stringify({ config: { setSize: Math.max(1, companions.length) }, reward }),
    products: [trigger, ...companions].map((id) => bareNumber(gid("Product", id))).join(" "),
  };
  const preview = useStorefrontPreview(companions.length === 0 ? null : query, `preview:${trigger}`);
  if (companions.length > 0) return <PreviewContent preview={preview} nothing={t("preview.nothing")} />;
  return (
    <Box background="bg-surface-secondary" borderRadius="200" padding="300">
      <Text as="p" tone="subdued">
        {t("preview.nothing")}
      </Text>
    </Box>
  );
}
