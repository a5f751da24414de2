import { badAddresses, badRedirects, strangeShops, wrongMethods } from "./addresses.ts";
import { badProxyRequests } from "./proxy-requests.ts";
import { badTokens } from "./session-tokens.ts";
import type { Tampered } from "./tampered-request.ts";
import { badBodies, badHeaders, badSignatures, tooLarge } from "./webhooks.ts";

/** Every tampered request against an installed shop: made from lists of what can be changed, so that all meet all. */
export function tamperedRequests(shop: string): Tampered[] {
  return [
    ...wrongMethods(),
    ...badSignatures(shop),
    ...badBodies(shop),
    ...badHeaders(shop),
    ...tooLarge(shop),
    ...badProxyRequests(shop),
    ...badTokens(shop),
    ...strangeShops(shop),
    ...badRedirects(shop),
    ...badAddresses(),
  ];
}
