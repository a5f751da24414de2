import type { Offer } from "../../domain/offers/offer.ts";
import type { OfferMode } from "../../domain/settings/modes.ts";
import { offersOf, type OfferOf } from "../../domain/offers/offer-types.ts";
import { SET_SIZE } from "../../domain/shoppers/list-lengths.ts";
import type { Reward } from "../../domain/offers/rewards/rewards.ts";
import { runningOffers } from "../../domain/offers/running-offers.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import { readOffers } from "../../persistence/offers/offer-rows.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { theShop } from "../../persistence/shop/shops.ts";

/** The offers that are shown now, by type; those of higher priority first. */
export interface RunningOffers {
  readonly boughtTogether: readonly OfferOf<"bought-together">[];
  readonly goals: readonly OfferOf<"goal">[];
  /** What pages about all sets go by, and products to which no running offer applies: the first that runs, or that is there. */
  readonly mainSet: {
    readonly number: number | null;
    readonly mode: OfferMode;
    /** Whether the offer, or a product to which none applies, has the mode of the shop. */
    readonly followsShop: boolean;
    readonly setSize: number;
    readonly reward: Reward | null;
  };
}

export async function readRunningOffers(tx: ShopTransaction, now: Date): Promise<RunningOffers> {
  const shop = await theShop(tx);
  const { shopMode } = await readShopSettings(tx);
  const stored = await readOffers(tx);
  const usable = stored.flatMap(({ offer }) => offer ?? []);
  const running = runningOffers(usable, now, shop);
  const boughtTogether = offersOf("bought-together", running);
  const main = boughtTogether[0] ?? firstOffer("bought-together", usable);
  const chosenMode = (number: number) => stored.find((one) => one.number === number)?.content?.mode;
  return {
    boughtTogether,
    goals: offersOf("goal", running),
    mainSet: {
      number: main?.number ?? null,
      mode: main?.mode ?? shopMode,
      followsShop: main === null || chosenMode(main.number) === "shop",
      setSize: main?.config.setSize ?? SET_SIZE,
      reward: main?.reward ?? null,
    },
  };
}

/** The earliest made offer of a type that is not archived. */
function firstOffer<Name extends Offer["type"]>(type: Name, offers: readonly Offer[]): OfferOf<Name> | null {
  return offersOf(type, offers).find(({ status }) => status !== "archived") ?? null;
}
