import type { AppLoadContext } from "@remix-run/node";
import type { Config } from "./config.ts";
import type { FlowContext } from "../flows/context.ts";
import { createShopifySignIn, type ShopifySignIn } from "./shopify-sign-in.ts";

declare module "@remix-run/node" {
  /** What every loader and action is given as `context`. */
  interface AppLoadContext {
    /** What flows work with. */
    flows: FlowContext;
    shopify: ShopifySignIn;
    /** What pages tell App Bridge: the app's key, and where to load it from in place of Shopify's CDN. */
    appBridge: Pick<Config, "apiKey" | "appBridgeUrl">;
  }
}

/** The context of loaders and actions. `fetchShopify` sends what Shopify's package asks at sign-in. */
export function createLoadContext(settings: Config, flows: FlowContext, fetchShopify: typeof fetch): AppLoadContext {
  const { apiKey, appBridgeUrl } = settings;
  return {
    flows,
    shopify: createShopifySignIn(settings, flows, fetchShopify),
    appBridge: { apiKey, appBridgeUrl },
  };
}
