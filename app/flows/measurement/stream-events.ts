import type { ShopDomain } from "../../domain/ids.ts";
import type { ShopEvent } from "../../domain/measurement/shop-event.ts";
import { reportPeriod } from "../../domain/time/report-days.ts";
import type { FlowContext } from "../context.ts";

/** What shoppers did on one day of the shop, in the order of time, a batch at a time. */
export function streamEvents(
  shop: ShopDomain,
  { day, timezone }: { day: string; timezone: string },
  { events }: Pick<FlowContext, "events">,
): AsyncGenerator<readonly ShopEvent[]> {
  const { from, to } = reportPeriod(day, day, timezone);
  return events.readLog(shop, { from: new Date(from), to: new Date(to) });
}
