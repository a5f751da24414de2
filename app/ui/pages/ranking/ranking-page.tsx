import { Banner, BlockStack, Card, EmptyState, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { RankingView } from "../../../views/ranking-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";
import { BrowsingCard } from "./browsing-card.tsx";
import { SegmentsCard } from "./segments-card.tsx";
import { SurfaceCard } from "./surface-card.tsx";
import { inHundred } from "./score-words.ts";

/** Which ways to rank were tried on the shop's own latest orders, what each found, and what is used. */
export function RankingPage({ view }: { view: RankingView }) {
  const { t } = useTranslation("ranking");
  return (
    <Page title={t("title")} subtitle={t("subtitle")} backAction={{ content: t("back"), url: "/app/bought-together" }}>
      <TitleBar title={t("title")} />
      <BlockStack gap="400">
        {view.status === "never" ? (
          <Card>
            <EmptyState
              heading={t("never.title")}
              action={{ content: t("never.action"), url: "/app" }}
              image="/empty-list.svg"
            >
              <p>{t("never.text")}</p>
            </EmptyState>
          </Card>
        ) : view.status === "not-measured" ? (
          <Banner tone="info" title={t("notMeasured.title")}>
            <Text as="p">{t("notMeasured.text")}</Text>
          </Banner>
        ) : (
          <Measured view={view} />
        )}
      </BlockStack>
    </Page>
  );
}

function Measured({ view }: { view: RankingView }) {
  const { t } = useTranslation("ranking");
  const formats = useFormats(view.timezone);
  const { published } = view;
  return (
    <>
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t("how.title")}
          </Text>
          <Text as="p">
            {t("how.text", {
              learning: formats.number(view.learningOrders),
              heldOut: formats.number(view.heldOutOrders),
            })}
          </Text>
          <Text as="p" tone="subdued">
            {t("how.legend")}
          </Text>
          {view.finishedAt === null ? null : (
            <Text as="p" tone="subdued">
              {t("how.when", { time: formats.dateTime(view.finishedAt) })}
            </Text>
          )}
        </BlockStack>
      </Card>
      {view.surfaces.map((surface) => (
        <SurfaceCard key={surface.surface} view={surface} history={view.history} />
      ))}
      <BrowsingCard view={view.browsing} />
      <SegmentsCard segments={view.segments} />
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t("published.title")}
          </Text>
          <Text as="p">
            {published === null
              ? t("published.notMeasured")
              : t("published.text", {
                  lists: inHundred(published.hitRate10, formats, 1),
                  model: inHundred(published.hitRate10OfModel, formats, 1),
                })}
          </Text>
        </BlockStack>
      </Card>
    </>
  );
}
