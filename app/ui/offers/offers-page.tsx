import {
  Banner,
  BlockStack,
  Box,
  Button,
  Card,
  Checkbox,
  InlineStack,
  Link,
  List,
  Page,
  Select,
  Text,
} from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OFFER_TYPE_NAMES } from "../../domain/offers/offer-type-name.ts";
import type { OffersQuery, OffersView } from "../../views/offers-view.ts";
import { useFormats } from "../kit/locale-provider.tsx";
import { ACTIVITY } from "../pages/activity/activity-address.ts";
import { COMPATIBILITY } from "../pages/compatibility/compatibility-address.ts";
import { REVIEW } from "../pages/review/review-address.ts";
import { PausedNotice, type PauseActions } from "../kit/paused-notice.tsx";
import { ListFilter } from "../kit/product-list/list-filter.tsx";
import { PagedList } from "../kit/product-list/paged-list.tsx";
import { TitleBar } from "../kit/title-bar.tsx";
import type { Dismissal } from "../proposals/use-dismissal.ts";
import { AllProposals } from "../proposals/proposals-card.tsx";
import { OFFER_FILTERS, offerAddress, OFFERS, type OfferFilter } from "./list-query.ts";
import { OfferRow } from "./offer-row.tsx";
import { OffersHelp } from "./offers-help.tsx";
import type { OfferActions } from "./use-offer-actions.ts";
import { EmptyList } from "../kit/empty-list.tsx";

export interface OffersPageProps {
  view: OffersView;
  loading: boolean;
  onQuery: (query: OffersQuery, page: number) => void;
  actions: OfferActions;
  pause: PauseActions;
  dismissal: Dismissal;
}

/** Every offer of the shop, and what can be done to them one by one or together. */
export function OffersPage({ view, loading, onQuery, actions, pause, dismissal }: OffersPageProps) {
  const { t } = useTranslation("offers");
  const { query } = view;
  const isFiltered = query.search !== "" || query.status !== null || query.type !== null;
  const isEmpty = view.total === 0 && !isFiltered;
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      primaryAction={{ content: t("create"), url: `${OFFERS}/new` }}
      secondaryActions={[
        { content: t("toReview"), url: REVIEW },
        { content: t("toCompatibility"), url: COMPATIBILITY },
        { content: t("toActivity"), url: ACTIVITY },
        ...(view.paused
          ? []
          : [{ content: t("pauseAll"), onAction: () => pause.onPause(true), loading: pause.switching }]),
      ]}
    >
      <TitleBar title={t("title")} />
      <BlockStack gap="400">
        {view.paused ? <PausedNotice {...pause} /> : null}
        <ActionNotices actions={actions} />
        <Card padding="0">
          {isEmpty ? (
            <EmptyList heading={t("empty.title")} action={{ content: t("create"), url: `${OFFERS}/new` }}>
              <p>{t("empty.text")}</p>
            </EmptyList>
          ) : (
            <OfferList view={view} loading={loading} onQuery={onQuery} actions={actions} isFiltered={isFiltered} />
          )}
        </Card>
        <AllProposals view={view.proposals} dismissal={dismissal} />
        <OffersHelp />
      </BlockStack>
    </Page>
  );
}

function ActionNotices({ actions }: { actions: OfferActions }) {
  const { t } = useTranslation("offers");
  return (
    <>
      {actions.failure === null ? null : (
        <Banner tone="critical" title={t("refusal.title")}>
          <Text as="p">{t(`refusal.${actions.failure}`, { defaultValue: t("refusal.failed") })}</Text>
        </Banner>
      )}
      {actions.refused.length === 0 ? null : (
        <Banner tone="warning" title={t("kept.title", { count: actions.refused.length })}>
          <List>
            {actions.refused.map(({ number, name, reason }) => (
              <List.Item key={number}>
                <Link url={offerAddress(number)}>{name}</Link>
                {t("colon")}
                {t(`kept.${reason}`)}
              </List.Item>
            ))}
          </List>
        </Banner>
      )}
    </>
  );
}

