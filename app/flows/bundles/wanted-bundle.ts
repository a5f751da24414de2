import { bareNumber } from "../../domain/ids.ts";
import { offersOf, type OfferOf } from "../../domain/offers/offer-types.ts";
import { runningOffers } from "../../domain/offers/running-offers.ts";
import { bundlePriceMinor } from "../../domain/offers/types/fixed-bundle/bundle-price.ts";
import type { BundlePart } from "../../domain/offers/types/fixed-bundle/published.ts";
import { readSimulatedVariants } from "../../persistence/catalogue/simulated-variants.ts";
import type { ShopTransaction } from "../../persistence/database/in-shop.ts";
import type { BundleRow } from "../../persistence/offers/made-bundles.ts";
import { readOffers } from "../../persistence/offers/offer-rows.ts";
import { readShopSettings } from "../../persistence/settings/settings.ts";
import { theShop } from "../../persistence/shop/shops.ts";

/** What the product of a bundle is to be, by its offer and its components as they are now. */
export interface WantedBundle {
  readonly offer: OfferOf<"fixed-bundle">;
  readonly title: string;
  /** `ACTIVE` while the offer runs and all of its components exist; `ARCHIVED` with the offer. */
  readonly status: "ACTIVE" | "ARCHIVED" | "DRAFT";
  /** Null where a component no longer exists. */
  readonly parts: readonly BundlePart[] | null;
  /** Minor units of the shop's currency; null where nothing says what it costs. */
  readonly priceMinor: number | null;
  readonly currency: string;
  /** Differs where anything is to be done. */
  readonly fingerprint: string;
}

/** What each bundle of the shop is to be, by the number of its offer. Offers that cannot be used are left out. */
export async function readWantedBundles(tx: ShopTransaction, now: Date): Promise<Map<number, WantedBundle>> {
  const shop = await theShop(tx);
  const { currency } = shop;
  const { paused } = await readShopSettings(tx);
  const usable = offersOf(
    "fixed-bundle",
    (await readOffers(tx)).flatMap(({ offer }) => offer ?? []),
  );
  if (usable.length === 0) return new Map();
  const running = new Set(paused ? [] : runningOffers(usable, now, shop).map(({ number }) => number));
  const named = usable.flatMap(({ config }) => config.components.flatMap(({ variant }) => variant.map(bareNumber)));
  const variants = await readSimulatedVariants(tx, named);
  return new Map(
    usable.map((offer) => {
      const { title, components } = offer.config;
      const known = components.map(({ variant, quantity }) => {
        const found = variant[0] === undefined ? undefined : variants.get(bareNumber(variant[0]));
        return found === undefined ? null : { found, quantity };
      });
      const all = known.every((one) => one !== null) ? known : null;
      const parts =
        all?.map(({ found, quantity }) => ({ product: found.product, variant: found.id, quantity })) ?? null;
      const apart = all?.reduce((sum, { found, quantity }) => sum + found.priceMinor * quantity, 0) ?? 0;
      const priceMinor = parts === null ? null : bundlePriceMinor(offer.reward, apart, currency);
      const canBeSold = running.has(offer.number) && priceMinor !== null;
      const status = offer.status === "archived" ? "ARCHIVED" : canBeSold ? "ACTIVE" : "DRAFT";
      // Markets' own prices change without a word: a percentage of them is worked out again every day.
      const day = offer.reward?.kind === "percent" ? now.toISOString().slice(0, 10) : null;
      const fingerprint = JSON.stringify([title, status, parts, priceMinor, offer.reward, day]);
      return [offer.number, { offer, title: title.trim(), status, parts, priceMinor, currency, fingerprint }];
    }),
  );
}

/** Whether something is left to do about a bundle. What Shopify refused is tried again once its offer was saved again. */
export function isToLookAfter({ status, offer, fingerprint }: WantedBundle, row: BundleRow | undefined): boolean {
  if (row === undefined) return status === "ACTIVE";
  if (row.askedAt !== null || row.operationId !== null) return true;
  if (row.fault !== null && row.fault.version === offer.version) return false;
  return row.made === null ? status === "ACTIVE" : row.done !== fingerprint;
}
