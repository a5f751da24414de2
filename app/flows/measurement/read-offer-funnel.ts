import type { ShopDomain } from "../../domain/ids.ts";
import { offerFunnel } from "../../domain/measurement/offer-funnel.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import type { OfferFunnelView } from "../../views/offer-funnel-view.ts";
import type { FlowContext } from "../context.ts";

const DAYS = 28;

/** What shoppers did with an offer lately; null where that cannot be read now, since events may be in a database apart. */
export async function readOfferFunnel(
  shop: ShopDomain,
  number: number,
  { events, log, now }: Pick<FlowContext, "events" | "log" | "now">,
): Promise<OfferFunnelView | null> {
  const until = now();
  const from = new Date(until.getTime() - DAYS * DAY_MS);
  try {
    return { days: DAYS, surfaces: offerFunnel(await events.readTotals(shop, from, until, number)) };
  } catch (error) {
    log.warn({ shop, message: (error as Error).message }, "events of an offer not read");
    return null;
  }
}
