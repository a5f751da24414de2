import type { ShopEvent } from "../../domain/measurement/shop-event.ts";
import type { Visit } from "../../domain/measurement/visit.ts";

/** An event as both stores read it for the log: all columns of its visit are null where it has none. */
export type LogRow = Omit<ShopEvent, "visit"> & (Visit | Readonly<Record<keyof Visit, null>>);

/** The event of a row of the log. */
export function loggedEvent({ device, source, medium, campaign, ...event }: LogRow): ShopEvent {
  return device === null ? event : { ...event, visit: { device, source, medium, campaign } };
}
