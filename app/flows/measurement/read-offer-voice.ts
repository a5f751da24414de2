import type { ShopDomain } from "../../domain/ids.ts";
import { voiceOf } from "../../domain/measurement/voice/voice.ts";
import { DAY_MS } from "../../domain/time/day.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { countChoices } from "../../persistence/measurement/answers.ts";
import type { OfferVoiceView } from "../../views/offer-voice-view.ts";
import type { FlowContext } from "../context.ts";

/** Few customers answer: shorter periods would say nothing in most shops. */
const DAYS = 180;

/** What customers said of an offer lately. */
export async function readOfferVoice(
  shop: ShopDomain,
  number: number,
  { database, now }: Pick<FlowContext, "database" | "now">,
): Promise<OfferVoiceView> {
  const since = new Date(now().getTime() - DAYS * DAY_MS);
  const counts = await inShop(database, shop, (tx) => countChoices(tx, number, since));
  return { days: DAYS, ...voiceOf(counts) };
}
