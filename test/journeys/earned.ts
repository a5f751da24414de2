import { lineNetMinor, lineTaxMinor } from "../dev-store/shop/order-totals.ts";
import type { DevOrder, DevOrderLine } from "../dev-store/shop/state.ts";

/** What some lines of an order earn, in hundredths of its currency: what was paid for them, less the taxes within. */
export function earnedBy(order: DevOrder, earns: (line: DevOrderLine) => boolean): number {
  const unit = order.currency === "JPY" ? 100 : 1;
  const taxOf = (line: DevOrderLine) => (order.taxes?.included === true ? lineTaxMinor(line, order) : 0);
  return order.lines.filter(earns).reduce((sum, line) => sum + (lineNetMinor(line) - taxOf(line)) * unit, 0);
}

/** Whether a line says that it came through an offer. */
export function isClaimed({ properties }: DevOrderLine): boolean {
  return properties._tsuide !== undefined;
}
