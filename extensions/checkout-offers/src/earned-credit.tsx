/** @jsxImportSource preact */
import type { Money } from "../../../extension-kit/domain.ts";
import { formatMoney, type I18n } from "../../../extension-kit/money-text.ts";

/** What the order earns as store credit once it is paid. */
export function EarnedCredit({ credit, i18n }: { credit: Money; i18n: I18n }) {
  return <s-text>{i18n.translate("credit", { amount: formatMoney(i18n, credit) })}</s-text>;
}
