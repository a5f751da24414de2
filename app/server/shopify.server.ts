import "@shopify/shopify-app-remix/adapters/node";
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from "@shopify/shopify-app-remix/server";
import { composition } from "./composition.ts";
import { config } from "./config.ts";
import { shopDomain } from "../domain/ids.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import { createSessionStorage } from "../persistence/shop/session-storage.ts";

const settings = config();

/** Shopify's own package does the signing in: token exchange, expiring offline tokens, signatures of every kind. */
const shopify = shopifyApp({
  apiKey: settings.apiKey,
  apiSecretKey: settings.apiSecret,
  apiVersion: ApiVersion.July26,
  scopes: [...settings.scopes],
  appUrl: settings.appUrl,
  authPathPrefix: "/auth",
  sessionStorage: createSessionStorage(composition().database),
  distribution: AppDistribution.AppStore,
  // What is refused leaves one line of ours.
  logger: { level: LogSeverity.Error },
  hooks: {
    afterAuth: async ({ session }) => installShop(shopDomain(session.shop)),
  },
  future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
});

export const { authenticate, unauthenticated, login, addDocumentResponseHeaders, sessionStorage } = shopify;
