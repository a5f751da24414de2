import { describe, expect, test } from "vitest";
import { makeSessionToken, type SessionTokenClaims } from "./session-token.ts";
import { APP, buildStore, DOMAIN, START, type TestStore } from "../test-store.ts";

const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";
const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";

function post({ request }: TestStore, body: object) {
  return request("/admin/oauth/access_token", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_id: APP.apiKey, client_secret: APP.apiSecret, ...body }),
  });
}

function exchange(store: TestStore, change: object = {}, claims: Partial<SessionTokenClaims> = {}, app = APP) {
  return post(store, {
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: makeSessionToken(app, DOMAIN, store.clock.now, claims),
    subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
    requested_token_type: OFFLINE,
    expiring: "1",
    ...change,
  });
}

async function works(store: TestStore, token: string): Promise<boolean> {
  const response = await store.request("/admin/api/2026-07/graphql.json", {
    method: "POST",
    headers: { "x-shopify-access-token": token },
    body: JSON.stringify({ query: "{ shop { name } }" }),
  });
  return response.status === 200;
}

describe("token exchange", () => {
  test("gives an offline token for an hour, and a token to refresh it with", async () => {
    const store = buildStore();
    const body = await (await exchange(store)).json();
    expect(body).toMatchObject({ expires_in: 3600, refresh_token_expires_in: 7_776_000 });
    expect(body.scope.split(",")).toContain("read_orders");
    expect(await works(store, body.access_token)).toBe(true);
    store.clock.now += 3_600_000;
    expect(await works(store, body.access_token)).toBe(false);
  });

  test("gives an offline token without an end where the app does not ask for one", async () => {
    const store = buildStore();
    const body = await (await exchange(store, { expiring: "0" })).json();
    expect(Object.keys(body)).toEqual(["access_token", "scope"]);
  });

  test("gives an online token that names the member of staff", async () => {
    const body = await (await exchange(buildStore(), { requested_token_type: ONLINE })).json();
    expect(body).toMatchObject({ expires_in: 86_399, associated_user: { id: 42 } });
  });

  test.each([
    ["expired a minute ago", { exp: START / 1000 - 60 }],
    ["is from the future", { nbf: START / 1000 + 60 }],
    ["is another app's", { aud: "another-key" }],
    ["is another shop's", { dest: "https://other.myshopify.com" }],
    ["was issued for another shop", { iss: "https://other.myshopify.com/admin" }],
  ])("refuses a session token that %s", async (_what, claims) => {
    const response = await exchange(buildStore(), {}, claims);
    expect(response.status).toBe(400);
    expect((await response.json()).error).toBe("invalid_subject_token");
  });

  test("refuses a session token that somebody else signed, and one that is none", async () => {
    const forged = await exchange(buildStore(), {}, {}, { ...APP, apiSecret: "guessed" });
    expect((await forged.json()).error).toBe("invalid_subject_token");
    const noToken = await exchange(buildStore(), { subject_token: "a.b" });
    expect((await noToken.json()).error).toBe("invalid_subject_token");
  });

  test("refuses a wrong secret or key with 401, and unknown token types with 400", async () => {
    expect((await exchange(buildStore(), { client_secret: "wrong" })).status).toBe(401);
    expect((await exchange(buildStore(), { client_id: "wrong" })).status).toBe(401);
    expect((await exchange(buildStore(), { requested_token_type: "gold" })).status).toBe(400);
    expect((await exchange(buildStore(), { subject_token_type: "gold" })).status).toBe(400);
    expect((await exchange(buildStore(), { grant_type: "gold" })).status).toBe(400);
  });

  test("refuses a shop that has removed the app, and its old tokens", async () => {
    const store = buildStore();
    const { access_token, refresh_token } = await (await exchange(store)).json();
    await store.control("uninstall");
    expect((await exchange(store)).status).toBe(400);
    expect(await works(store, access_token)).toBe(false);
    expect((await post(store, { grant_type: "refresh_token", refresh_token })).status).toBe(401);
  });
});

describe("a refresh token", () => {
  const refresh = (store: TestStore, token: string) =>
    post(store, { grant_type: "refresh_token", refresh_token: token });

  test("survives a lost answer, until its successor is used", async () => {
    const store = buildStore();
    const first = await (await exchange(store)).json();
    const second = await (await refresh(store, first.refresh_token)).json();
    expect(second.access_token).not.toBe(first.access_token);
    const again = await refresh(store, first.refresh_token);
    expect(again.status).toBe(200);
    expect((await refresh(store, second.refresh_token)).status).toBe(200);
    expect((await refresh(store, first.refresh_token)).status).toBe(401);
  });

  test("ends after 90 days, and is of no use when made up", async () => {
    const store = buildStore();
    const { refresh_token } = await (await exchange(store)).json();
    expect((await refresh(store, "shprt_made_up")).status).toBe(401);
    store.clock.now += 90 * 86_400_000;
    expect((await refresh(store, refresh_token)).status).toBe(401);
  });
});
