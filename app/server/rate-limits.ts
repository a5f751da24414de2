import type { MiddlewareHandler } from "hono";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { refuse } from "./access-log.ts";
import type { ServerEnv } from "./server-env.ts";

/** What one address may ask for in a minute, on each server process. Webhooks are not limited: they are shed. */
export interface RateLimits {
  readonly login: RateLimiterMemory;
  readonly auth: RateLimiterMemory;
  readonly proxy: RateLimiterMemory;
  /** Batches of shoppers' events; many shoppers may share an address. */
  readonly events: RateLimiterMemory;
  /** Events of one shop, whatever their addresses. */
  readonly eventsOfShop: RateLimiterMemory;
  /** How many proxies of ours stand before the server: each adds one address to `X-Forwarded-For`. */
  readonly proxies: number;
}

const MINUTE_SECONDS = 60;

export function createRateLimits(options: {
  proxies: number;
  perMinute?: { login?: number; auth?: number; proxy?: number; events?: number; eventsOfShop?: number };
}): RateLimits {
  const { login = 20, auth = 300, proxy = 600, events = 600, eventsOfShop = 120_000 } = options.perMinute ?? {};
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterMemory({ keyPrefix, points, duration: MINUTE_SECONDS });
  return {
    login: limiter("login", login),
    auth: limiter("auth", auth),
    proxy: limiter("proxy", proxy),
    events: limiter("events", events),
    eventsOfShop: limiter("events-of-shop", eventsOfShop),
    proxies: options.proxies,
  };
}

/** Refuses what one address asks for beyond a limit, and says when to come back. */
export function limitRate(limiter: RateLimiterMemory, proxies: number): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const address = clientAddress(c.req.header("x-forwarded-for"), c.env.incoming.socket.remoteAddress, proxies);
    try {
      await limiter.consume(address);
    } catch (rejected) {
      if (!(rejected instanceof RateLimiterRes)) throw rejected;
      const seconds = Math.max(Math.ceil(rejected.msBeforeNext / 1000), 1);
      return refuse(c, 429, "rate", { "retry-after": String(seconds) });
    }
    return next();
  };
}

/** The address of who asks: what the proxies nearest to us saw, never what the client claims beyond them. */
export function clientAddress(forwardedFor: string | undefined, peer: string | undefined, proxies: number): string {
  const seen = [...(forwardedFor ?? "").split(","), peer ?? "unknown"].map((address) => address.trim());
  const known = seen.filter((address) => address !== "");
  const address = known[Math.max(known.length - 1 - proxies, 0)]!;
  // One customer of a provider has a whole /64 of IPv6 addresses.
  return address.includes(":") && !address.startsWith("::ffff:") ? address.split(":").slice(0, 4).join(":") : address;
}
