import type { Due } from "../customers/repeat-interval.ts";
import { bareNumber, type ProductId } from "../ids.ts";
import type { Failing } from "../measurement/voice/failing.ts";
import type { Association, EvidenceGrade } from "../mining/evidence/association.ts";
import { DAY_MS } from "../time/day.ts";
import type { NoticeCode } from "./notice.ts";

/** What starts workflows in Shopify Flow: the handle of a trigger, with a value for each field that its extension declares. */
export type FlowTrigger = OfferFailingTrigger | AlarmTrigger | SuggestionFoundTrigger | CustomerDueTrigger;

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

interface SuggestionFoundTrigger {
  readonly handle: "suggestion-found";
  readonly payload: {
    /** Number of the product that it is suggested with: Flow makes it the product itself. */
    readonly product_id: number;
    /** Its title. */
    readonly Companion: string;
    /** Its number. */
    readonly "Companion ID": string;
    readonly Evidence: EvidenceGrade;
    readonly "Orders together": number;
    /** How many times as often as by chance, to one decimal. */
    readonly "Times chance": number;
  };
}

/** The trigger of two products that orders suggest together for the first time. */
export function suggestionFoundTrigger(
  product: ProductId,
  companion: { readonly id: ProductId; readonly title: string },
  { grade, together, lift }: Pick<Association, "grade" | "together" | "lift">,
): SuggestionFoundTrigger {
  return {
    handle: "suggestion-found",
    payload: {
      product_id: Number(bareNumber(product)),
      ...{ Companion: oneLine(companion.title), "Companion ID": bareNumber(companion.id), Evidence: grade },
      ...{ "Orders together": together, "Times chance": Math.round(lift.value * 10) / 10 },
    },
  };
}

/** Without the customer: who that is Shopify says when it is sent, and it is not kept; see {@link ofCustomer}. */
interface CustomerDueTrigger {
  readonly handle: "customer-due";
  readonly payload: {
    readonly product_id: number;
    /** ISO times. */
    readonly "Last bought": string;
    readonly Expected: string;
    /** Days from the one to the other, to one decimal. */
    readonly "Usual days": number;
    /** Intervals of the customer's own that it rests on; 0 where it rests on the product's other customers. */
    readonly "Own intervals": number;
  };
}

/** The trigger of a customer who usually has bought a product again by now. */
export function customerDueTrigger(
  product: ProductId,
  { lastAt, expectedAt, ownGaps }: Pick<Due, "lastAt" | "expectedAt" | "ownGaps">,
): CustomerDueTrigger {
  return {
    handle: "customer-due",
    payload: {
      product_id: Number(bareNumber(product)),
      ...{ "Last bought": new Date(lastAt).toISOString(), Expected: new Date(expectedAt).toISOString() },
      ...{ "Usual days": Math.round(((expectedAt - lastAt) / DAY_MS) * 10) / 10, "Own intervals": ownGaps },
    },
  };
}

/** What is sent of a trigger about a customer. `customerId`: Shopify's, "gid://shopify/Customer/7". */
export function ofCustomer<Trigger extends FlowTrigger>(
  { handle, payload }: Trigger,
  customerId: string,
): { readonly handle: Trigger["handle"]; readonly payload: Trigger["payload"] & { readonly customer_id: number } } {
  return { handle, payload: { customer_id: Number(customerId.slice(customerId.lastIndexOf("/") + 1)), ...payload } };
}

/** Flow takes texts of one line. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
