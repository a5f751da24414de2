import { Banner, BlockStack, Button, Card, InlineGrid, Page, SkeletonBodyText, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CustomersView } from "../../../views/customers-view.ts";
import type { SavedForm } from "../../forms/use-saved-form.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { SaveBar } from "../../kit/save-bar.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";
import { BasisCard } from "./basis-card.tsx";
import { DueList } from "./due-list.tsx";
import { FunnelCard } from "./funnel-card.tsx";
import { LifetimeCard } from "./lifetime-card.tsx";
import type { LifetimeForm } from "./lifetime-form.ts";
import { MapCard } from "./map-card.tsx";
import { RankedCard } from "./ranked-card.tsx";
import { RepeatCard } from "./repeat-card.tsx";
import { SpreadCard } from "./spread-card.tsx";

const SAVE_BAR_ID = "customers-save-bar";

export interface CustomersPageProps {
  view: CustomersView;
  lifetime: SavedForm<LifetimeForm>;
}

/** Who buys again and when, how customers are ranked, and what they are worth. */
export function CustomersPage({ view, lifetime }: CustomersPageProps) {
  const { t } = useTranslation("customers");
  const { dirty, saving, save, discard } = lifetime;
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      <TitleBar title={t("title")} />
      <SaveBar id={SAVE_BAR_ID} {...{ dirty, saving, onSave: save, onDiscard: discard }} />
      {view.state === "ready" ? <Learnt view={view} lifetime={lifetime} /> : <NotYet state={view.state} />}
    </Page>
  );
}

function NotYet({ state }: { state: "no-orders" | "learning" }) {
  const { t } = useTranslation("customers");
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t(`state.${state}.title`)}
          </Text>
          <Text as="p" tone="subdued">
            {t(`state.${state}.text`)}
          </Text>
        </BlockStack>
        {state === "learning" ? (
          <SkeletonBodyText lines={6} />
        ) : (
          <div>
            <Button variant="primary" url="/app">
              {t("state.no-orders.action")}
            </Button>
          </div>
        )}
      </BlockStack>
    </Card>
  );
}

function Learnt({ view, lifetime }: CustomersPageProps) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const { shop, learnt } = view;
  if (learnt === null) return null;
  const { unknownCustomer: orders } = learnt;
  if (learnt.customers === 0) {
    return (
      <Banner title={t("state.no-customers.title")}>
        <Text as="p">{t("state.no-customers.text", { count: orders, orders: formats.number(orders) })}</Text>
      </Banner>
    );
  }
  return (
    <BlockStack gap="400">
      {view.learning ? (
        <Text as="p" tone="subdued">
          {t("state.updating")}
        </Text>
      ) : null}
      <BasisCard learnt={learnt} timezone={shop.timezone} />
      <FunnelCard funnel={learnt.funnel} />
      <RepeatCard learnt={learnt} />
      {learnt.products.total === 0 ? null : <DueList customers={learnt.dueCustomers} shop={shop} />}
      <MapCard map={learnt.map} />
      <InlineGrid columns={{ xs: 1, md: learnt.map.code === "ranked" ? 2 : 1 }} gap="400" alignItems="start">
        {learnt.map.code !== "ranked" ? null : <RankedCard ranked={learnt.ranked} shop={shop} />}
        <SpreadCard spread={learnt.spread} />
      </InlineGrid>
      <LifetimeCard lifetime={learnt.lifetime} currency={shop.currency} form={lifetime} />
    </BlockStack>
  );
}
