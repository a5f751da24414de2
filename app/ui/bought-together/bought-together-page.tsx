import {
  Banner,
  BlockStack,
  Box,
  Card,
  EmptyState,
  InlineStack,
  Page,
  Pagination,
  Select,
  Text,
  TextField,
} from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BoughtTogetherPageView } from "../../domain/reports/views.ts";
import { useFormats } from "../locale-provider.tsx";
import { TitleBar } from "../title-bar.tsx";
import { RankingLink } from "../ranking/ranking-link.tsx";
import { FILTERS, type ListQuery } from "./list-query.ts";
import { ProductRow, type RowSettings } from "./product-row.tsx";

const TYPING_PAUSE_MS = 300;

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
  const narrowed = view.search !== "" || view.filter !== "all";
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
          <ListFilter view={view} onQuery={onQuery} />
          <div aria-busy={loading} className={loading ? "tsuide-list tsuide-loading" : "tsuide-list"}>
            {view.rows.length === 0 ? (
              <NothingFound narrowed={narrowed} />
            ) : (
              <ProductList view={view} settings={settings} />
            )}
          </div>
          <ListFoot view={view} onQuery={onQuery} />
        </Card>
        <RankingLink />
      </BlockStack>
    </Page>
  );
}

function ProductList({ view, settings }: { view: BoughtTogetherPageView; settings: RowSettings }) {
  // The first product stands open, so that evidence and preview are seen without a click.
  const first = view.rows[0]?.productId ?? null;
  const [opened, setOpened] = useState<string | null>(first);
  const visible = view.rows.some(({ productId }) => productId === opened) || opened === null ? opened : first;
  return (
    <ul className="tsuide-products">
      {view.rows.map((row) => (
        <ProductRow
          key={row.productId}
          row={row}
          settings={settings}
          open={row.productId === visible}
          onToggle={() => setOpened(row.productId === visible ? null : row.productId)}
        />
      ))}
    </ul>
  );
}

function ListFilter({ view, onQuery }: { view: BoughtTogetherPageView; onQuery: (query: ListQuery) => void }) {
  const { t } = useTranslation("bought-together");
  const [search, setSearch] = useState(view.search);
  const latest = useRef({ view, onQuery });
  latest.current = { view, onQuery };

  useEffect(() => {
    if (search === latest.current.view.search) return;
    const timer = setTimeout(
      () => latest.current.onQuery({ search, filter: latest.current.view.filter, page: 1 }),
      TYPING_PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [search]);

  return (
    <Box padding="400" borderBlockEndWidth="025" borderColor="border">
      <div className="tsuide-filter" role="search">
        <TextField
          label={t("filter.search")}
          placeholder={t("filter.searchPlaceholder")}
          value={search}
          onChange={setSearch}
          autoComplete="off"
          clearButton
          onClearButtonClick={() => setSearch("")}
        />
        <Select
          label={t("filter.show")}
          options={FILTERS.map((filter) => ({ value: filter, label: t(`filter.option.${filter}`) }))}
          value={view.filter}
          onChange={(filter) =>
            onQuery({ search, filter: FILTERS.find((known) => known === filter) ?? "all", page: 1 })
          }
        />
      </div>
    </Box>
  );
}

function ListFoot({ view, onQuery }: { view: BoughtTogetherPageView; onQuery: (query: ListQuery) => void }) {
  const { t } = useTranslation("bought-together");
  const formats = useFormats();
  const { search, filter, page, pageCount } = view;
  return (
    <Box padding="300" borderBlockStartWidth="025" borderColor="border">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <span aria-live="polite">
          <Text as="span" tone="subdued">
            {t("foot.total", { count: view.total, total: formats.number(view.total) })}
          </Text>
        </span>
        {pageCount <= 1 ? null : (
          <Pagination
            label={t("foot.page", { page: formats.number(page), pages: formats.number(pageCount) })}
            hasPrevious={page > 1}
            onPrevious={() => onQuery({ search, filter, page: page - 1 })}
            hasNext={page < pageCount}
            onNext={() => onQuery({ search, filter, page: page + 1 })}
          />
        )}
      </InlineStack>
    </Box>
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
