import { Banner, BlockStack, Button, Card, InlineGrid, Page, SkeletonBodyText, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { CustomersView } from "../../domain/customers/customers-view.ts";
import { useFormats } from "../locale-provider.tsx";
import { SaveBar } from "../save-bar.tsx";
import { TitleBar } from "../title-bar.tsx";
import { BasisCard } from "./basis-card.tsx";
import { DueList } from "./due-list.tsx";
import { LifetimeCard } from "./lifetime-card.tsx";
import type { LifetimeErrors, LifetimeForm } from "./lifetime-form.ts";
import { MapCard } from "./map-card.tsx";
import { RankedCard } from "./ranked-card.tsx";
import { RepeatCard } from "./repeat-card.tsx";
import { SpreadCard } from "./spread-card.tsx";

const SAVE_BAR_ID = "customers-save-bar";

export interface CustomersPageProps {
  view: CustomersView;
  lifetime: {
    form: LifetimeForm;
    onChange: (change: LifetimeForm) => void;
    errors: LifetimeErrors;
    /** The form differs from what is saved. */
    dirty: boolean;
    saving: boolean;
    onSave: () => void;
    onDiscard: () => void;
  };
}

/** Who buys again and when, how customers are ranked, and what they are worth. */
export function CustomersPage({ view, lifetime }: CustomersPageProps) {
  const { t } = useTranslation("customers");
  const { dirty, saving, onSave, onDiscard } = lifetime;
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      <TitleBar title={t("title")} />
      <SaveBar id={SAVE_BAR_ID} {...{ dirty, saving, onSave, onDiscard }} />
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
          {t("state.anew")}
        </Text>
      ) : null}
      <BasisCard learnt={learnt} timezone={shop.timezone} />
      <RepeatCard learnt={learnt} />
      {learnt.products.length === 0 ? null : <DueList customers={learnt.dueCustomers} shop={shop} />}
      <MapCard map={learnt.map} />
      <InlineGrid columns={{ xs: 1, md: learnt.ranked.length === 0 ? 1 : 2 }} gap="400" alignItems="start">
        {learnt.ranked.length === 0 ? null : <RankedCard ranked={learnt.ranked} shop={shop} />}
        <SpreadCard spread={learnt.spread} />
      </InlineGrid>
      <LifetimeCard
        lifetime={learnt.lifetime}
        currency={shop.currency}
        form={lifetime.form}
        onChange={lifetime.onChange}
        errors={lifetime.errors}
      />
    </BlockStack>
  );
}
