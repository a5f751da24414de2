import { BlockStack, Box, Card, InlineGrid, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { LearntCustomersView, NamedProduct, RepeatProductView } from "../../../views/customers-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { ProductImage } from "../../kit/product-image.tsx";
import { Figure } from "./basis-card.tsx";
import { CustomerList } from "./customer-list.tsx";
import { Explained } from "./explained.tsx";

/** What is bought again, after how long, and how many customers are due for it. */
export function RepeatCard({ learnt }: { learnt: LearntCustomersView }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const { products, due, returning } = learnt;
  const isEmpty = products.total === 0;
  const more = learnt.productCount - products.total;
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="400">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              {t("repeat.title")}
            </Text>
            <Text as="p" tone="subdued">
              {isEmpty
                ? t("repeat.none", { count: returning, returning: formats.number(returning) })
                : t("repeat.intro")}
            </Text>
          </BlockStack>
          {isEmpty ? null : (
            <BlockStack gap="200">
              <Text as="p">{t("due.customers")}</Text>
              <InlineGrid columns={3} gap="400">
                <Figure label={t("due.label.overdue")} value={formats.number(due.overdue)} />
                <Figure label={t("due.label.week")} value={formats.number(due.week)} />
                <Figure label={t("due.label.month")} value={formats.number(due.month)} />
              </InlineGrid>
              {learnt.proof === null ? null : <Proof proof={learnt.proof} />}
            </BlockStack>
          )}
          {isEmpty ? null : (
            <Explained
              texts={[
                t("repeat.formula.interval"),
                t("repeat.formula.due"),
                t("repeat.formula.overdue"),
                t("repeat.formula.followers"),
                t("repeat.formula.evidence"),
              ]}
            />
          )}
        </BlockStack>
      </Box>
      {isEmpty ? null : (
        <CustomerList list="products" kind="products" label={t("repeat.list")} first={products}>
          {(product) => <RepeatProductRow key={product.productId} product={product} />}
        </CustomerList>
      )}
      {more <= 0 ? null : (
        <Box padding="400" paddingBlockStart="0">
          <Text as="p" tone="subdued">
            {t("repeat.more", { count: more, total: formats.number(more) })}
          </Text>
        </Box>
      )}
    </Card>
  );
}

/** What being due was worth a month ago. */
function Proof({ proof }: { proof: NonNullable<LearntCustomersView["proof"]> }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const { due, overdue } = proof;
  return (
    <Text as="p" tone="subdued">
      {formats.sentences([
        t("due.proof", {
          count: due.times,
          times: formats.number(due.times),
          bought: formats.number(due.bought),
          share: formats.percent(due.bought / due.times),
        }),
        ...(overdue.times === 0
          ? []
          : [t("due.overdueProof", { share: formats.percent(overdue.bought / overdue.times) })]),
      ])}
    </Text>
  );
}

function RepeatProductRow({ product }: { product: RepeatProductView }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const titleOf = useProductTitle();
  const days = (value: number) => formats.number(Math.max(1, Math.round(value)));
  const { due, followers } = product;
  return (
    <li className="tsuide-repeat">
      <ProductImage url={product.imageUrl} size={40} />
      <BlockStack gap="100">
        <Text as="h3" variant="bodyMd" fontWeight="semibold" breakWord>
          {titleOf(product)}
        </Text>
        <Text as="p">
          {t("repeat.interval", {
            median: days(product.medianDays),
            from: days(product.fromDays),
            to: days(product.toDays),
          })}
        </Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {t("repeat.evidence", {
            count: product.customers,
            customers: formats.number(product.customers),
            gaps: formats.number(product.gaps),
            share: formats.percent(product.repeatShare),
          })}
        </Text>
        {followers.length === 0 ? null : (
          <Text as="p" variant="bodySm" tone="subdued" breakWord>
            {t("repeat.followers", { products: formats.list(followers.map(titleOf)) })}
          </Text>
        )}
      </BlockStack>
      <dl className="tsuide-due">
        <DueCount label={t("due.label.overdue")} count={due.overdue} />
        <DueCount label={t("due.label.week")} count={due.week} />
        <DueCount label={t("due.label.month")} count={due.month} />
      </dl>
    </li>
  );
}

function DueCount({ label, count }: { label: string; count: number }) {
  const formats = useFormats();
  return (
    <div>
      <dt>
        <Text as="span" variant="bodySm" tone="subdued">
          {label}
        </Text>
      </dt>
      <dd>
        <Text as="span" numeric {...(count === 0 ? { tone: "subdued" } : { fontWeight: "semibold" })}>
          {formats.number(count)}
        </Text>
      </dd>
    </div>
  );
}

/** The title of a product, or words for one that is gone. */
export function useProductTitle(): (product: NamedProduct) => string {
  const { t } = useTranslation("customers");
  return ({ title }) => title ?? t("deletedProduct");
}
