import { Banner, BlockStack, Box, Button, InlineStack, List, Text } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { NoticeCode, NoticeDetails, NoticeView } from "../../../domain/shop/notice.ts";
import type { Rate } from "../../../domain/statistics/rate-fall.ts";
import type { Formats } from "../../kit/format.ts";
import { useFormats } from "../../kit/locale-provider.tsx";
import { offerAddress, OFFERS } from "../../offers/list-query.ts";
import { useOfferWords } from "../../offers/offer-words.ts";
import type { NoticeActions } from "./use-notices.ts";

interface NoticesProps {
  notices: readonly NoticeView[];
  dismissed: readonly NoticeCode[];
  shop: string;
  actions: NoticeActions;
}

/** What stands in the way of the shop, what follows from it, and who can do what. */
export function Notices({ notices, dismissed, shop, actions }: NoticesProps) {
  const { t } = useTranslation("notices");
  return (
    <>
      {notices.map((notice) => (
        <OneNotice key={notice.code} notice={notice} shop={shop} actions={actions} />
      ))}
      {actions.failed ? (
        <Text as="p" tone="critical">
          {t("failed")}
        </Text>
      ) : null}
      <Dismissed dismissed={dismissed} actions={actions} />
    </>
  );
}

function OneNotice({ notice, shop, actions }: Pick<NoticesProps, "shop" | "actions"> & { notice: NoticeView }) {
  const { t } = useTranslation("notices");
  const formats = useFormats();
  const { code, isForMerchant, details } = notice;
  const values = valuesOf(details, t, formats);
  const offerWords = useOfferWords();
  const offers = (details.offers ?? []).map(({ type, name }) => name.trim() || offerWords.type(type));
  const lines = [...linesOf(code, details, t, formats), ...offers];
  const link = linkOf(code, details, shop);
  return (
    <Banner
      tone={isForMerchant ? "warning" : "info"}
      title={t(`${code}.title`, values)}
      {...(link === null ? {} : { action: { content: t(`${code}.action`, values), ...link } })}
      {...(notice.canBeDismissed ? { onDismiss: () => actions.dismiss(code) } : {})}
    >
      <BlockStack gap="200">
        {lines.length === 0 ? null : (
          <List>
            {lines.map((line, place) => (
              <List.Item key={place}>{line}</List.Item>
            ))}
          </List>
        )}
        <Text as="p">{t(`${code}.text`, values)}</Text>
      </BlockStack>
    </Banner>
  );
}

/** How many messages still hold that staff do not want to read, and the way back. */
function Dismissed({ dismissed, actions }: Pick<NoticesProps, "dismissed" | "actions">) {
  const { t } = useTranslation("notices");
  const formats = useFormats();
  const count = dismissed.length;
  if (count === 0) return null;
  return (
    <Box paddingInline={{ xs: "400", sm: "0" }}>
      <InlineStack gap="200" blockAlign="center">
        <Text as="p" tone="subdued">
          {t("dismissed", { count, number: formats.number(count) })}
        </Text>
        <Button variant="plain" onClick={actions.restoreAll} loading={actions.pending}>
          {t("show")}
        </Button>
      </InlineStack>
    </Box>
  );
}

function valuesOf(details: NoticeDetails, t: TFunction<"notices">, formats: Formats) {
  const { reason = "", count = 0, titles = [], of = 0, orders = 0 } = details;
  const named = titles.map((title) => t("quoted", { title }));
  return {
    count,
    number: formats.number(count),
    of: formats.number(of),
    orders: formats.number(orders),
    reason,
    titles: formats.list(count > titles.length ? [...named, t("others")] : named),
  };
}

/** The figures that a notice rests on. */
function linesOf(code: NoticeCode, details: NoticeDetails, t: TFunction<"notices">, formats: Formats): string[] {
  const { surfaces = [], stopped, goals = [], charged = [] } = details;
  const figures = (days: number, now: Rate, earlier: Rate) => ({
    hours: formats.number(24 * days),
    events: formats.number(now.events),
    opportunities: formats.number(now.opportunities),
    before: formats.number(Math.round((100 * earlier.events) / earlier.opportunities)),
  });
  return [
    ...surfaces.map(({ surface, days, now, earlier }) =>
      t(`${code}.line`, { surface: t(`surface.${surface}`), ...figures(days, now, earlier) }),
    ),
    ...(stopped === undefined ? [] : [t(`${code}.line`, figures(stopped.days, stopped.now, stopped.earlier))]),
    ...charged.map(({ name, promisedMinor, takenMinor, currency }) => {
      const money = (amountMinor: number) => formats.money({ amountMinor, currency });
      return t("overcharged.line", { order: name, promised: money(promisedMinor), taken: money(takenMinor) });
    }),
    ...goals.map(({ name, currency, goalMinor, ratesMinor }) => {
      const values = {
        goal: name === "" ? t("goal-differs.unnamed") : t("quoted", { title: name }),
        asks: formats.money({ amountMinor: goalMinor, currency }),
        rates: formats.money({ amountMinor: ratesMinor, currency }),
      };
      return goalMinor > ratesMinor ? t("goal-differs.above", values) : t("goal-differs.below", values);
    }),
  ];
}

/** Where a notice is dealt with; null where there is no such place. */
function linkOf(
  code: NoticeCode,
  { goals = [], surfaces = [], charged = [], offers = [] }: NoticeDetails,
  shop: string,
) {
  const admin = (path: string) => ({ url: `https://${shop}/admin/${path}`, external: true });
  switch (code) {
    case "data-requests":
      return { url: "/app/data-requests" };
    case "discount-off":
    case "discount-stopped":
    case "discounts-apart":
      return admin("discounts");
    case "overcharged":
      return admin(`orders/${charged[0]?.order ?? ""}`);
    case "goal-differs":
      return { url: `/app/offers/${goals[0]?.offer}` };
    case "credit-not-allowed":
    case "credit-spent":
      return { url: offers.length === 1 ? offerAddress(offers[0]!.number) : OFFERS };
    case "pixel-silent":
      return admin("settings/customer_events");
    case "widget-stopped": {
      const isInCheckout = surfaces.every(({ surface }) => surface === "checkout" || surface === "thank-you");
      return admin(isInCheckout ? "settings/checkout" : "themes/current/editor?context=apps");
    }
    default:
      return null;
  }
}
