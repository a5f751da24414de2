import { Banner, BlockStack, Box, Button, Card, InlineStack, Page, Select, Text } from "@shopify/polaris";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { BoughtTogetherPageView } from "../../../views/bought-together-view.ts";
import { segmentCode } from "../../../domain/offers/segment-use.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ListFilter } from "../../kit/product-list/list-filter.tsx";
import { PagedList } from "../../kit/product-list/paged-list.tsx";
import { useOpened } from "../../kit/product-list/use-opened.ts";
import { segmentName } from "../../kit/segment-name.ts";
import { TitleBar } from "../../kit/title-bar.tsx";
import { RankingLink } from "../ranking/ranking-link.tsx";
import { GroupFilter } from "./group-filter.tsx";
import { FILTERS, type ListQuery } from "./list-query.ts";
import { OFFERS, offerAddress } from "../../offers/list-query.ts";
import { REVIEW } from "../review/review-address.ts";
import type { RowTerms } from "./product-detail.tsx";
import { ProductRow } from "./product-row.tsx";
import { EmptyList } from "../../kit/empty-list.tsx";

interface BoughtTogetherPageProps {
  view: BoughtTogetherPageView;
  /** The list is on its way. */
  loading: boolean;
  onQuery: (query: ListQuery) => void;
}

/** All products with what they are bought with: to look through, to understand, to decide. */
export function BoughtTogetherPage({ view, loading, onQuery }: BoughtTogetherPageProps) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  const { search, filter, vendor, type, page, pageCount } = view;
  const segment = view.segment === null ? "" : segmentCode(view.segment);
  const current: ListQuery = { search, filter, vendor, type, segment, page };
  const narrowed = search !== "" || filter !== "all" || vendor !== "" || type !== "";
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      <TitleBar title={t("title")} />
      <BlockStack gap="400">
        <ModeBanner view={view} />
        <Card padding="0">
          <Text as="h2" visuallyHidden>
            {t("list")}
          </Text>
          <ListFilter
            labels={{ search: t("filter.search"), placeholder: t("filter.searchPlaceholder"), show: t("filter.show") }}
            options={FILTERS.filter(
              (value) => value !== "review" || view.mainSet.mode === "review" || filter === value,
            ).map((value) => ({ value, label: t(`filter.option.${value}`) }))}
            search={search}
            filter={filter}
            onQuery={(wanted) => onQuery({ ...current, ...wanted })}
          >
            {view.segments.length === 0 ? undefined : (
              <Select
                label={t("segment.label")}
                options={[
                  { value: "", label: t("segment.allShoppers") },
                  ...view.segments.map((one) => ({ value: segmentCode(one), label: segmentName(one, t) })),
                ]}
                value={segment}
                onChange={(chosen) => onQuery({ ...current, segment: chosen })}
              />
            )}
          </ListFilter>
          <GroupFilter vendor={vendor} type={type} onChoose={(chosen) => onQuery({ ...current, ...chosen, page: 1 })} />
          {view.segment === null ? null : (
            <Box padding="400" borderBlockEndWidth="025" borderColor="border">
              <Text as="p">{t(`segment.${view.segment.use}`, { segment: segmentName(view.segment, t) })}</Text>
            </Box>
          )}
          <PagedList
            loading={loading}
            name={t("list")}
            total={t("foot.total", { count: view.total, total: formats.number(view.total) })}
            place={t("foot.page", { page: formats.number(page), pages: formats.number(pageCount) })}
            page={page}
            pageCount={pageCount}
            onPage={(to) => onQuery({ ...current, page: to })}
          >
            {view.rows.length === 0 ? <NothingFound narrowed={narrowed} /> : <ProductList view={view} />}
          </PagedList>
        </Card>
        <Box paddingInline={{ xs: "400", sm: "0" }}>
          <BlockStack gap="200">
            <Times view={view} />
            <RankingLink />
          </BlockStack>
        </Box>
      </BlockStack>
    </Page>
  );
}

/** What is different where a person decides what shoppers see. */
function ModeBanner({ view }: { view: BoughtTogetherPageView }) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  const { toReview } = view;
  const { mode, number, followsShop } = view.mainSet;
  if (mode === "automatic") return null;
  return (
    <Banner
      tone="info"
      title={t(`mode.${mode}.title`)}
      action={
        followsShop
          ? { content: t("mode.changeInSettings"), url: "/app/settings" }
          : { content: t("mode.change"), url: number === null ? OFFERS : offerAddress(number) }
      }
    >
      <BlockStack gap="200">
        <Text as="p">{t(`mode.${mode}.text`)}</Text>
        {mode !== "review" ? null : (
          <InlineStack>
            {toReview === 0 ? (
              <Text as="p">{t("review.none")}</Text>
            ) : (
              <Button url={REVIEW}>{t("review.open", { count: toReview, products: formats.number(toReview) })}</Button>
            )}
          </InlineStack>
        )}
      </BlockStack>
    </Banner>
  );
}

/** When what the page says was found out, and when shoppers last got it: two times that are easily taken for one. */
function Times({ view }: { view: BoughtTogetherPageView }) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats(view.timezone);
  const { analysedAt, publishedAt, publishing } = view;
  if (analysedAt === null) return null;
  return (
    <Text as="p" tone="subdued">
      {formats.sentences([
        t("times.analysed", { time: formats.dateTime(analysedAt) }),
        ...(publishedAt === null ? [] : [t("times.published", { time: formats.dateTime(publishedAt) })]),
        ...(publishing ? [t("times.publishing")] : []),
      ])}
    </Text>
  );
}

function ProductList({ view }: { view: BoughtTogetherPageView }) {
  const { isOpen, toggle } = useOpened(view.rows);
  const { mainSet, timezone } = view;
  const terms = useMemo((): RowTerms => ({ ...mainSet, timezone }), [mainSet, timezone]);
  return (
    <ul className="tsuide-products">
      {view.rows.map((row) => (
        <ProductRow
          key={row.productId}
          row={row}
          detail={view.first?.productId === row.productId ? view.first : null}
          segment={view.segment}
          terms={terms}
          open={isOpen(row.productId)}
          onToggle={() => toggle(row.productId)}
        />
      ))}
    </ul>
  );
}

function NothingFound({ narrowed }: { narrowed: boolean }) {
  const { t } = useTranslation("bought-together");
  if (narrowed) {
    return (
      <Box padding="600">
        <Text as="p" alignment="center" tone="subdued">
          {t("empty.narrowed")}
        </Text>
      </Box>
    );
  }
  return (
    <EmptyList heading={t("empty.title")} action={{ content: t("empty.action"), url: "/app" }}>
      <p>{t("empty.text")}</p>
    </EmptyList>
  );
}
