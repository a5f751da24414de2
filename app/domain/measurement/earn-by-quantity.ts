import { bareNumber, type OfferId } from "../ids.ts";
import { shareMinor } from "../money/allocate.ts";
import { offerId, offerKeyOf } from "../offers/offer-id.ts";
import { type LineRefund, orderAccount } from "../orders/order-account.ts";
import type { Order } from "../orders/order.ts";
import type { LineAttribution } from "./attribute-order.ts";
import type { OwnDiscount } from "./own-discounts.ts";

/**
 * What quantity breaks earned. Their units are added by the theme's own button, so that no line claims them: what proves
 * them is the discount that our Function gave, and nothing that a buyer can write. The first unit of a product would have
 * been bought without the offer; it earns the others, and the first is taken for the one that is kept longest. Lines that
 * earn for another offer already do not earn twice.
 *
 * `number`: the only quantity offer that the shop had by then; null where there were several.
 */
export function earnByQuantity(
  order: Order,
  refunds: ReadonlyMap<string, LineRefund>,
  {
    discounts,
    earning,
    number,
  }: {
    readonly discounts: readonly OwnDiscount[];
    readonly earning: readonly LineAttribution[];
    readonly number: number | null;
  },
): LineAttribution[] {
  const given = new Set(discounts.filter(({ kind }) => kind === "quantity-breaks").map(({ lineId }) => lineId));
  const taken = new Set(earning.map(({ lineId }) => lineId));
  const counted = new Set<string>();
  const accounts = orderAccount(order.lines, refunds, order.refundedWithoutLinesMinor ?? 0);
  return order.lines.flatMap((line, place): LineAttribution[] => {
    const { lineId, ...account } = accounts[place]!;
    const { productId, variantId } = line;
    if (productId === null || !given.has(lineId) || line.isGiftCard) return [];
    const isFirst = !counted.has(productId) && account.kept + account.refunded > 0;
    if (isFirst) counted.add(productId);
    if (taken.has(lineId)) return [];
    const earned = isFirst ? withoutFirst(account) : account;
    if (earned.kept + earned.refunded === 0) return [];
    const id =
      number === null
        ? (offerKeyOf("quantity-breaks", null) as OfferId)
        : offerId("quantity-breaks", number, bareNumber(productId));
    return [
      {
        ...{ lineId, productId, variantId, title: line.title, offerId: id },
        ...{ surface: "product", keptUnits: earned.kept },
        revenueMinor: earned.netMinor + earned.refundedMinor,
        refundedMinor: earned.refundedMinor,
        netTaxMinor: order.taxesIncluded === true ? earned.netTaxMinor : 0,
      },
    ];
  });
}

interface Account {
  readonly kept: number;
  readonly refunded: number;
  readonly netMinor: number;
  readonly netTaxMinor: number;
  readonly refundedMinor: number;
}

function withoutFirst({ kept, refunded, netMinor, netTaxMinor, refundedMinor }: Account): Account {
  const rest = (minor: number, units: number) => minor - shareMinor(minor, 1, units);
  return kept > 0
    ? { kept: kept - 1, refunded, netMinor: rest(netMinor, kept), netTaxMinor: rest(netTaxMinor, kept), refundedMinor }
    : { kept, refunded: refunded - 1, netMinor, netTaxMinor, refundedMinor: rest(refundedMinor, refunded) };
}
