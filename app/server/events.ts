import type { Handler } from "hono";
import { RateLimiterRes, type RateLimiterMemory } from "rate-limiter-flexible";
import { z } from "zod";
import {
  isStorable,
  LARGEST_ARM,
  LARGEST_EXPERIMENT,
  MOST_SENT_EVENTS,
  SENT_ID,
  type SentEvent,
} from "../domain/measurement/event-batch.ts";
import { BROWSING_EVENTS, EXPERIMENT_EVENTS, OFFER_EVENTS, VISIT_EVENTS } from "../domain/measurement/shop-event.ts";
import { DEVICES } from "../domain/measurement/visit.ts";
import { LONGEST_CAMPAIGN_TEXT } from "../domain/shoppers/campaign-text.ts";
import { QUESTIONS } from "../domain/measurement/voice/answers.ts";
import type { FlowContext } from "../flows/context.ts";
import { storeAnswers } from "../flows/measurement/store-answers.ts";
import { judgeEvents, shopOfToken } from "../flows/measurement/receive-events.ts";
import { refuse } from "./access-log.ts";
import type { EventIntake } from "./event-intake.ts";
import type { EventShops } from "./event-shops.ts";
import { Outage, within } from "./outage.ts";
import type { ServerContext, ServerEnv } from "./server-env.ts";

export interface EventOptions {
  readonly context: FlowContext;
  readonly shops: EventShops;
  readonly intake: EventIntake;
  /** Events of one shop. */
  readonly limit: RateLimiterMemory;
}

const LONGEST_CLAIM = 80;
const LONGEST_ANSWER = 20;
const LONGEST_SENT_TEXT = 4 * LONGEST_CAMPAIGN_TEXT;
const batch = z.object({
  v: z.literal(1),
  token: z.string().max(200),
  // Each event is looked at by itself: one that cannot be read spoils no other.
  events: z.array(z.unknown()).min(1).max(MOST_SENT_EVENTS),
});
const sent = { id: z.string().regex(SENT_ID), at: z.int(), visitor: z.string().regex(SENT_ID).optional() };
const campaign = z.string().max(LONGEST_SENT_TEXT).optional();
const visit = z.object({ device: z.enum(DEVICES).optional(), source: campaign, medium: campaign, campaign });
const sentEvent = z.discriminatedUnion("kind", [
  z.object({
    ...{ ...sent, kind: z.enum(OFFER_EVENTS), claim: z.string().max(LONGEST_CLAIM) },
    // What was done with an offer counts whatever is said of the visit.
    visit: visit.optional().catch(undefined),
  }),
  z.object({ ...sent, kind: z.enum(VISIT_EVENTS), visit }),
  z.object({
    ...{ ...sent, kind: z.enum(BROWSING_EVENTS) },
    ...{ product: z.string().refine(isStorable).optional(), order: z.string().refine(isStorable).optional() },
  }),
  z.object({
    ...{ ...sent, kind: z.literal("answered"), claim: z.string().max(LONGEST_CLAIM) },
    ...{ order: z.string().refine(isStorable), question: z.enum(QUESTIONS), answer: z.string().max(LONGEST_ANSWER) },
  }),
  z.object({
    ...{ ...sent, kind: z.enum(EXPERIMENT_EVENTS) },
    ...{ experiment: z.int().min(0).max(LARGEST_EXPERIMENT), arm: z.int().min(0).max(LARGEST_ARM) },
  }),
]);

const RETRY_AFTER_SECONDS = "5";

/**
 * Events of a shop's web pixel. Anybody can call this: the token says which shop, and the shop's own offers say which
 * events can be true. Answers 202 once the events are stored, 401 where the token is not one of the shop's present
 * install, and 429 or 503 where the browser is to send them again later: at once where nobody answers who has to.
 */
export function takeEvents({ context, shops, intake, limit }: EventOptions): Handler<ServerEnv> {
  const { patienceMs } = intake;
  const outage = new Outage(context.log, "shops of events cannot be looked up, or customers' answers not be stored");
  return async (c) => {
    const read = batch.safeParse(parseJson(await c.req.text()));
    if (!read.success) return refuse(c, 400, "malformed");
    let shop;
    try {
      shop = await within(
        patienceMs,
        shopOfToken(read.data.token, (domain) => shops.find(domain), context),
      );
    } catch (error) {
      outage.failed(error);
      return busy(c);
    }
    if (shop === null) return refuse(c, 401, "token");
    c.set("logged", { shop: shop.domain });
    const seconds = await secondsToWait(limit, shop.domain, read.data.events.length);
    if (seconds > 0) return refuse(c, 429, "rate-of-shop", { "retry-after": String(seconds) });

    const readable: SentEvent[] = read.data.events.flatMap((event) => {
      const { data } = sentEvent.safeParse(event);
      return data === undefined ? [] : [data];
    });
    const { events, answers, refused } = judgeEvents(readable, shop, context);
    const malformed = read.data.events.length - readable.length;
    if (malformed > 0) refused.set("malformed", (refused.get("malformed") ?? 0) + malformed);
    try {
      const left = await within(patienceMs, storeAnswers(shop.domain, answers, context));
      if (left > 0) refused.set("too-many", left);
      outage.worked();
    } catch (error) {
      outage.failed(error);
      return busy(c);
    }
    for (const [reason, count] of refused) intake.refuse(shop.domain, reason, count);
    if (!(await intake.take(events))) return busy(c);
    const stored = events.length + answers.length - (refused.get("too-many") ?? 0);
    return c.json({ stored, refused: Object.fromEntries(refused) }, 202);
  };
}

function busy(c: ServerContext): Response {
  return refuse(c, 503, "busy", { "retry-after": RETRY_AFTER_SECONDS });
}

async function secondsToWait(limit: RateLimiterMemory, key: string, points: number): Promise<number> {
  try {
    await limit.consume(key, points);
    return 0;
  } catch (rejected) {
    if (!(rejected instanceof RateLimiterRes)) throw rejected;
    return Math.max(Math.ceil(rejected.msBeforeNext / 1000), 1);
  }
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
