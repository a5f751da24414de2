import { Banner } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SimulatedOrderView, SimulatorView } from "../../../views/simulator-view.ts";

interface OrderNoticeProps {
  order: SimulatedOrderView;
  view: Pick<SimulatorView, "currency" | "shopCurrency">;
}

/** Whose cart it is, and what its prices are. */
export function OrderNotice({ order, view: { currency, shopCurrency } }: OrderNoticeProps) {
  const { t } = useTranslation("simulator");
  const { name, prices, notAnswered, leftOut } = order;
  // The catalogue has prices in the shop's own currency only.
  const known = prices === "catalogue" && currency !== shopCurrency ? "missing" : prices;
  const values = { currency, paidIn: order.paidIn ?? t("notice.anotherCurrency") };
  return (
    <Banner tone="info">
      <p>{prices === "paid" ? t("notice.order", { order: name }) : t("notice.orderAtOtherPrices", { order: name })}</p>
      {notAnswered ? <p>{t("notice.notAnswered")}</p> : null}
      {prices === "paid" ? null : <p>{t(`notice.prices.${known}`, values)}</p>}
      {leftOut === 0 ? null : <p>{t("notice.leftOut", { count: leftOut })}</p>}
    </Banner>
  );
}
