import { Banner, BlockStack, Box, Button, Card, InlineStack, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ReviewView } from "../../../views/review-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { PagedList } from "../../kit/product-list/paged-list.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";
import { OFFERS } from "../../offers/list-query.ts";
import type { ReviewActions } from "./review-actions.ts";
import { ReviewRow } from "./review-row.tsx";
import { EmptyList } from "../../kit/empty-list.tsx";

interface ReviewPageProps {
  view: ReviewView;
  /** The list is on its way. */
  loading: boolean;
  onPage: (page: number) => void;
  actions: ReviewActions;
}

/** Suggestions that shoppers see once a person has approved them. */
export function ReviewPage({ view, loading, onPage, actions }: ReviewPageProps) {
  const { t } = useTranslation("review");
  const formats = useFormats(view.timezone);
  const { rows, total, pairs, page, pageCount } = view;
  return (
    <Page title={t("title")} subtitle={t("subtitle")} backAction={{ content: t("back"), url: OFFERS }}>
      <TitleBar title={t("title")} />
      <BlockStack gap="400">
        {actions.failed ? <Banner tone="critical">{t("failed")}</Banner> : null}
        <Card padding="0">
          <Text as="h2" visuallyHidden>
            {t("list")}
          </Text>
          {rows.length === 0 ? (
            <NothingWaits isReviewing={view.isReviewing} />
          ) : (
            <>
              <Box padding="400" borderBlockEndWidth="025" borderColor="border">
                <InlineStack gap="300" align="space-between" blockAlign="center">
                  <Text as="p">
                    {t("waiting", { count: pairs, pairs: formats.number(pairs), products: formats.number(total) })}
                  </Text>
                  <Button
                    variant="primary"
                    loading={actions.pending === null}
                    disabled={actions.pending !== undefined}
                    onClick={() => actions.decide("approve", null)}
                  >
                    {t("approveAll", { count: pairs, pairs: formats.number(pairs) })}
                  </Button>
                </InlineStack>
              </Box>
              <PagedList
                loading={loading}
                name={t("list")}
                total={t("foot.total", { count: total, total: formats.number(total) })}
                place={t("foot.page", { page: formats.number(page), pages: formats.number(pageCount) })}
                page={page}
                pageCount={pageCount}
                onPage={onPage}
              >
                <ul className="tsuide-products tsuide-divided">
                  {rows.map((row) => (
                    <ReviewRow key={row.productId} row={row} timezone={view.timezone} actions={actions} />
                  ))}
                </ul>
              </PagedList>
            </>
          )}
        </Card>
        <Box paddingInline={{ xs: "400", sm: "0" }}>
          <Text as="p" tone="subdued">
            {formats.sentences([t("meanwhile"), ...(view.publishing ? [t("publishing")] : [])])}
          </Text>
        </Box>
      </BlockStack>
    </Page>
  );
}

function NothingWaits({ isReviewing }: { isReviewing: boolean }) {
  const { t } = useTranslation("review");
  const state = isReviewing ? "reviewing" : "automatic";
  return (
    <EmptyList
      heading={t(`empty.${state}.title`)}
      {...(isReviewing ? {} : { action: { content: t("empty.action"), url: OFFERS } })}
    >
      <p>{t(`empty.${state}.text`)}</p>
    </EmptyList>
  );
}
