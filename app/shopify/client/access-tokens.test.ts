import { expect, test } from "vitest";
import { shopDomain, type ShopDomain } from "../../domain/ids.ts";
import { createAccessTokens, type StoredToken } from "./access-tokens.ts";
import { AuthenticationFailed, TransportFailed } from "./errors.ts";

const SHOP = shopDomain("tokens.myshopify.com");
const NOW = Date.parse("2026-11-20T12:00:00Z");

function token(changes: Partial<StoredToken> = {}): StoredToken {
  return {
    ...{ accessToken: "old", scope: "read_orders", expires: new Date(NOW + 3_600_000) },
    ...{ refreshToken: "refresh-1", refreshTokenExpires: new Date(NOW + 86_400_000) },
    ...changes,
  };
}

function tokensOf(first: StoredToken | null, answer: () => Response) {
  let stored = first;
  let queue: Promise<unknown> = Promise.resolve();
  const bodies: unknown[] = [];
  const accessToken = createAccessTokens({
    store: {
      find: async () => stored,
      hold: (_: ShopDomain, work) => {
        const held = { find: async () => stored, save: async (saved: StoredToken) => void (stored = saved) };
        const turn = queue.then(() => work(held));
        queue = turn.catch(() => {});
        return turn;
      },
    },
    fetch: async (_, init) => {
      bodies.push(JSON.parse(String(init?.body)));
      return answer();
    },
    ...{ apiKey: "key", apiSecret: "secret", now: () => NOW },
  });
  return { accessToken: () => accessToken(SHOP), stored: () => stored, bodies };
}

const fresh = () =>
  Response.json({
    access_token: "new",
    expires_in: 3600,
    refresh_token: "refresh-2",
    refresh_token_expires_in: 7_776_000,
  });
const expiring = token({ expires: new Date(NOW + 60_000) });

test("a token that is good for a while is used as it is", async () => {
  const { accessToken, bodies } = tokensOf(token(), fresh);
  expect(await accessToken()).toBe("old");
  expect(bodies).toEqual([]);
});

test("one that is about to expire is refreshed, and the new refresh token is kept", async () => {
  const { accessToken, stored, bodies } = tokensOf(expiring, fresh);
  expect(await accessToken()).toBe("new");
  expect(bodies).toEqual([
    { client_id: "key", client_secret: "secret", grant_type: "refresh_token", refresh_token: "refresh-1" },
  ]);
  expect(stored()).toMatchObject({ refreshToken: "refresh-2", expires: new Date(NOW + 3_600_000) });
});

test("many that want it at once refresh it once", async () => {
  const { accessToken, bodies } = tokensOf(expiring, fresh);
  expect(await Promise.all([accessToken(), accessToken(), accessToken()])).toEqual(["new", "new", "new"]);
  expect(bodies.length).toBe(1);
});

test.each([
  ["no token", null, fresh, AuthenticationFailed],
  ["no refresh token", token({ expires: new Date(NOW), refreshToken: null }), fresh, AuthenticationFailed],
  ["a refresh token that Shopify refuses", expiring, () => new Response("{}", { status: 400 }), AuthenticationFailed],
  ["Shopify in trouble", expiring, () => new Response(null, { status: 502 }), TransportFailed],
])("with %s it says what is wrong", async (_, first, answer, kind) => {
  await expect(tokensOf(first, answer).accessToken()).rejects.toBeInstanceOf(kind);
});
