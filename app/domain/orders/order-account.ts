import type { LineId } from "../ids.ts";
import { allocateMinor, shareMinor } from "../money/allocate.ts";
import type { OrderLine } from "./order.ts";

/** What an order's refunds name of one line: units given back, and the price of these units, discounts off. */
export interface LineRefund {
  readonly units: number;
  readonly minor: number;
}

/** What of a line an account needs. */
export type AccountedLine = Pick<
  OrderLine,
  "id" | "quantity" | "currentQuantity" | "unitPriceMinor" | "discountMinor"
> &
  Partial<Pick<OrderLine, "taxMinor">>;

/**
 * Where every unit of one order line went, and what it was worth. `ordered = edited + refunded + kept`. Amounts are in
 * the smallest unit of the order's currency, discounts off, with taxes where the order's prices include them.
 */
export interface LineAccount {
  readonly lineId: LineId;
  /** Units ordered. */
  readonly ordered: number;
  /** Units that left the order without a refund that names them: taken off by an order edit. */
  readonly edited: number;
  /** Units that a refund names. */
  readonly refunded: number;
  /** Units still sold. */
  readonly kept: number;
  /** Given back: the price of the refunded units, and the line's share of refunds that name no line. */
  readonly refundedMinor: number;
  /** What is left: the price of the kept units less the line's share of refunds that name no line. */
  readonly netMinor: number;
  /** The tax on what is left; part of `netMinor` only where the order's prices include taxes. */
  readonly netTaxMinor: number;
}

const NO_REFUND: LineRefund = { units: 0, minor: 0 };

/**
 * The account of each line of an order, in the order of the lines.
 *
 * Units are distinguished by quantities alone: of the units that are gone, refunds name some, and edits took the rest.
 * The kept units are worth the line's price less the share of those gone, whatever money moved for them. Refunds that
 * name no line (`withoutLinesMinor`, for goods) are shared over the lines by largest remainder, in proportion to what
 * is left of each, and never take more than that.
 */
export function orderAccount(
  lines: readonly AccountedLine[],
  refunds: ReadonlyMap<string, LineRefund>,
  withoutLinesMinor: number,
): LineAccount[] {
  const units = lines.map((line) => unitAccount(line, refunds.get(line.id) ?? NO_REFUND));
  const kept = units.map(({ keptMinor }) => keptMinor);
  const left = kept.reduce((sum, minor) => sum + minor, 0);
  const shared = allocateMinor(Math.min(Math.max(withoutLinesMinor, 0), left), kept);
  return units.map(({ keptMinor, keptTaxMinor, refundedMinor, ...account }, place) => {
    const netMinor = keptMinor - shared[place]!;
    return {
      ...account,
      refundedMinor: refundedMinor + shared[place]!,
      netMinor,
      netTaxMinor: keptMinor === 0 ? 0 : shareMinor(keptTaxMinor, netMinor, keptMinor),
    };
  });
}

/** As Shopify's books have it: a refund's price is that of the units gone so far less that of those gone before. */
function unitAccount(line: AccountedLine, refund: LineRefund) {
  const ordered = Math.max(line.quantity, 0);
  const kept = Math.min(Math.max(line.currentQuantity, 0), ordered);
  const gone = ordered - kept;
  const refunded = Math.min(Math.max(refund.units, 0), gone);
  const edited = gone - refunded;
  const orderedMinor = Math.max(line.unitPriceMinor * line.quantity - line.discountMinor, 0);
  const goneMinor = ordered === 0 ? 0 : shareMinor(orderedMinor, gone, ordered);
  const tax = Math.max(line.taxMinor ?? 0, 0);
  return {
    ...{ lineId: line.id, ordered, edited, refunded, kept },
    keptMinor: ordered === 0 ? 0 : orderedMinor - goneMinor,
    keptTaxMinor: ordered === 0 ? 0 : tax - shareMinor(tax, gone, ordered),
    // Shopify may round a unit's price differently: where refunds name all units that are gone, theirs is all that is
    // gone. A refund of nothing gave nothing back.
    refundedMinor: edited === 0 && refund.minor > 0 ? goneMinor : Math.min(Math.max(refund.minor, 0), goneMinor),
  };
}
