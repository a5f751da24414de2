import type { ShopDomain } from "../../domain/ids.ts";
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
  /** Runs `work` on the shop's token while nobody else refreshes it, in any process. */
  hold<T>(shop: ShopDomain, work: (token: HeldToken) => Promise<T>): Promise<T>;
}

/** The token of one shop while it is held. */
export interface HeldToken {
  find(): Promise<StoredToken | null>;
  save(token: StoredToken): Promise<void>;
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
 * The offline token of a shop, for background work. One that is about to expire is refreshed first, by
 * one process at a time: each refresh makes the earlier refresh token void.
 */
export function createAccessTokens(options: AccessTokenOptions): (shop: ShopDomain) => Promise<string> {
  const { store, now } = options;
  // Whoever waits for the same answer in this process waits for one promise, not on a connection each.
  const refreshing = new Map<ShopDomain, Promise<string>>();
  const isFresh = (token: StoredToken) => token.expires === null || token.expires.getTime() - now() > EARLY_MS;
  return async (shop) => {
    const token = await store.find(shop);
    if (token === null) throw new AuthenticationFailed("No token is stored");
    if (isFresh(token)) return token.accessToken;
    const running = refreshing.get(shop);
    if (running !== undefined) return running;
    const started = store.hold(shop, async (held) => {
      const latest = await held.find();
      if (latest === null) throw new AuthenticationFailed("No token is stored");
      if (isFresh(latest)) return latest.accessToken;
      const refreshed = await refresh(options, shop, latest);
      await held.save(refreshed);
      return refreshed.accessToken;
    });
    refreshing.set(shop, started);
    return started.finally(() => refreshing.delete(shop));
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
