import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

const LIFETIME_SECONDS = 60;
/** As Shopify's libraries allow for clocks that differ. */
const TOLERANCE_SECONDS = 10;

export interface SessionTokenClaims {
  iss: string;
  dest: string;
  aud: string;
  sub: string;
  exp: number;
  nbf: number;
  iat: number;
  jti: string;
  sid: string;
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function sign(head: string, secret: string): string {
  return createHmac("sha256", secret).update(head).digest("base64url");
}

/** A session token as App Bridge gives it: HS256 with the app's secret, valid for a minute. `now` in ms. */
export function makeSessionToken(
  app: { apiKey: string; apiSecret: string },
  shop: string,
  now: number,
  claims: Partial<SessionTokenClaims> = {},
): string {
  const issued = Math.floor(now / 1000);
  const payload: SessionTokenClaims = {
    iss: `https://${shop}/admin`,
    dest: `https://${shop}`,
    aud: app.apiKey,
    sub: "42",
    exp: issued + LIFETIME_SECONDS,
    nbf: issued,
    iat: issued,
    jti: randomUUID(),
    sid: "7b1d9e4c2f",
    ...claims,
  };
  const head = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(payload)}`;
  return `${head}.${sign(head, app.apiSecret)}`;
}

/** The claims of a genuine, current token of this app for this shop; otherwise why it is not. `now` in ms. */
export function readSessionToken(
  token: string,
  app: { apiKey: string; apiSecret: string },
  shop: string,
  now: number,
): SessionTokenClaims | { invalid: string } {
  const [header = "", payload = "", signature = "", ...rest] = token.split(".");
  if (rest.length > 0 || signature === "") return { invalid: "not a token" };
  const expected = Buffer.from(sign(`${header}.${payload}`, app.apiSecret));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return { invalid: "wrong signature" };
  let claims: SessionTokenClaims;
  try {
    const algorithm = JSON.parse(Buffer.from(header, "base64url").toString()) as { alg?: string };
    if (algorithm.alg !== "HS256") return { invalid: "wrong algorithm" };
    claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as SessionTokenClaims;
  } catch {
    return { invalid: "not a token" };
  }
  const seconds = now / 1000;
  if (claims.aud !== app.apiKey) return { invalid: "another app's token" };
  if (claims.dest !== `https://${shop}` || claims.iss !== `https://${shop}/admin`)
    return { invalid: "another shop's token" };
  if (!(claims.exp > seconds - TOLERANCE_SECONDS)) return { invalid: "expired" };
  if (!(claims.nbf <= seconds + TOLERANCE_SECONDS)) return { invalid: "not valid yet" };
  return claims;
}
