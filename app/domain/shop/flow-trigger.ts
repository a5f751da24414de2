import type { Failing } from "../measurement/voice/failing.ts";
import type { NoticeCode } from "./notice.ts";

/** What starts workflows in Shopify Flow: the handle of a trigger, with a value for each field that its extension declares. */
export type FlowTrigger = OfferFailingTrigger | AlarmTrigger;

interface OfferFailingTrigger {
  readonly handle: "offer-failing";
  readonly payload: {
    /** As staff named it; the name of its type where it has none. */
    readonly Offer: string;
    readonly "Offer number": number;
    readonly Reason: Failing["code"];
    /** How many customers answered, or ordered. */
    readonly Customers: number;
    /** How many of them said no, or sent something back. */
    readonly Complaints: number;
    readonly Paused: boolean;
  };
}

interface AlarmTrigger {
  readonly handle: "alarm-raised";
  readonly payload: {
    readonly Alarm: NoticeCode;
    /** ISO time at which it was raised. */
    readonly Since: string;
  };
}

/** The trigger of an offer that was found to fail. */
export function offerFailingTrigger(
  offer: { readonly number: number; readonly name: string; readonly type: string },
  failing: Failing,
  paused: boolean,
): OfferFailingTrigger {
  const [customers, complaints] =
    failing.code === "disliked" ? [failing.answers, failing.no] : [failing.orders, failing.returned];
  return {
    handle: "offer-failing",
    payload: {
      ...{ Offer: offer.name === "" ? offer.type : offer.name, "Offer number": offer.number, Reason: failing.code },
      ...{ Customers: customers, Complaints: complaints, Paused: paused },
    },
  };
}

/** The trigger of a notice that was raised. */
export function alarmTrigger(code: NoticeCode, since: Date): AlarmTrigger {
  return { handle: "alarm-raised", payload: { Alarm: code, Since: since.toISOString() } };
}
