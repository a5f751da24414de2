import { useFetcher } from "@remix-run/react";
import { Box, InlineError, InlineGrid, Select, SkeletonBodyText, Text, TextField } from "@shopify/polaris";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type CustomerListName, LIST_ORDERS, type ListOrder, type ListView } from "../../../views/customers-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { PagedList } from "../../kit/product-list/paged-list.tsx";
import { useTypedSearch } from "../../kit/product-list/use-typed-search.ts";

/** The address that reads a page of a list. */
export const CUSTOMER_LIST_ADDRESS = "/app/customer-lists";

interface CustomerListProps<Row> {
  list: CustomerListName;
  kind: keyof typeof LIST_ORDERS;
  /** What the list is, for who does not see its heading beside it. */
  label: string;
  /** The first page, as the page brought it along; null where it is of another list. */
  first: ListView<Row> | null;
  /** A row as a list item. */
  children: (row: Row) => ReactNode;
}

interface Wanted {
  page: number;
  search: string;
  order: ListOrder;
}

/** A list of the customers page, a page at a time, with search and order; only what is shown is asked for. */
export function CustomerList<Row>({ list, kind, label, first, children }: CustomerListProps<Row>) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const fetcher = useFetcher<{ list: ListView<Row> | null; failed: boolean }>({ key: `customer-list:${list}` });
  const start: Wanted = { page: 1, search: "", order: LIST_ORDERS[kind][0] };
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const ask = (change: Partial<Wanted>) => {
    const next = { ...start, ...wanted, page: 1, ...change };
    setWanted(next);
    const { page, search, order } = next;
    const query = new URLSearchParams({ list, q: search, order, page: String(page) });
    fetcher.load(`${CUSTOMER_LIST_ADDRESS}?${query.toString()}`);
  };
  const { search, order } = wanted ?? start;
  const [typed, setTyped] = useTypedSearch(search, (text) => ask({ search: text }));
  const isFirst = wanted === null || (wanted.page === 1 && wanted.search === "" && wanted.order === start.order);
  // Rows are plain data: they come back from the server as they were.
  const asked = (fetcher.data?.list ?? null) as ListView<Row> | null;
  const shown = (isFirst ? first : null) ?? asked ?? first;
  const loading = fetcher.state !== "idle";
  const { load } = fetcher;
  const isMissing = first === null;
  useEffect(() => {
    if (isMissing) load(`${CUSTOMER_LIST_ADDRESS}?${new URLSearchParams({ list }).toString()}`);
  }, [isMissing, load, list]);
  if (shown === null) {
    return (
      <div className="tsuide-list" aria-busy="true">
        <Box padding="400">
          <SkeletonBodyText lines={6} />
        </Box>
      </div>
    );
  }
  return (
    <>
      <Box paddingInline="400" paddingBlockEnd="300">
        <InlineGrid columns={{ xs: 1, sm: ["twoThirds", "oneThird"] }} gap="300">
          <TextField
            label={t(`lists.search.${kind}`)}
            value={typed}
            onChange={setTyped}
            autoComplete="off"
            clearButton
            onClearButtonClick={() => setTyped("")}
          />
          <Select
            label={t("lists.order")}
            options={LIST_ORDERS[kind].map((value) => ({ value, label: t(`lists.by.${value}`) }))}
            value={order}
            onChange={(chosen) => ask({ order: chosen as ListOrder })}
          />
        </InlineGrid>
      </Box>
      {!loading && fetcher.data?.failed === true ? (
        <Box paddingInline="400" paddingBlockEnd="200">
          <InlineError fieldID={`customer-list-${list}`} message={t("lists.failed")} />
        </Box>
      ) : null}
      <PagedList
        loading={loading}
        name={label}
        total={t(`lists.total.${kind}`, { count: shown.total, total: formats.number(shown.total) })}
        place={t("lists.page", { page: formats.number(shown.page), pages: formats.number(shown.pageCount) })}
        page={shown.page}
        pageCount={shown.pageCount}
        onPage={(page) => ask({ page })}
      >
        {shown.rows.length === 0 ? (
          <Box padding="400">
            <Text as="p" tone="subdued">
              {t("lists.nothing")}
            </Text>
          </Box>
        ) : (
          <ul className="tsuide-figures tsuide-divided" aria-label={label}>
            {shown.rows.map(children)}
          </ul>
        )}
      </PagedList>
    </>
  );
}
