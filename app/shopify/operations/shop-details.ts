import { operation } from "./operation.ts";

/** What an install needs to know of the shop and of the app's own installation. */
export const SHOP_DETAILS = operation<
  Record<string, never>,
  {
    shop: {
      id: string;
      name: string;
      currencyCode: string;
      ianaTimezone: string;
      enabledPresentmentCurrencies: string[];
    };
    currentAppInstallation: { id: string; accessScopes: { handle: string }[] };
  }
>(`#graphql
  query ShopDetails {
    shop { id name currencyCode ianaTimezone enabledPresentmentCurrencies }
    currentAppInstallation { id accessScopes { handle } }
  }
`);
