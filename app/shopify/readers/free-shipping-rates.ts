import type { ShopDomain } from "../../domain/ids.ts";
import { parseDecimal } from "../../domain/money/money.ts";
import type { FreeRate } from "../../domain/offers/free-rate.ts";
import { type FoundRate, freeRates } from "../../domain/offers/types/goal/own-rates.ts";
import type { AdminClient } from "../client/admin-client.ts";
import {
  MARKET_RATES,
  type MarketsPage,
  PROFILE_RATES,
  type ProfilesPage,
  SHIPPING_KIND,
} from "../operations/shipping.ts";

/** What the shop's own settings ship for free. */
export interface FreeShipping {
  readonly rates: FreeRate[];
  /** True where a profile has more zones, or a zone more rates, than are read: what they ship for free is not known. */
  readonly isPartial: boolean;
}

/**
 * From which amounts the shop's own settings ship free, and to which countries. Shops set shipping up by market or by
 * delivery profile; whichever holds is read, because the other may be stale. Of profiles the default one counts: the
 * others are for special goods. A zone that holds parts of a country counts as the country, for offers know no smaller
 * places. No rates: never free, or by rules that cannot be read (a carrier's own rates).
 */
export async function readFreeShipping(client: AdminClient, shop: ShopDomain): Promise<FreeShipping> {
  const { shipsToCountries, features } = (await client.query(shop, SHIPPING_KIND, {})).shop;
  const { found, isPartial } = features.marketDrivenShipping
    ? { found: await marketRates(client, shop), isPartial: false }
    : await profileRates(client, shop, shipsToCountries);
  return { rates: freeRates(found, shipsToCountries), isPartial };
}

async function marketRates(client: AdminClient, shop: ShopDomain): Promise<FoundRate[]> {
  const found: FoundRate[] = [];
  let after: string | null = null;
  do {
    const { markets }: MarketsPage = await client.query(shop, MARKET_RATES, { after });
    for (const { status, conditions, delivery } of markets.nodes) {
      if (status !== "ACTIVE" || delivery.shipping?.isEnabled !== true) continue;
      const regions = conditions?.regionsCondition?.regions.nodes ?? [];
      const countries = regions.flatMap(({ code }) => code ?? []);
      for (const { freeDeliveryMinimumValue: free } of delivery.shipping.optionDefinitions.nodes) {
        found.push(...foundRate(free?.amount, free?.currencyCode, countries));
      }
    }
    after = markets.pageInfo.hasNextPage ? markets.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

type Profile = ProfilesPage["deliveryProfiles"]["nodes"][number];

async function defaultProfile(client: AdminClient, shop: ShopDomain): Promise<Profile | null> {
  let after: string | null = null;
  do {
    const { deliveryProfiles }: ProfilesPage = await client.query(shop, PROFILE_RATES, { after });
    const profile = deliveryProfiles.nodes.find((one) => one.default);
    if (profile !== undefined) return profile;
    after = deliveryProfiles.pageInfo.hasNextPage ? deliveryProfiles.pageInfo.endCursor : null;
  } while (after !== null);
  return null;
}

async function profileRates(
  client: AdminClient,
  shop: ShopDomain,
  shipsTo: readonly string[],
): Promise<{ found: FoundRate[]; isPartial: boolean }> {
  const profile = await defaultProfile(client, shop);
  const pages = (profile?.profileLocationGroups ?? []).map((group) => group.locationGroupZones);
  const zones = pages.flatMap((page) => page.nodes);
  const hasMoreZones = pages.some((page) => page.pageInfo.hasNextPage);
  const named = new Set(zones.flatMap(({ zone }) => zone.countries.flatMap(({ code }) => code.countryCode ?? [])));
  // A zone that was not read may hold any of the countries that no other names.
  const restOfWorld = hasMoreZones ? [] : shipsTo.filter((country) => !named.has(country));
  const found = zones.flatMap(({ zone, methodDefinitions }) => {
    const countries = zone.countries.flatMap(({ code }) =>
      code.restOfWorld ? restOfWorld : code.countryCode === null ? [] : [code.countryCode],
    );
    return methodDefinitions.nodes
      .filter((method) => method.active && Number(method.rateProvider.price?.amount) === 0)
      .flatMap((method) => method.methodConditions)
      .filter(({ field, operator }) => field === "TOTAL_PRICE" && operator === "GREATER_THAN_OR_EQUAL_TO")
      .flatMap(({ conditionCriteria: from }) => foundRate(from.amount, from.currencyCode, countries));
  });
  return { found, isPartial: hasMoreZones || zones.some((zone) => zone.methodDefinitions.pageInfo.hasNextPage) };
}

function foundRate(
  amount: string | undefined,
  currency: string | undefined,
  countries: readonly string[],
): FoundRate[] {
  const parsed = amount === undefined || currency === undefined ? null : parseDecimal(amount, currency, "half-up");
  return parsed === null ? [] : [{ ...parsed, countries }];
}
