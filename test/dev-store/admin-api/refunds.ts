import { gidOf } from "../shop/gid.ts";
import { fixedDecimal } from "../shop/money.ts";
import type { DevOrder, DevRefund } from "../shop/state.ts";
import { iso, list, type Fields, type TypeFields } from "./fields.ts";
import { MoneyBag } from "./money-bag.ts";
import type { LineOf } from "./order-lines.ts";

/** A refund together with the order it belongs to. */
export interface RefundOf {
  refund: DevRefund;
  order: DevOrder;
}
interface RefundLineOf {
  index: number;
  of: RefundOf;
}
const refund: Fields<RefundOf> = {
  id: (of) => gidOf("Refund", of.refund.id),
  legacyResourceId: (of) => of.refund.id,
  createdAt: (of) => iso(of.refund.createdAt),
  processedAt: (of) => iso(of.refund.createdAt),
  updatedAt: (of) => iso(of.refund.createdAt),
  note: () => null,
  order: (of) => of.order,
  totalRefundedSet: (of) =>
    new MoneyBag(
      of.refund.lines.reduce((sum, { subtotalMinor }) => sum + subtotalMinor, of.refund.withoutLinesMinor ?? 0),
      of.order,
    ),
  refundLineItems: list((of) => of.refund.lines.map((_line, index) => ({ index, of }) satisfies RefundLineOf)),
};

function refundLine({ index, of }: RefundLineOf) {
  const found = of.refund.lines[index];
  if (found === undefined) throw new Error(`Refund ${of.refund.id} has no line ${index}.`);
  return found;
}

const refundLineItem: Fields<RefundLineOf> = {
  id: ({ index, of }) => gidOf("RefundLineItem", `${of.refund.id}${index}`),
  quantity: (source) => refundLine(source).quantity,
  restocked: () => true,
  restockType: () => "RETURN",
  subtotalSet: (source) => new MoneyBag(refundLine(source).subtotalMinor, source.of.order),
  totalTaxSet: (source) => new MoneyBag(0, source.of.order),
  subtotal: (source) => fixedDecimal(refundLine(source).subtotalMinor, source.of.order.currency),
  lineItem: (source) => {
    const { lineId } = refundLine(source);
    const found = source.of.order.lines.find(({ id }) => id === lineId);
    if (found === undefined) throw new Error(`Refund ${source.of.refund.id} names an unknown line ${lineId}.`);
    return { line: found, order: source.of.order } satisfies LineOf;
  },
};

export const refundFields: TypeFields = { Refund: refund, RefundLineItem: refundLineItem };
