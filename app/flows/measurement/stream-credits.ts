import { bareNumber, type ShopDomain } from "../../domain/ids.ts";
import { offerKeyOf } from "../../domain/offers/offer-id.ts";
import { type RangeQuery, reportRange } from "../../domain/time/report-range.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { type OfferNames, readOfferNames } from "../../persistence/offers/offer-types.ts";
import { theShop } from "../../persistence/shop/shops.ts";
import { type CreditRecord, nextCreditRecords } from "../../persistence/store-credit/credit-records.ts";
import type { StoreCreditView } from "../../views/results-view.ts";
import type { FlowContext } from "../context.ts";
import { offerName } from "./result-names.ts";

const CREDITS_AT_ONCE = 2000;

/** The store credit of all orders placed in a period, the earliest first, a batch and a transaction at a time. */
export async function* streamCredits(
  shop: ShopDomain,
  asked: RangeQuery,
  context: FlowContext,
): AsyncGenerator<StoreCreditView[]> {
  const { known, offers } = await inShop(context.database, shop, async (tx) => ({
    known: await theShop(tx),
    offers: await readOfferNames(tx),
  }));
  const { period } = reportRange(asked, context.now().getTime(), known.timezone);
  const placed = { from: new Date(period.from), to: new Date(period.to) };
  let after: CreditRecord | null = null;
  for (;;) {
    const from = after;
    const records: CreditRecord[] = await inShop(context.database, shop, (tx) =>
      nextCreditRecords(tx, placed, from, CREDITS_AT_ONCE),
    );
    if (records.length > 0) yield records.map((one) => creditView(one, offers));
    if (records.length < CREDITS_AT_ONCE) return;
    after = records.at(-1)!;
  }
}

function creditView(record: CreditRecord, offers: OfferNames): StoreCreditView {
  const { orderId, orderName, orderedAt, offerNumber, currency, dueAt, creditedAt, reason } = record;
  const { creditedMinor, takenBackMinor, lostMinor } = record;
  const money = (amountMinor: number) => ({ amountMinor, currency });
  return {
    ...{ orderId: bareNumber(orderId), orderName, at: orderedAt.toISOString(), dueAt: dueAt.toISOString() },
    // Only sets give store credit.
    offer: offerName(offerKeyOf("bought-together", offerNumber), offers),
    ...{ givenAt: creditedAt?.toISOString() ?? null, state: reason ?? (creditedMinor > 0 ? "given" : "waiting") },
    ...{ given: money(creditedMinor), takenBack: money(takenBackMinor), spent: money(lostMinor) },
  };
}
