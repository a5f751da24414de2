import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyShop } from "../../test/dev-store/shop/empty-shop.ts";
import { makeSessionToken, type SessionTokenClaims } from "../../test/dev-store/auth/session-token.ts";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { APP, wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import type { HomeView } from "../views/home-view.ts";
import * as route from "./app._index.tsx";

const SHOP = "pages.myshopify.com";
const OTHER_SHOP = "neighbour.myshopify.com";
const MINUTES = 60_000;

let app: WiredApp;

beforeAll(async () => {
  const shops = [SHOP, OTHER_SHOP].map((domain) =>
    emptyShop({ domain, name: domain, currency: "USD", locale: "en", timezone: "UTC" }),
  );
  app = await wireApp(shops);
  // Shopify installs before it opens the app.
  for (const { shop } of app.store.shops.values()) shop.installation.installed = true;
});
afterAll(() => app.close());

/** The home page's data, asked for as App Bridge's own `fetch` asks. */
async function home(token: string): Promise<{ status: number; view?: HomeView; text: string }> {
  const request = pageRequest("/app?_data=routes%2Fapp._index", { shop: SHOP, token });
  try {
    const { view } = await route.loader({ request, params: {}, context: app.loadContext });
    return { status: 200, view, text: JSON.stringify(view) };
  } catch (thrown) {
    if (!(thrown instanceof Response)) throw thrown;
    return { status: thrown.status, text: await thrown.text() };
  }
}

const stored = async () => {
  const { rows } = await app.context.database.pool.query<{ sessions: number; shops: number }>(
    "SELECT (SELECT count(*)::int FROM sessions) AS sessions, (SELECT count(*)::int FROM shops) AS shops",
  );
  return rows[0];
};

const tokenWith = (claims: Partial<SessionTokenClaims>, secret = APP.apiSecret) =>
  makeSessionToken({ ...APP, apiSecret: secret }, SHOP, Date.now(), claims);
const seconds = (milliseconds: number) => Math.floor((Date.now() + milliseconds) / 1000);

test.each([
  ["stale", () => tokenWith({ exp: seconds(-5 * MINUTES), nbf: seconds(-6 * MINUTES), iat: seconds(-6 * MINUTES) })],
  ["from the future", () => tokenWith({ nbf: seconds(5 * MINUTES), exp: seconds(6 * MINUTES) })],
  ["of another app", () => tokenWith({ aud: "another-app" })],
  ["signed with another secret", () => tokenWith({}, "not-the-secret-of-this-app")],
  ["no token at all", () => "nonsense"],
])("a session token that is %s is refused, and nothing is stored", async (_, token) => {
  const before = await stored();
  const { status, view, text } = await home(token());
  expect(status).toBe(401);
  expect(view).toBeUndefined();
  expect(text).not.toContain(APP.apiSecret);
  expect(await stored()).toEqual(before);
});

test("a good token signs in, installs its own shop, and shows no other shop's page", async () => {
  await home(makeSessionToken(APP, OTHER_SHOP, Date.now()));
  const { status, view } = await home(makeSessionToken(APP, SHOP, Date.now()));
  expect(status).toBe(200);
  expect(view?.shop.domain).toBe(SHOP);
});
