import { CLAIMED_SURFACES, type ClaimedSurface } from "../../offers/surface.ts";
import type { Rate } from "../../statistics/rate-fall.ts";
import type { EventKind, EventPlace } from "../shop-event.ts";

/** How often something happened on one of several days; day 0 is the latest. */
export interface DayTotal {
  readonly day: number;
  readonly offer: number;
  readonly surface: EventPlace;
  readonly kind: EventKind;
  readonly events: number;
}

/**
 * How often offers were shown on a surface, day by day, and how often they could have been: once for each time that
 * shoppers saw the page that the surface is on. A cart counts when something is added, since drawers have no page.
 *
 * @param offers Numbers of the offers that count, by surface; without any, nothing could have been shown.
 */
export function surfaceRates(
  totals: readonly DayTotal[],
  offers: ReadonlyMap<ClaimedSurface, ReadonlySet<number>>,
  days: number,
): Map<ClaimedSurface, Rate[]> {
  const happened = (day: number, kind: EventKind) =>
    sum(totals.filter((total) => total.day === day && total.kind === kind && total.surface === ""));
  const shown = (day: number, surface: ClaimedSurface) =>
    sum(
      totals.filter(
        (total) =>
          total.day === day &&
          total.kind === "shown" &&
          total.surface === surface &&
          offers.get(surface)?.has(total.offer),
      ),
    );
  const isWatched = (surface: ClaimedSurface) => (offers.get(surface)?.size ?? 0) > 0;
  return new Map(
    CLAIMED_SURFACES.map((surface) => [
      surface,
      Array.from({ length: days }, (_, day) => ({
        events: shown(day, surface),
        opportunities: isWatched(surface)
          ? Math.max(
              0,
              OPPORTUNITIES[surface]((kind) => happened(day, kind)),
            )
          : 0,
      })),
    ]),
  );
}

type Count = (kind: EventKind) => number;

const OPPORTUNITIES: Readonly<Record<ClaimedSurface, (count: Count) => number>> = {
  product: (count) => count("product-viewed"),
  cart: (count) => count("product-added"),
  checkout: (count) => count("checkout-started"),
  "thank-you": (count) => count("checkout-completed"),
  // Home, collections and search: every page that is none of the others.
  page: (count) =>
    count("page-viewed") -
    count("product-viewed") -
    count("cart-viewed") -
    count("checkout-started") -
    count("checkout-completed"),
};

function sum(totals: readonly DayTotal[]): number {
  return totals.reduce((all, { events }) => all + events, 0);
}
