import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Journal } from "../shop/journal.ts";
import { readSessionToken } from "./session-token.ts";
import type { DevShop } from "../shop/state.ts";

const TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";
const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";
const ACCESS_SECONDS = 3600;
const ONLINE_SECONDS = 86_399;
const REFRESH_SECONDS = 90 * 86_400;

interface AccessToken {
  shop: string;
  scopes: string[];
  /** Null: never. */
  expiresAt: number | null;
}

interface RefreshToken {
  shop: string;
  expiresAt: number;
  /** The refresh token that this one replaced; it dies when this one is first used. */
  replaced: string | null;
}

interface TokenRequest {
  client_id?: string;
  client_secret?: string;
  grant_type?: string;
  subject_token?: string;
  subject_token_type?: string;
  requested_token_type?: string;
  refresh_token?: string;
  expiring?: string;
}

const json = (status: number, body: object) => Response.json(body, { status });
const refuse = (status: number, error: string, description: string) =>
  json(status, { error, error_description: description });

function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

async function readBody(request: Request): Promise<TokenRequest | null> {
  const text = await request.text();
  try {
    if (request.headers.get("content-type")?.includes("json")) return JSON.parse(text) as TokenRequest;
  } catch {
    return null;
  }
  return Object.fromEntries(new URLSearchParams(text)) as TokenRequest;
}

/** Access tokens of the app: token exchange, expiring offline tokens with refresh, revoked when the app is uninstalled. */
export class Tokens {
  readonly #app: { apiKey: string; apiSecret: string };
  readonly #journal: Journal;
  readonly #now: () => number;
  readonly #access = new Map<string, AccessToken>();
  readonly #refresh = new Map<string, RefreshToken>();

  constructor(app: { apiKey: string; apiSecret: string }, journal: Journal, now: () => number) {
    this.#app = app;
    this.#journal = journal;
    this.#now = now;
  }

  /** The scopes of a token that is good for this shop now; null otherwise. */
  scopesOf(token: string, shop: string): ReadonlySet<string> | null {
    const found = this.#access.get(token);
    if (found === undefined || found.shop !== shop) return null;
    if (found.expiresAt !== null && found.expiresAt <= this.#now()) return null;
    return new Set(found.scopes);
  }

  /** A token for tests that need no sign-in. */
  issueForTest(shop: DevShop, scopes = shop.installation.scopes): string {
    return this.#putAccess({ shop: shop.domain, scopes, expiresAt: null });
  }

  /** What the merchant granted or took back holds for tokens that were issued before, too. */
  setScopes(shop: string, scopes: readonly string[]): void {
    for (const [value, token] of this.#access) {
      if (token.shop !== shop) continue;
      const changed = { ...token, scopes: [...scopes] };
      this.#access.set(value, changed);
      this.#journal.record(shop, "access", value, changed);
    }
  }

  revokeShop(shop: string): void {
    for (const [token, { shop: owner }] of this.#access)
      if (owner === shop) this.#drop("access", this.#access, token, shop);
    for (const [token, { shop: owner }] of this.#refresh)
      if (owner === shop) this.#drop("refresh", this.#refresh, token, shop);
  }

  #drop(collection: string, map: Map<string, unknown>, token: string, shop: string): void {
    map.delete(token);
    this.#journal.record(shop, collection, token, null);
  }

  #putAccess(token: AccessToken): string {
    const value = `shpat_${randomBytes(16).toString("hex")}`;
    this.#access.set(value, token);
    this.#journal.record(token.shop, "access", value, token);
    return value;
  }

  #putRefresh(token: RefreshToken): string {
    const value = `shprt_${randomBytes(16).toString("hex")}`;
    this.#refresh.set(value, token);
    this.#journal.record(token.shop, "refresh", value, token);
    return value;
  }

  /** Answers `POST /admin/oauth/access_token`. */
  async handle(request: Request, shop: DevShop): Promise<Response> {
    const body = await readBody(request);
    if (body === null) return refuse(400, "invalid_request", "The request body is not readable.");
    const known =
      sameText(body.client_id ?? "", this.#app.apiKey) && sameText(body.client_secret ?? "", this.#app.apiSecret);
    if (!known) return refuse(401, "invalid_client", "The client id or secret is wrong.");
    if (body.grant_type === TOKEN_EXCHANGE) return this.#exchange(body, shop);
    if (body.grant_type === "refresh_token") return this.#useRefresh(body, shop);
    return refuse(400, "unsupported_grant_type", "The grant type is not supported.");
  }

  #exchange(body: TokenRequest, shop: DevShop): Response {
    if (body.subject_token_type !== ID_TOKEN) {
      return refuse(400, "invalid_request", "The subject token type is not supported.");
    }
    const claims = readSessionToken(body.subject_token ?? "", this.#app, shop.domain, this.#now());
    if ("invalid" in claims)
      return refuse(400, "invalid_subject_token", `The session token is refused: ${claims.invalid}.`);
    if (!shop.installation.installed)
      return refuse(400, "application_not_installed", "The app is not installed on this shop.");
    const { scopes } = shop.installation;
    if (body.requested_token_type === OFFLINE) return json(200, this.#offline(shop, body.expiring === "1", null));
    if (body.requested_token_type !== ONLINE) {
      return refuse(400, "invalid_request", "The requested token type is not supported.");
    }
    const token = this.#putAccess({ shop: shop.domain, scopes, expiresAt: this.#now() + ONLINE_SECONDS * 1000 });
    return json(200, {
      access_token: token,
      scope: scopes.join(","),
      expires_in: ONLINE_SECONDS,
      associated_user_scope: scopes.join(","),
      associated_user: {
        id: Number(claims.sub),
        first_name: "Aoi",
        last_name: "Sato",
        email: `staff@${shop.domain}`,
        email_verified: true,
        account_owner: true,
        locale: shop.locale,
        collaborator: false,
      },
    });
  }

  #offline(shop: DevShop, expiring: boolean, replaced: string | null): object {
    const { scopes } = shop.installation;
    const expiresAt = expiring ? this.#now() + ACCESS_SECONDS * 1000 : null;
    const access = this.#putAccess({ shop: shop.domain, scopes, expiresAt });
    const base = { access_token: access, scope: scopes.join(",") };
    if (!expiring) return base;
    const refreshExpiresAt = this.#now() + REFRESH_SECONDS * 1000;
    const refresh = this.#putRefresh({ shop: shop.domain, expiresAt: refreshExpiresAt, replaced });
    return { ...base, expires_in: ACCESS_SECONDS, refresh_token: refresh, refresh_token_expires_in: REFRESH_SECONDS };
  }

  /** A refresh token can be repeated until its successor has been used: a lost answer costs nobody the shop. */
  #useRefresh(body: TokenRequest, shop: DevShop): Response {
    const given = body.refresh_token ?? "";
    const token = this.#refresh.get(given);
    if (token === undefined || token.shop !== shop.domain || token.expiresAt <= this.#now()) {
      return refuse(401, "invalid_grant", "The refresh token is invalid or expired.");
    }
    if (token.replaced !== null) this.#drop("refresh", this.#refresh, token.replaced, shop.domain);
    return json(200, this.#offline(shop, true, given));
  }

  restore(collection: string, key: string, value: unknown): void {
    if (value === null) return;
    if (collection === "access") this.#access.set(key, value as AccessToken);
    else this.#refresh.set(key, value as RefreshToken);
  }
}
