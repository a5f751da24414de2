import { Banner, BlockStack, Box, Card, EmptyState, Page, Select, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { BoughtTogetherPageView } from "../../domain/reports/views.ts";
import { segmentCode } from "../../domain/reports/segment-use.ts";
import { useFormats } from "../locale-provider.tsx";
import { ListFilter } from "../product-list/list-filter.tsx";
import { ListFoot } from "../product-list/list-foot.tsx";
import { useOpened } from "../product-list/use-opened.ts";
import { segmentName } from "../segment-name.ts";
import { TitleBar } from "../title-bar.tsx";
import { RankingLink } from "../ranking/ranking-link.tsx";
import { FILTERS, type ListQuery } from "./list-query.ts";
import { ProductRow, type RowSettings } from "./product-row.tsx";

interface BoughtTogetherPageProps {
  view: BoughtTogetherPageView;
  settings: RowSettings;
  /** The list is on its way. */
  loading: boolean;
  onQuery: (query: ListQuery) => void;
}

/** All products with what they are bought with: to look through, to understand, to decide. */
export function BoughtTogetherPage({ view, settings, loading, onQuery }: BoughtTogetherPageProps) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  const { search, filter, page, pageCount } = view;
  const segment = view.segment === null ? "" : segmentCode(view.segment);
  const narrowed = search !== "" || filter !== "all";
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      <TitleBar title={t("title")} />
      <BlockStack gap="400">
        {settings.mode === "automatic" ? null : (
          <Banner tone="info" title={t(`mode.${settings.mode}.title`)}>
            <Text as="p">{t(`mode.${settings.mode}.text`)}</Text>
          </Banner>
        )}
        <Card padding="0">
          <ListFilter
            labels={{ search: t("filter.search"), placeholder: t("filter.searchPlaceholder"), show: t("filter.show") }}
            options={FILTERS.map((value) => ({ value, label: t(`filter.option.${value}`) }))}
            search={search}
            filter={filter}
            onQuery={(wanted) => onQuery({ ...wanted, segment })}
          >
            {view.segments.length === 0 ? undefined : (
              <Select
                label={t("segment.label")}
                options={[
                  { value: "", label: t("segment.everybody") },
                  ...view.segments.map((one) => ({ value: segmentCode(one), label: segmentName(one, t) })),
                ]}
                value={segment}
                onChange={(chosen) => onQuery({ search, filter, page, segment: chosen })}
              />
            )}
          </ListFilter>
          {view.segment === null ? null : (
            <Box padding="400" borderBlockEndWidth="025" borderColor="border">
              <Text as="p">{t(`segment.${view.segment.use}`, { segment: segmentName(view.segment, t) })}</Text>
            </Box>
          )}
          <div aria-busy={loading} className={loading ? "tsuide-list tsuide-loading" : "tsuide-list"}>
            {view.rows.length === 0 ? (
              <NothingFound narrowed={narrowed} />
            ) : (
              <ProductList view={view} settings={settings} />
            )}
          </div>
          <ListFoot
            total={t("foot.total", { count: view.total, total: formats.number(view.total) })}
            place={t("foot.page", { page: formats.number(page), pages: formats.number(pageCount) })}
            page={page}
            pageCount={pageCount}
            onPage={(to) => onQuery({ search, filter, segment, page: to })}
          />
        </Card>
        <Box paddingInline={{ xs: "400", sm: "0" }}>
          <RankingLink />
        </Box>
      </BlockStack>
    </Page>
  );
}

function ProductList({ view, settings }: { view: BoughtTogetherPageView; settings: RowSettings }) {
  const { isOpen, toggle } = useOpened(view.rows);
  return (
    <ul className="tsuide-products">
      {view.rows.map((row) => (
        <ProductRow
          key={row.productId}
          row={row}
          segment={view.segment}
          settings={settings}
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
    <EmptyState heading={t("empty.title")} action={{ content: t("empty.action"), url: "/app" }} image="/empty-list.svg">
      <p>{t("empty.text")}</p>
    </EmptyState>
  );
}
