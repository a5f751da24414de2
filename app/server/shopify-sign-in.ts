import "@shopify/shopify-app-remix/adapters/node";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from "@shopify/shopify-app-remix/server";
import type { Config } from "./config.ts";
import { shopDomain } from "../domain/ids.ts";
import type { FlowContext } from "../flows/context.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import { createSessionStorage } from "../persistence/shop/session-storage.ts";

export type ShopifySignIn = ReturnType<typeof createShopifySignIn>;

/**
 * Signs people in by Shopify's own package: token exchange, expiring offline tokens, signatures of every kind. A shop
 * that signs in is installed by the given flows.
 *
 * The package keeps one `fetch` per process, whatever apps are made in it: the latest given is used.
 */
export function createShopifySignIn(settings: Config, flows: FlowContext, fetchShopify: typeof fetch) {
  setAbstractFetchFunc(fetchShopify);
  const { authenticate, login, addDocumentResponseHeaders } = shopifyApp({
    apiKey: settings.apiKey,
    apiSecretKey: settings.apiSecret,
    apiVersion: ApiVersion.July26,
    scopes: [...settings.scopes],
    appUrl: settings.appUrl,
    authPathPrefix: "/auth",
    sessionStorage: createSessionStorage(flows.database),
    distribution: AppDistribution.AppStore,
    // Refused requests are in the access log already.
    logger: { level: LogSeverity.Error, log: async (_, message) => flows.log.error({ message }, "sign-in failed") },
    hooks: {
      afterAuth: ({ session }) => installShop(shopDomain(session.shop), flows),
    },
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  });
  return { authenticate, login, addDocumentResponseHeaders };
}
