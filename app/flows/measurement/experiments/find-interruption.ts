import type { ProductId } from "../../../domain/ids.ts";
import { areDiscountsEqual, discountsText } from "../../../domain/measurement/experiments/compared-discounts.ts";
import {
  type Interruption,
  interruptionOf,
  type ShopChange,
} from "../../../domain/measurement/experiments/interruption.ts";
import { namedProducts } from "../../../domain/offers/named-products.ts";
import { scheduleState } from "../../../domain/offers/schedule.ts";
import { readDeletedProducts } from "../../../persistence/offers/gone-products.ts";
import type { ShopTransaction } from "../../../persistence/database/in-shop.ts";
import type { ExperimentRow } from "../../../persistence/measurement/experiment-rows.ts";
import { readOffers, type StoredOffer } from "../../../persistence/offers/offer-rows.ts";
import { theShop } from "../../../persistence/shop/shops.ts";

/** What ended a running experiment, if anything did: its products or offers are gone, or the shop's currency changed. */
export async function findInterruption(
  tx: ShopTransaction,
  { content, plan, startedAt }: ExperimentRow,
  now: Date,
): Promise<Interruption | null> {
  if (plan === null || startedAt === null) return null;
  const { currency, timezone } = await theShop(tx);
  const stored = await readOffers(tx, content.offers);
  const changes: ShopChange[] = [];
  if (currency !== plan.currency) changes.push({ kind: "currency-changed", at: now.getTime(), to: currency });
  for (const number of content.offers) {
    const offer = stored.find((one) => one.number === number);
    const at = stoppedAt(offer, now, timezone);
    if (at !== null) changes.push({ kind: "offer-stopped", at, offer: number });
  }
  const changed = stored.filter(({ number, version }) => plan.versions[number] !== version);
  const latest = changed.sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())[0];
  const offers = stored.flatMap(({ offer }) => offer ?? []);
  const isAsStarted =
    plan.discounts === undefined ? areDiscountsEqual(offers) : discountsText(offers) === plan.discounts;
  if (latest !== undefined && !isAsStarted) {
    changes.push({ kind: "discount-changed", at: latest.updatedAt.getTime(), offer: latest.number });
  }
  const products = content.offers.map((number) => productsOf(stored.find((one) => one.number === number)));
  const removed = await readDeletedProducts(tx, products.flat());
  for (const [product, at] of removed) changes.push({ kind: "product-removed", at: at.getTime(), product });
  return interruptionOf(startedAt.getTime(), products, changes);
}

/** When an offer stopped being shown; null while it is. */
function stoppedAt(offer: StoredOffer | undefined, now: Date, timezone: string): number | null {
  if (offer === undefined) return now.getTime();
  if (offer.status !== "active" || offer.offer === null) return offer.updatedAt.getTime();
  return scheduleState(offer.offer.schedule, now, timezone) === "over" ? now.getTime() : null;
}

/** The products that an offer is about by their names; none for one that is about whatever fits. */
function productsOf(offer: StoredOffer | undefined): ProductId[] {
  const conditions = offer?.offer?.conditions ?? [];
  const areNamed = conditions.every((group) => group.some(({ condition }) => condition === "products"));
  return areNamed ? namedProducts(conditions) : [];
}
