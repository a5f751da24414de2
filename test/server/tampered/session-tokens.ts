import { makeSessionToken, type SessionTokenClaims } from "../../dev-store/auth/session-token.ts";
import type { Asked } from "../../fixtures/server-program.ts";
import { APP } from "../../fixtures/wired-app.ts";
import { BROWSER, PAGES, STRANGE_SHOPS, type Tampered, hostOf } from "./tampered-request.ts";

export function badTokens(shop: string): Tampered[] {
  const seconds = Math.floor(Date.now() / 1000);
  const token = (claims: Partial<Record<keyof SessionTokenClaims, unknown>>, secret: string = APP.apiSecret) =>
    makeSessionToken({ ...APP, apiSecret: secret }, shop, Date.now(), claims as Partial<SessionTokenClaims>);
  const good = token({});
  const [head, payload, signature] = good.split(".") as [string, string, string];
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { ...(JSON.parse(Buffer.from(payload, "base64url").toString()) as SessionTokenClaims) };
  const impossible: Record<string, string> = {
    "without exp": token({ exp: undefined }),
    "exp of text": token({ exp: "tomorrow" }),
    "exp of null": token({ exp: null }),
    "without dest": token({ dest: undefined }),
    "words for a token": "nonsense",
    "two parts": `${head}.${payload}`,
    "four parts": `${good}.x`,
    "a payload of no JSON": `${head}.e30x.${signature}`,
    "a payload of a list": `${head}.${encode([])}.${signature}`,
    ...Object.fromEntries(
      STRANGE_SHOPS.map((strange) => [`dest ${strange}`, token({ dest: `https://${strange}` })] as const),
    ),
    "dest without https": token({ dest: `http://${shop}` }),
    "dest with a path": token({ dest: `https://${shop}/x` }),
    "dest of JavaScript": token({ dest: "javascript:alert(1)" }),
  };
  const refused: Record<string, string> = {
    stale: token({ exp: seconds - 300, nbf: seconds - 400, iat: seconds - 400 }),
    "not valid yet": token({ nbf: seconds + 300, exp: seconds + 400 }),
    "of another app": token({ aud: "another-app" }),
    "of another secret": token({}, "not-the-secret"),
    "of an empty secret": token({}, " "),
    "alg none": `${encode({ alg: "none", typ: "JWT" })}.${payload}.`,
    "alg none, signed": `${encode({ alg: "none", typ: "JWT" })}.${payload}.${signature}`,
    "alg RS256": `${encode({ alg: "RS256", typ: "JWT" })}.${payload}.${signature}`,
    "another shop put in": `${head}.${encode({ ...claims, dest: "https://thief.myshopify.com" })}.${signature}`,
    "a longer life put in": `${head}.${encode({ ...claims, exp: seconds + 86_400 })}.${signature}`,
    "without a signature": `${head}.${payload}.`,
    "a signature of another token": `${head}.${payload}.${token({ sub: "43" }).split(".")[2]}`,
  };
  const bearer = (path: string, value: string, method = "GET"): Asked => ({
    method,
    path,
    headers: { authorization: `Bearer ${value}`, "user-agent": BROWSER },
    ...(method === "POST" ? { body: "" } : {}),
  });
  const address = (path: string, value: string): Asked => ({
    path: `${path}?${new URLSearchParams({ shop, embedded: "1", host: hostOf(shop), id_token: value }).toString()}`,
    headers: { "user-agent": BROWSER },
  });
  const made = (what: string, request: Asked, ...more: number[]): Tampered => {
    return { family: "tokens", what, request, statuses: [401, ...more] };
  };
  return [
    ...PAGES.flatMap((path) =>
      Object.entries({ ...impossible, ...refused }).map(([what, value]) =>
        made(`${path}: ${what}`, bearer(path, value)),
      ),
    ),
    ...PAGES.flatMap((path) =>
      // Pages without a form take none, whoever sends it.
      Object.entries(refused).map(([what, value]) => made(`POST ${path}: ${what}`, bearer(path, value, "POST"), 405)),
    ),
    ...["/app", "/auth/callback"].flatMap((path) =>
      Object.entries(impossible).map(([what, value]) => made(`id_token, ${path}: ${what}`, address(path, value))),
    ),
    ...["Basic dXNlcjpwYXNz", "Bearer", "Bearer a b", `bearer ${good}`, `Token ${good}`, ""].map((authorization) =>
      made(`Authorization: ${authorization.slice(0, 12)}`, {
        path: "/app",
        headers: { authorization, "user-agent": BROWSER },
      }),
    ),
    ...PAGES.map((path) =>
      made(`POST ${path} without a token`, { method: "POST", path, headers: { "user-agent": BROWSER }, body: "a=1" }),
    ),
  ];
}
