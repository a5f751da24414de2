import { http } from "msw";
import type { DevStore } from "../dev-store.ts";

/**
 * Every request to Shopify goes to the dev store. Listen with `onUnhandledFrame: "error"`, so that a call to
 * anywhere else fails the test.
 */
export function devStoreHandlers(store: DevStore, filesOrigin = "http://127.0.0.1:4000") {
  const answer = ({ request }: { request: Request }) => store.fetch(request);
  return [
    http.all("https://*.myshopify.com/*", answer),
    http.all("https://*.shopify.com/*", answer),
    http.all(`${filesOrigin}/__files/*`, answer),
  ];
}
