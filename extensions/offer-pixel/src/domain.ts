/** The pixel's one door to the app's rules. */
export {
  LARGEST_ARM,
  LARGEST_EXPERIMENT,
  MOST_SENT_EVENTS,
  SENT_ID,
  type EventBatch,
  type SentEvent,
} from "../../../app/domain/measurement/event-batch.ts";
export { DEVICES, VISIT_PAUSE_MS, type Device, type SentVisit } from "../../../app/domain/measurement/visit.ts";
export { campaignText } from "../../../app/domain/shoppers/campaign-text.ts";
export { isChoice } from "../../../app/domain/measurement/voice/answers.ts";
export { MOST_BEHIND_MS, OFFER_EVENTS, type OfferEvent } from "../../../app/domain/measurement/shop-event.ts";
