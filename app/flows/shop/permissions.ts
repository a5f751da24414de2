import { STORE_CREDIT_SCOPES } from "../../domain/store-credit/scopes.ts";
import type { ShopFacts } from "../../persistence/shop/shops.ts";

/** What the scopes that a merchant granted let the app do. */
export function permissionsOf(scopes: readonly string[]): Pick<ShopFacts, "allOrders" | "givesCredit"> {
  return {
    allOrders: scopes.includes("read_all_orders"),
    givesCredit: STORE_CREDIT_SCOPES.every((scope) => scopes.includes(scope)),
  };
}
