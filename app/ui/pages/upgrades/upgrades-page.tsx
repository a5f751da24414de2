import { Banner, BlockStack, Box, Card, Link, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { UpgradesPageView } from "../../../views/upgrades-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { PagedList } from "../../kit/product-list/paged-list.tsx";
import { useOpened } from "../../kit/product-list/use-opened.ts";
import { TitleBar } from "../../kit/title-bar.tsx";
import { OFFERS } from "../../offers/list-query.ts";
import type { UpgradesQuery } from "./list-query.ts";
import { UpgradeRow } from "./upgrade-row.tsx";
import { UpgradesFilter } from "./upgrades-filter.tsx";
import { EmptyList } from "../../kit/empty-list.tsx";

const OFFERS_OF_TYPE = `${OFFERS}?type=upgrade`;
const NEW_OFFER = `${OFFERS}/new?type=upgrade`;

interface UpgradesPageProps {
  view: UpgradesPageView;
  /** The list is on its way. */
  loading: boolean;
  onQuery: (query: UpgradesQuery) => void;
  onCap: (percent: number) => void;
  /** Why the cap could not be set; null where it was. */
  capRefusal?: string | null;
}

/** What could be offered in place of each product, for the merchant's own planning. */
export function UpgradesPage({ view, loading, onQuery, onCap, capRefusal = null }: UpgradesPageProps) {
  const { t } = useTranslation("upgrades");
  const formats = useFormats(view.timezone);
  const { search, filter, page, pageCount } = view;
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      <TitleBar title={t("title")} />
      <BlockStack gap="400">
        <Banner tone="info" title={t("purpose.title")}>
          <Text as="p">
            {view.reviews ? t("purpose.review") : t("purpose.text")}{" "}
            {view.isOffered ? (
              <Link url={OFFERS_OF_TYPE}>{t("purpose.offers")}</Link>
            ) : (
              <Link url={NEW_OFFER}>{t("purpose.link")}</Link>
            )}
          </Text>
        </Banner>
        <Card padding="0">
          <Text as="h2" visuallyHidden>
            {t("list")}
          </Text>
          <UpgradesFilter view={view} onQuery={onQuery} onCap={onCap} capRefusal={capRefusal} />
          <PagedList
            loading={loading}
            name={t("list")}
            total={t("foot.total", { count: view.total, total: formats.number(view.total) })}
            place={t("foot.page", { page: formats.number(page), pages: formats.number(pageCount) })}
            page={page}
            pageCount={pageCount}
            onPage={(to) => onQuery({ search, filter, page: to })}
          >
            {view.rows.length === 0 ? <NothingFound view={view} /> : <UpgradeList view={view} />}
          </PagedList>
        </Card>
        {view.status === "never" ? null : (
          <Box paddingInline={{ xs: "400", sm: "0" }}>
            <Text as="p" tone="subdued">
              {view.status === "running" || view.foundAt === null
                ? t("found.running")
                : t("found.at", {
                    count: view.orders,
                    time: formats.dateTime(view.foundAt),
                    orders: formats.number(view.orders),
                  })}
            </Text>
          </Box>
        )}
      </BlockStack>
    </Page>
  );
}

function UpgradeList({ view }: { view: UpgradesPageView }) {
  const { isOpen, toggle } = useOpened(view.rows);
  return (
    <ul className="tsuide-products">
      {view.rows.map((row) => (
        <UpgradeRow
          key={row.productId}
          row={row}
          reviews={view.reviews}
          open={isOpen(row.productId)}
          onToggle={() => toggle(row.productId)}
        />
      ))}
    </ul>
  );
}

function NothingFound({ view }: { view: UpgradesPageView }) {
  const { t } = useTranslation("upgrades");
  if (view.search !== "" || view.filter !== "all") {
    return (
      <Box padding="600">
        <Text as="p" alignment="center" tone="subdued">
          {t("empty.narrowed")}
        </Text>
      </Box>
    );
  }
  const state = view.status === "done" ? "none" : "early";
  return (
    <EmptyList heading={t(`empty.${state}.title`)} action={{ content: t("empty.action"), url: "/app" }}>
      <p>{t(`empty.${state}.text`)}</p>
    </EmptyList>
  );
}
