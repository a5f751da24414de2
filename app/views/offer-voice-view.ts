import type { Voice } from "../domain/measurement/voice/voice.ts";

/** What customers said of an offer on the thank-you page, in the last `days` days. */
export interface OfferVoiceView extends Voice {
  readonly days: number;
}
