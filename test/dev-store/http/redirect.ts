/**
 * `node --import ./test/dev-store/http/redirect.ts`: sends every call to Shopify to the dev store at `DEV_STORE_URL`.
 * It is loaded before anything captures `fetch`, so that the app runs unchanged.
 */
const target = process.env.DEV_STORE_URL;

if (target) {
  const original = globalThis.fetch;
  const redirected: typeof fetch = (input, init) => {
    const address = new URL(input instanceof Request ? input.url : input);
    if (!/(^|\.)(myshopify|shopify)\.com$/.test(address.hostname)) return original(input, init);
    const here = new URL(address.pathname + address.search, target);
    const request = input instanceof Request ? new Request(here, input) : null;
    const headers = new Headers(init?.headers ?? request?.headers);
    headers.set("x-dev-store-host", address.hostname);
    return original(request ?? here, { ...init, headers });
  };
  globalThis.fetch = redirected;
}
