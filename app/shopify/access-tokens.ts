import type { ShopDomain } from "../domain/ids.ts";
import { AuthenticationFailed, TransportFailed } from "./errors.ts";

/** What is stored of an offline token. Expiring tokens carry a refresh token. */
export interface StoredToken {
  readonly accessToken: string;
  readonly scope: string | null;
  readonly expires: Date | null;
  readonly refreshToken: string | null;
  readonly refreshTokenExpires: Date | null;
}

export interface TokenStore {
  find(shop: ShopDomain): Promise<StoredToken | null>;
  save(shop: ShopDomain, token: StoredToken): Promise<void>;
  /** Runs `work` while nobody else refreshes this shop's token, in any process. */
  alone<T>(shop: ShopDomain, work: () => Promise<T>): Promise<T>;
}

export interface AccessTokenOptions {
  readonly store: TokenStore;
  readonly fetch: typeof fetch;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly now: () => number;
}

const EARLY_MS = 5 * 60_000;
const TIMEOUT_MS = 15_000;

/**
 * The offline token of a shop, for work that nobody waits for. One that is about to expire is refreshed first, by
 * one process at a time: each refresh makes the earlier refresh token void.
 */
export function createAccessTokens(options: AccessTokenOptions): (shop: ShopDomain) => Promise<string> {
  const { store, now } = options;
  const isFresh = (token: StoredToken) => token.expires === null || token.expires.getTime() - now() > EARLY_MS;
  return async (shop) => {
    const token = await store.find(shop);
    if (token === null) throw new AuthenticationFailed("No token is stored");
    if (isFresh(token)) return token.accessToken;
    return store.alone(shop, async () => {
      const latest = await store.find(shop);
      if (latest === null) throw new AuthenticationFailed("No token is stored");
      if (isFresh(latest)) return latest.accessToken;
      const refreshed = await refresh(options, shop, latest);
      await store.save(shop, refreshed);
      return refreshed.accessToken;
    });
  };
}

interface TokenAnswer {
  readonly access_token?: string;
  readonly scope?: string;
  readonly expires_in?: number;
  readonly refresh_token?: string;
  readonly refresh_token_expires_in?: number;
}

async function refresh(options: AccessTokenOptions, shop: ShopDomain, token: StoredToken): Promise<StoredToken> {
  if (token.refreshToken === null) throw new AuthenticationFailed("The token expired and cannot be refreshed");
  let response: Response;
  try {
    response = await options.fetch(`https://${shop}/admin/oauth/access_token`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({
        client_id: options.apiKey,
        client_secret: options.apiSecret,
        grant_type: "refresh_token",
        refresh_token: token.refreshToken,
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw new TransportFailed("Shopify could not be reached", { cause });
  }
  if (response.status === 429 || response.status >= 500)
    throw new TransportFailed(`Shopify answered ${response.status}`);
  if (!response.ok) throw new AuthenticationFailed("The token cannot be refreshed");
  const answer = (await response.json()) as TokenAnswer;
  if (!answer.access_token) throw new AuthenticationFailed("Shopify gave no token");
  const until = (seconds: number | undefined) =>
    seconds === undefined ? null : new Date(options.now() + seconds * 1000);
  return {
    accessToken: answer.access_token,
    scope: answer.scope ?? token.scope,
    expires: until(answer.expires_in),
    refreshToken: answer.refresh_token ?? token.refreshToken,
    refreshTokenExpires: until(answer.refresh_token_expires_in) ?? token.refreshTokenExpires,
  };
}