interface OfferListProps extends Pick<OffersPageProps, "view" | "loading" | "onQuery" | "actions"> {
  isFiltered: boolean;
}

function OfferList({ view, loading, onQuery, actions, isFiltered }: OfferListProps) {
  const { t } = useTranslation("offers");
  const formats = useFormats();
  const { query, offers } = view;
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const chosen = offers.map(({ number }) => number).filter((number) => selected.has(number));
  const select = (number: number, on: boolean) =>
    setSelected((before) => new Set(on ? [...before, number] : [...before].filter((one) => one !== number)));
  const typeOptions = [
    { value: "", label: t("filter.anyType") },
    ...OFFER_TYPE_NAMES.map((type) => ({ value: type, label: t(`type.${type}.title`) })),
  ];
  return (
    <>
      <ListFilter<OfferFilter>
        labels={{ search: t("filter.search"), placeholder: t("filter.placeholder"), show: t("filter.show") }}
        options={OFFER_FILTERS.map((filter) => ({ value: filter, label: t(`filter.option.${filter}`) }))}
        search={query.search}
        filter={query.status ?? "in-use"}
        onQuery={({ search, filter, page }) =>
          onQuery({ ...query, search, status: filter === "in-use" ? null : filter }, page)
        }
      >
        <Select
          label={t("filter.type")}
          options={typeOptions}
          value={query.type ?? ""}
          onChange={(type) => onQuery({ ...query, type: type === "" ? null : type }, 1)}
        />
      </ListFilter>
      {offers.length === 0 ? null : (
        <BulkBar
          total={offers.length}
          chosen={chosen}
          onAll={(all) => setSelected(new Set(all ? offers.map(({ number }) => number) : []))}
          actions={actions}
        />
      )}
      <PagedList
        loading={loading}
        name={t("pages")}
        total={t("total", { count: view.total, offers: formats.number(view.total) })}
        place={t("place", { page: formats.number(view.page), pages: formats.number(view.pageCount) })}
        page={view.page}
        pageCount={view.pageCount}
        onPage={(page) => onQuery(query, page)}
      >
        {offers.length === 0 ? (
          <Box padding="600">
            <BlockStack gap="300" inlineAlign="center">
              <Text as="p" tone="subdued">
                {t("nothing")}
              </Text>
              {isFiltered ? (
                <Button onClick={() => onQuery({ search: "", status: null, type: null }, 1)}>{t("showAll")}</Button>
              ) : null}
            </BlockStack>
          </Box>
        ) : (
          <ul className="tsuide-products tsuide-divided">
            {offers.map((offer) => (
              <OfferRow
                key={offer.number}
                offer={offer}
                timezone={view.timezone}
                selected={selected.has(offer.number)}
                onSelect={(on) => select(offer.number, on)}
                actions={actions}
              />
            ))}
          </ul>
        )}
      </PagedList>
    </>
  );
}

interface BulkBarProps {
  total: number;
  chosen: readonly number[];
  onAll: (all: boolean) => void;
  actions: OfferActions;
}

/** Selects the offers of the page, and does one thing to all that are selected. */
function BulkBar({ total, chosen, onAll, actions }: BulkBarProps) {
  const { t } = useTranslation("offers");
  const none = chosen.length === 0;
  return (
    <Box padding="400" borderBlockEndWidth="025" borderColor="border">
      <InlineStack gap="400" blockAlign="center" align="space-between">
        <Checkbox
          label={none ? t("bulk.all") : t("bulk.selected", { count: chosen.length })}
          checked={chosen.length === total}
          onChange={() => onAll(chosen.length < total)}
        />
        <InlineStack gap="200">
          {(["activate", "pause", "archive"] as const).map((intent) => (
            <Button
              key={intent}
              disabled={none}
              loading={actions.pending && !none}
              onClick={() => actions.run(intent, chosen)}
            >
              {t(`action.${intent}`)}
            </Button>
          ))}
        </InlineStack>
      </InlineStack>
    </Box>
  );
}
