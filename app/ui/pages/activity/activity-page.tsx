import { BlockStack, Box, Card, Link, Page, Text } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ActivityRowView, ActivityView } from "../../../views/activity-view.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { PagedList } from "../../kit/product-list/paged-list.tsx";
import { TitleBar } from "../../kit/title-bar.tsx";
import { offerAddress, OFFERS } from "../../offers/list-query.ts";
import { useOfferWords } from "../../offers/offer-words.ts";
import { experimentAddress } from "../experiments/address.ts";
import { EmptyList } from "../../kit/empty-list.tsx";

interface ActivityPageProps {
  view: ActivityView;
  /** The list is on its way. */
  loading: boolean;
  onPage: (page: number) => void;
}

/** What staff changed, the latest first. */
export function ActivityPage({ view, loading, onPage }: ActivityPageProps) {
  const { t } = useTranslation("activity");
  const formats = useFormats(view.timezone);
  const { rows, total, page, pageCount } = view;
  return (
    <Page title={t("title")} subtitle={t("subtitle")} backAction={{ content: t("back"), url: OFFERS }}>
      <TitleBar title={t("title")} />
      <BlockStack gap="400">
        <Card padding="0">
          <Text as="h2" visuallyHidden>
            {t("list")}
          </Text>
          {rows.length === 0 ? (
            <EmptyList heading={t("empty.title")}>
              <p>{t("empty.text")}</p>
            </EmptyList>
          ) : (
            <>
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
                  {rows.map((row, place) => (
                    <Change key={`${row.at} ${place}`} row={row} timezone={view.timezone} />
                  ))}
                </ul>
              </PagedList>
            </>
          )}
        </Card>
        {rows.every(({ who }) => who === null || who === "automatic" || who.isReader) ? null : (
          <Box paddingInline={{ xs: "400", sm: "0" }}>
            <Text as="p" tone="subdued">
              {t("names")}
            </Text>
          </Box>
        )}
      </BlockStack>
    </Page>
  );
}

function Change({ row, timezone }: { row: ActivityRowView; timezone: string }) {
  const formats = useFormats(timezone);
  const { who, at, offer, experiment } = row;
  const name = useName(who);
  const sentence = useSentence(row);
  const subject =
    offer !== null ? offerAddress(offer.number) : experiment === null ? null : experimentAddress(experiment.number);
  return (
    <li>
      <Box padding="400">
        <BlockStack gap="050">
          <Text as="p" breakWord>
            {subject === null ? sentence : <Link url={subject}>{sentence}</Link>}
          </Text>
          <Text as="p" tone="subdued" variant="bodySm">
            {`${name} · ${formats.dateTime(at)}`}
          </Text>
        </BlockStack>
      </Box>
    </li>
  );
}

/** Who made a change. */
function useName(who: ActivityRowView["who"]): string {
  const { t } = useTranslation("activity");
  if (who === null) return t("who.unknown");
  if (who === "automatic") return t("who.automatic");
  return who.isReader ? t("who.you") : t("who.staff", { userId: who.userId });
}

/** "1 l instead of 500 ml". */
function variantWords({ from, to }: NonNullable<ActivityRowView["step"]>, t: TFunction<"activity">): string {
  const [one, other] = [to ?? t("unnamedVariant"), from];
  return other === null ? one : t("step", { to: one, from: other });
}

/** A change in words. An offer without a name of its own has that of its type. */
function useSentence({ kind, offer, product, other, step, by, count, experiment, notice }: ActivityRowView): string {
  const { t } = useTranslation("activity");
  const formats = useFormats();
  const { type: typeName } = useOfferWords();
  const unnamed = t("unnamed");
  return t(`kind.${kind}`, {
    offer: offer === null ? "" : offer.name === "" ? typeName(offer.type) : offer.name,
    product: product ?? unnamed,
    other: step === null ? (other ?? unnamed) : variantWords(step, t),
    by: by ?? unnamed,
    experiment: experiment === null ? "" : experiment.name || t("unnamedExperiment", { number: experiment.number }),
    notice: notice === null ? "" : t(`notice.${notice}`, { defaultValue: notice }),
    ...(count === null ? {} : { count, number: formats.number(count) }),
  });
}
