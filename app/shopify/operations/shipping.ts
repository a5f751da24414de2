import { operation } from "./operation.ts";

interface Amount {
  readonly amount: string;
  readonly currencyCode: string;
}

/** Which of the two ways the shop's shipping is set up in, and where it ships to. */
export const SHIPPING_KIND = operation<
  Record<string, never>,
  { shop: { shipsToCountries: readonly string[]; features: { marketDrivenShipping: boolean } } }
>(`#graphql
  query ShippingKind {
    shop { shipsToCountries features { marketDrivenShipping } }
  }
`);

export interface ProfilesPage {
  deliveryProfiles: {
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    nodes: readonly {
      default: boolean;
      profileLocationGroups: readonly {
        locationGroupZones: {
          pageInfo: { hasNextPage: boolean };
          nodes: readonly {
            zone: {
              countries: readonly { code: { countryCode: string | null; restOfWorld: boolean } }[];
            };
            methodDefinitions: {
              pageInfo: { hasNextPage: boolean };
              nodes: readonly {
                active: boolean;
                rateProvider: { __typename: string; price?: Amount };
                methodConditions: readonly {
                  field: string;
                  operator: string;
                  conditionCriteria: { __typename: string; amount?: string; currencyCode?: string };
                }[];
              }[];
            };
          }[];
        };
      }[];
    }[];
  };
}

/** One of the merchant's own delivery profiles: its zones, and their rates with the conditions that they hold under. */
export const PROFILE_RATES = operation<{ after: string | null }, ProfilesPage>(`#graphql
  query ProfileRates($after: String) {
    deliveryProfiles(first: 1, after: $after, merchantOwnedOnly: true) {
      pageInfo { hasNextPage endCursor }
      nodes {
        default
        profileLocationGroups {
          locationGroupZones(first: 20) {
            pageInfo { hasNextPage }
            nodes {
              zone { countries { code { countryCode restOfWorld } } }
              methodDefinitions(first: 10) {
                pageInfo { hasNextPage }
                nodes {
                  active
                  rateProvider { __typename ... on DeliveryRateDefinition { price { amount currencyCode } } }
                  methodConditions {
                    field
                    operator
                    conditionCriteria { __typename ... on MoneyV2 { amount currencyCode } }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`);

export interface MarketsPage {
  markets: {
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    nodes: readonly {
      status: string;
      conditions: {
        regionsCondition: { regions: { nodes: readonly { __typename: string; code?: string }[] } } | null;
      } | null;
      delivery: {
        shipping: {
          isEnabled: boolean;
          optionDefinitions: { nodes: readonly { freeDeliveryMinimumValue: Amount | null }[] };
        } | null;
      };
    }[];
  };
}

/** The countries of each market and the amounts from which it ships free, where shipping is set up by market. */
export const MARKET_RATES = operation<{ after: string | null }, MarketsPage>(`#graphql
  query MarketRates($after: String) {
    markets(first: 2, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        status
        conditions {
          regionsCondition {
            regions(first: 250) { nodes { __typename ... on MarketRegionCountry { code } } }
          }
        }
        delivery {
          shipping {
            isEnabled
            optionDefinitions(first: 10, active: true) {
              nodes { freeDeliveryMinimumValue { amount currencyCode } }
            }
          }
        }
      }
    }
  }
`);
