import { Button } from "@shopify/polaris";
import { useTranslation } from "react-i18next";

/** Leads to the page that says how suggestions are ranked. */
export function RankingLink() {
  const { t } = useTranslation("ranking");
  return (
    <div>
      <Button variant="plain" url="/app/ranking">
        {t("link")}
      </Button>
    </div>
  );
}
