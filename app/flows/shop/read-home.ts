import type { ShopDomain } from "../../domain/ids.ts";
import { canBeDismissed, whoCanAct } from "../../domain/shop/notice.ts";
import { lastDays } from "../../domain/time/report-days.ts";
import type { HomeView } from "../../views/home-view.ts";
import { latestAttributions, readAttributed } from "../../persistence/measurement/attributions.ts";
import { readSales } from "../../persistence/measurement/sales-totals.ts";
import { inShop, type ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readMiningRuns } from "../../persistence/mining/lists/mining-runs.ts";
import { countOffers } from "../../persistence/publishing/published.ts";
import { readFailingOffers } from "../../persistence/offers/failing-offers.ts";
import { readOffers } from "../../persistence/offers/offer-rows.ts";
import { countWaiting } from "../../persistence/offers/review-queue.ts";
import { countSuggested } from "../../persistence/offers/suggested.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { readNotices } from "../../persistence/shop/notices.ts";
import { theShop, type ShopRow } from "../../persistence/shop/shops.ts";
import type { FlowContext } from "../context.ts";
import { experimentsToDecide } from "../measurement/experiments/list-experiments.ts";
import { readProposals } from "../playbooks/read-proposals.ts";
import { readRunningOffers } from "../publishing/running-offers.ts";
import { failingView } from "../offers/failing-view.ts";
import { fewOrders } from "../offers/few-orders.ts";
import { importView } from "../orders/read-import.ts";

const HEADLINE_DAYS = 30;
const RECENT_LINES = 10;

/** The first page: what is set up, what was read and left out, and what the offers earned lately. */
export function readHome(shop: ShopDomain, context: FlowContext): Promise<HomeView> {
  return inShop(context.database, shop, async (tx): Promise<HomeView> => {
    const known = await theShop(tx);
    const settings = await readShopSettings(tx);
    const shown = await readRunningOffers(tx, context.now());
    const importing = await importView(tx);
    const notices = await readNotices(tx);
    const withEvidence = await countSuggested(tx);
    const { finished, running } = await readMiningRuns(tx);
    // A shop may have published before anything was learnt: its goal, say.
    const isPublished =
      finished !== null &&
      known.publishedAt !== null &&
      (withEvidence > 0 || known.publishedAt.getTime() >= (finished.finishedAt?.getTime() ?? 0));
    return {
      shop: { domain: shop, name: known.name, currency: known.currency, timezone: known.timezone },
      setup: {
        imported: importing?.status === "done" || finished !== null,
        mined: finished !== null,
        published: isPublished,
        discountActive: known.discountActive,
        goalSet: shown.goals.some(({ config }) => Object.keys(config.amounts).length > 0),
      },
      import: importing,
      notices: notices.flatMap(({ code, details, dismissedAt }) => {
        const isForMerchant = whoCanAct(code) === "merchant";
        return dismissedAt !== null ? [] : [{ code, details, isForMerchant, canBeDismissed: canBeDismissed(code) }];
      }),
      dismissed: notices.flatMap(({ code, dismissedAt }) => (dismissedAt === null ? [] : code)),
      failing: await readFailing(tx),
      paused: settings.paused,
      mining: {
        status: running ? "running" : finished === null ? "never" : "done",
        analysedAt: (finished?.learntAt ?? finished?.finishedAt)?.toISOString() ?? null,
        orders: finished?.orders ?? 0,
        baskets: finished?.baskets ?? 0,
        products: finished?.products ?? 0,
        countedAt: finished?.finishedAt?.toISOString() ?? null,
        pairs: finished?.pairs ?? 0,
        ranker: finished?.ranker ?? null,
      },
      offers: {
        publishedAt: known.publishedAt?.toISOString() ?? null,
        withEvidence,
        shown: await countOffers(tx),
        mode: shown.mainSet.mode,
        toReview: await countWaiting(tx),
      },
      // Only once a publish has gone through all products is it known that none has enough evidence.
      fewOrders: isPublished && withEvidence === 0 ? await fewOrders(tx, context.now()) : null,
      experiments: await experimentsToDecide(tx),
      proposals: await readProposals(tx, context.now()),
      leftOut: [...(finished?.leftOut ?? [])],
      headline: await headline(tx, known, context.now()),
      recent: await recent(tx),
    };
  });
}

async function readFailing(tx: ShopTransaction): Promise<HomeView["failing"]> {
  const found = await readFailingOffers(tx);
  const offers = await readOffers(tx, [...found.keys()]);
  return offers.flatMap(({ number, type, name }) => {
    const view = failingView(found.get(number));
    return view === null || view.settled ? [] : [{ number, type, name, ...view }];
  });
}

async function headline(tx: ShopTransaction, shop: ShopRow, now: Date): Promise<HomeView["headline"]> {
  const period = lastDays(now.getTime(), shop.timezone, HEADLINE_DAYS);
  const [from, to] = [new Date(period.from), new Date(period.to)];
  const { total, otherCurrencyOrders } = await readSales(tx, { currency: shop.currency, from, to, days: [from] });
  const attributed = await readAttributed(tx, shop.currency, from, to);
  const money = (amountMinor: number) => ({ amountMinor, currency: shop.currency });
  return {
    from: period.fromDay,
    to: period.toDay,
    orders: total.orders,
    attributedRevenue: money(attributed.revenueMinor - attributed.refundedMinor - attributed.taxMinor),
    attributedOrders: attributed.orders,
    attributedLines: attributed.lines,
    refunded: money(attributed.refundedMinor),
    totalRevenue: money(total.leftMinor),
    // Both with taxes where prices include them.
    share: total.leftMinor > 0 ? (attributed.revenueMinor - attributed.refundedMinor) / total.leftMinor : null,
    otherCurrency: otherCurrencyOrders,
  };
}

async function recent(tx: ShopTransaction): Promise<HomeView["recent"]> {
  const lines = await latestAttributions(tx, RECENT_LINES);
  return lines.map((line) => ({
    orderName: line.orderName,
    at: line.at.toISOString(),
    product: line.title,
    surface: line.surface,
    revenue: { amountMinor: line.revenueMinor - line.refundedMinor, currency: line.currency },
    refunded: { amountMinor: line.refundedMinor, currency: line.currency },
  }));
}
