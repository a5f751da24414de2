import type { ShopDomain } from "../../../domain/ids.ts";
import {
  type Failing,
  failingOf,
  LEAST_CUSTOMERS,
  type ReturnsOfProduct,
} from "../../../domain/measurement/voice/failing.ts";
import { offerKeyOf } from "../../../domain/offers/offer-id.ts";
import type { OfferTypeName } from "../../../domain/offers/offer-type-name.ts";
import type { Activity } from "../../../domain/shop/activity.ts";
import { offerFailingTrigger } from "../../../domain/shop/flow-trigger.ts";
import { DAY_MS } from "../../../domain/time/day.ts";
import { inShop, type ShopTransaction } from "../../../persistence/database/in-shop.ts";
import {
  countHelpful,
  countReturnsOtherwise,
  countReturnsThrough,
  type JudgedOffer,
  type ThroughOffer,
} from "../../../persistence/measurement/failing-evidence.ts";
import {
  deleteFailingOffer,
  type FailingOffer,
  readFailingOffers,
  saveFailingOffer,
} from "../../../persistence/offers/failing-offers.ts";
import { setStatus } from "../../../persistence/offers/offer-changes.ts";
import { readOffers, readStoredOffer } from "../../../persistence/offers/offer-rows.ts";
import { readShopSettings } from "../../../persistence/settings/settings.ts";
import { holdShop, shopStays } from "../../../persistence/shop/shops.ts";
import { recordActivity } from "../../activity/record-activity.ts";
import type { FlowContext } from "../../context.ts";
import { offersChanged } from "../../offers/offers-changed.ts";
import { requestTrigger } from "../../triggers/send-trigger.ts";

/** Older orders say little about what an offer suggests today. */
const JUDGED_DAYS = 365;

/**
 * Looks for offers that customers surely dislike or send back, and pauses them, or asks staff where the shop wants that.
 * What came before the latest change of an offer, but of its name, does not count: whoever resumes or changes it is not
 * overruled for the same reason.
 */
export async function judgeOffers(shop: ShopDomain, context: FlowContext): Promise<void> {
  const judged = await inShop(context.database, shop, async (tx) => {
    if (!(await shopStays(tx))) return [];
    const offers = await offersToJudge(tx, context.now());
    return verdictsOf(tx, offers, context.now());
  });
  for (const verdict of judged) await inShop(context.database, shop, (tx) => settle(tx, verdict, context));
}

interface Candidate extends JudgedOffer {
  readonly version: number;
  /** What was found of it before, where it has not changed since. */
  readonly known: FailingOffer | null;
}

/** Active offers, each from its latest change but of its name on, or since staff chose to leave it as it is. */
async function offersToJudge(tx: ShopTransaction, now: Date): Promise<Candidate[]> {
  const found = await readFailingOffers(tx);
  const active = (await readOffers(tx)).filter(({ status, offer }) => status === "active" && offer !== null);
  return active.map(({ number, type, version, judgedFrom }) => {
    const known = found.get(number) ?? null;
    const since = Math.max(
      judgedFrom.getTime(),
      known?.settledAt?.getTime() ?? 0,
      now.getTime() - JUDGED_DAYS * DAY_MS,
    );
    return { number, version, known, key: offerKeyOf(type as OfferTypeName, number), since: new Date(since) };
  });
}

interface Verdict extends Candidate {
  readonly failing: Failing | null;
}

async function verdictsOf(tx: ShopTransaction, offers: readonly Candidate[], now: Date): Promise<Verdict[]> {
  if (offers.length === 0) return [];
  const helpful = await countHelpful(tx, offers);
  const through = Map.groupBy(await countReturnsThrough(tx, offers, now), ({ number }) => number);
  const verdicts: Verdict[] = [];
  for (const offer of offers) {
    const returns = await returnsOf(tx, through.get(offer.number) ?? [], offer.since, now);
    const record = { helpful: helpful.get(offer.number) ?? { answers: 0, no: 0 }, returns };
    verdicts.push({ ...offer, failing: failingOf(record) });
  }
  return verdicts.filter(({ failing, known }) => failing !== null || known !== null);
}

/** With how often the same products came back otherwise, where that can matter. */
async function returnsOf(
  tx: ShopTransaction,
  through: readonly ThroughOffer[],
  since: Date,
  now: Date,
): Promise<ReturnsOfProduct[]> {
  const orders = through.reduce((sum, one) => sum + one.through, 0);
  const isAnyBack = through.some(({ throughReturned }) => throughReturned > 0);
  if (orders < LEAST_CUSTOMERS || !isAnyBack) return [];
  const products = through.map(({ product }) => product);
  const otherwise = new Map((await countReturnsOtherwise(tx, products, since, now)).map((one) => [one.product, one]));
  return through.map(({ product, ...own }) => ({
    ...own,
    ...(otherwise.get(product) ?? { others: 0, othersReturned: 0 }),
  }));
}

const ACTIVITY_OF = { disliked: "offer-paused-disliked", "sent-back": "offer-paused-sent-back" } as const;

/** Acts on a verdict, unless the offer was changed while it was judged. */
async function settle(tx: ShopTransaction, verdict: Verdict, context: FlowContext): Promise<void> {
  const { number, failing, known } = verdict;
  await holdShop(tx);
  const stored = await readStoredOffer(tx, number);
  if (stored === null || stored.version !== verdict.version || stored.status !== "active") return;
  // Staff chose to leave it as it is, and nothing new supports another view.
  if (failing === null && known?.settledAt != null) return;
  if (failing === null) return deleteFailingOffer(tx, number);
  const now = context.now();
  const { pauseFailingOffers } = await readShopSettings(tx);
  const foundAt = known !== null && known.settledAt === null ? known.foundAt : now;
  const trigger = offerFailingTrigger(stored, failing, pauseFailingOffers);
  await requestTrigger(tx, `offer-failing/${number}/${foundAt.getTime()}`, trigger, now);
  if (!pauseFailingOffers) {
    return saveFailingOffer(tx, { number, judgedFrom: stored.judgedFrom, failing, paused: false, foundAt });
  }
  await setStatus(tx, [number], "paused", now);
  await saveFailingOffer(tx, { number, judgedFrom: now, failing, paused: true, foundAt });
  const { type, name } = stored;
  const activity: Activity = { kind: ACTIVITY_OF[failing.code], offer: { number, type, name } };
  await recordActivity(tx, { now: context.now, staff: null }, activity);
  await offersChanged(tx, now);
}
