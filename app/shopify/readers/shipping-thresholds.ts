import type { ShopDomain } from "../../domain/ids.ts";
import { parseDecimal, type Money } from "../../domain/money/money.ts";
import type { AdminClient } from "../client/admin-client.ts";
import { MARKET_RATES, PROFILE_RATES, SHIPPING_KIND } from "../operations/shipping.ts";

/**
 * From which amounts the shop's own settings ship free, the lowest of each currency. Shops set shipping up by market
 * or by delivery profile; whichever holds is read, because the other may be stale. An empty list: never, or by rules
 * that cannot be read (a carrier's own rates).
 */
export async function readFreeShippingFrom(client: AdminClient, shop: ShopDomain): Promise<Money[]> {
  const kind = await client.query(shop, SHIPPING_KIND, {});
  const amounts = kind.shop.features.marketDrivenShipping
    ? await marketAmounts(client, shop)
    : await profileAmounts(client, shop);
  const lowest = new Map<string, Money>();
  for (const amount of amounts) {
    const known = lowest.get(amount.currency);
    if (amount.amountMinor > 0 && (known === undefined || amount.amountMinor < known.amountMinor)) {
      lowest.set(amount.currency, amount);
    }
  }
  return [...lowest.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

async function marketAmounts(client: AdminClient, shop: ShopDomain): Promise<Money[]> {
  const { markets } = await client.query(shop, MARKET_RATES, {});
  return markets.nodes
    .filter((market) => market.status === "ACTIVE" && market.delivery.shipping?.isEnabled === true)
    .flatMap((market) => market.delivery.shipping?.optionDefinitions.nodes ?? [])
    .flatMap(({ freeDeliveryMinimumValue: free }) => read(free?.amount, free?.currencyCode));
}

async function profileAmounts(client: AdminClient, shop: ShopDomain): Promise<Money[]> {
  const { deliveryProfiles } = await client.query(shop, PROFILE_RATES, {});
  return deliveryProfiles.nodes
    .flatMap((profile) => profile.profileLocationGroups)
    .flatMap((group) => group.locationGroupZones.nodes)
    .flatMap((zone) => zone.methodDefinitions.nodes)
    .filter((method) => method.active && Number(method.rateProvider.price?.amount) === 0)
    .flatMap((method) => method.methodConditions)
    .filter(({ field, operator }) => field === "TOTAL_PRICE" && operator === "GREATER_THAN_OR_EQUAL_TO")
    .flatMap(({ conditionCriteria: from }) => read(from.amount, from.currencyCode));
}

function read(amount: string | undefined, currency: string | undefined): Money[] {
  const parsed = amount === undefined || currency === undefined ? null : parseDecimal(amount, currency, "half-up");
  return parsed === null ? [] : [parsed];
}
