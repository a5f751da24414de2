import { gidOf } from "../shop/gid.ts";
import { convertMinor } from "../shop/money.ts";
import type { DevMarket, DevShop } from "../shop/state.ts";
import type { AdminContext } from "./context.ts";
import { list, requireScope, typed, type Fields, type TypeFields } from "./fields.ts";
import { moneyV2 } from "./money-bag.ts";

/** A zone of the shop's only delivery profile: the countries that the free rate ships to, and the others. */
interface Zone {
  id: string;
  name: string;
  /** Null for the rest of the world. */
  countries: readonly string[] | null;
  methods: Method[];
}

function zonesOf(shop: DevShop): Zone[] {
  const { flatMinor, freeCountries } = shop.shipping;
  const everywhere = [...new Set(shop.markets.flatMap(({ countries }) => countries))];
  if (freeCountries === undefined)
    return [{ id: "1", name: "Everywhere", countries: everywhere, methods: methodsOf(shop) }];
  const flat = { id: "3", name: "International", priceMinor: flatMinor, fromMinor: null, toMinor: null };
  return [
    { id: "1", name: "Home", countries: freeCountries, methods: methodsOf(shop) },
    { id: "2", name: "Abroad", countries: null, methods: [flat] },
  ];
}

/** One rate of a zone. */
interface Method {
  id: string;
  name: string;
  priceMinor: number;
  /** Subtotal between these bounds, shop currency. */
  fromMinor: number | null;
  toMinor: number | null;
}

function methodsOf({ shipping }: DevShop): Method[] {
  const { flatMinor, freeFromMinor } = shipping;
  const toMinor = freeFromMinor === null ? null : freeFromMinor - 1;
  const flat = { id: "1", name: "Standard", priceMinor: flatMinor, fromMinor: null, toMinor };
  if (freeFromMinor === null) return [flat];
  return [flat, { id: "2", name: "Free shipping", priceMinor: 0, fromMinor: freeFromMinor, toMinor: null }];
}

const method: Fields<Method> = {
  id: ({ id }) => gidOf("DeliveryMethodDefinition", id),
  name: ({ name }) => name,
  active: () => true,
  description: () => null,
  rateProvider: ({ id, priceMinor }, _args, { shop }) => ({
    __typename: "DeliveryRateDefinition",
    id: gidOf("DeliveryRateDefinition", id),
    price: moneyV2(priceMinor, shop.currency),
  }),
  methodConditions: ({ id, fromMinor, toMinor }, _args, { shop }) => {
    const condition = (operator: string, minor: number) => ({
      id: gidOf("DeliveryCondition", `${id}${operator.length}`),
      field: "TOTAL_PRICE",
      operator,
      conditionCriteria: { __typename: "MoneyV2", ...moneyV2(minor, shop.currency) },
    });
    return [
      ...(fromMinor === null ? [] : [condition("GREATER_THAN_OR_EQUAL_TO", fromMinor)]),
      ...(toMinor === null ? [] : [condition("LESS_THAN_OR_EQUAL_TO", toMinor)]),
    ];
  },
};

const zone: Fields<Zone> = {
  zone: ({ id, name, countries }) => ({
    id: gidOf("DeliveryZone", id),
    name,
    countries: (countries ?? [null]).map((countryCode) => ({
      id: gidOf("DeliveryCountry", countryCode ?? "rest"),
      name: countryCode ?? "Rest of world",
      code: { countryCode, restOfWorld: countryCode === null },
    })),
  }),
  methodDefinitions: list(({ methods }, args) => (args.eligible === false ? [] : methods)),
};

const locationGroup: Fields<DevShop> = { locationGroupZones: list(zonesOf) };

const profile: Fields<DevShop> = {
  id: () => gidOf("DeliveryProfile", "1"),
  name: () => "General profile",
  default: () => true,
  profileLocationGroups: (shop) => [shop],
};

interface MarketOf {
  market: DevMarket;
  shop: DevShop;
}

const market: Fields<MarketOf> = {
  id: (of) => gidOf("Market", of.market.id),
  handle: (of) => of.market.handle,
  name: (of) => of.market.name,
  status: () => "ACTIVE",
  primary: (of) => of.shop.markets[0]?.id === of.market.id,
  currencySettings: (of) => ({
    baseCurrency: { currencyCode: of.market.currency, enabled: true },
    localCurrencies: false,
    roundingEnabled: true,
  }),
  conditions: (of) => ({ regionsCondition: of }),
  // Null means "as the parent market has it"; a shop on delivery profiles has nothing here at all.
  delivery: (of) => ({ shipping: of.shop.marketDrivenShipping === true ? of : null }),
};

const regionsCondition: Fields<MarketOf> = {
  regions: list(({ market: { countries } }) =>
    countries.map((code) => typed("MarketRegionCountry", { id: gidOf("MarketRegionCountry", code), code, name: code })),
  ),
};

const shippingConfiguration: Fields<MarketOf> = {
  isEnabled: () => true,
  optionDefinitions: list((of) => [typed("DeliveryFlatRateOptionDefinition", of)]),
};

const flatRateOption: Fields<MarketOf> = {
  id: (of) => gidOf("DeliveryFlatRateOptionDefinition", of.market.id),
  name: () => "Standard",
  description: () => null,
  currency: (of) => of.market.currency,
  isActive: () => true,
  freeDeliveryMinimumValue: ({ market: { currency, rate }, shop }) => {
    if (shop.shipping.freeFromMinor === null) return null;
    return moneyV2(convertMinor(shop.shipping.freeFromMinor, shop.currency, currency, rate), currency);
  },
  rateGroups: list(({ market: { currency, rate }, shop }) => {
    const price = moneyV2(convertMinor(shop.shipping.flatMinor, shop.currency, currency, rate), currency);
    return [{ rate: { price }, conditions: { collectionsCount: { count: 0 }, originLocationsCount: { count: 0 } } }];
  }),
};

const query: Fields<null> = {
  deliveryProfiles: list((_source, _args, context: AdminContext) => {
    requireScope(context, "deliveryProfiles", "read_shipping");
    return [context.shop];
  }),
  markets: list((_source, _args, context: AdminContext) => {
    requireScope(context, "markets", "read_markets");
    return context.shop.markets.map((each) => ({ market: each, shop: context.shop }) satisfies MarketOf);
  }),
};

export const shippingFields: TypeFields = {
  QueryRoot: query,
  DeliveryProfile: profile,
  DeliveryProfileLocationGroup: locationGroup,
  DeliveryLocationGroupZone: zone,
  DeliveryMethodDefinition: method,
  Market: market,
  RegionsCondition: regionsCondition,
  ShippingConfiguration: shippingConfiguration,
  DeliveryFlatRateOptionDefinition: flatRateOption,
};
