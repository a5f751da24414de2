import { operation } from "./operation.ts";

interface Amount {
  readonly amount: string;
  readonly currencyCode: string;
}

/** Which of the two ways the shop's shipping is set up in. */
export const SHIPPING_KIND = operation<
  Record<string, never>,
  { shop: { currencyCode: string; features: { marketDrivenShipping: boolean } } }
>(`#graphql
  query ShippingKind {
    shop { currencyCode features { marketDrivenShipping } }
  }
`);

/** Rates of the merchant's own delivery profiles, with the conditions that they hold under. */
export const PROFILE_RATES = operation<
  Record<string, never>,
  {
    deliveryProfiles: {
      nodes: readonly {
        profileLocationGroups: readonly {
          locationGroupZones: {
            nodes: readonly {
              methodDefinitions: {
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
>(`#graphql
  query ProfileRates {
    deliveryProfiles(first: 5, merchantOwnedOnly: true) {
      nodes {
        profileLocationGroups {
          locationGroupZones(first: 10) {
            nodes {
              methodDefinitions(first: 10) {
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

/** The amounts from which each market ships free, where shipping is set up by market. */
export const MARKET_RATES = operation<
  Record<string, never>,
  {
    markets: {
      nodes: readonly {
        status: string;
        delivery: {
          shipping: {
            isEnabled: boolean;
            optionDefinitions: { nodes: readonly { freeDeliveryMinimumValue: Amount | null }[] };
          } | null;
        };
      }[];
    };
  }
>(`#graphql
  query MarketRates {
    markets(first: 20) {
      nodes {
        status
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
