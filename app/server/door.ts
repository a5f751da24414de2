import type { MiddlewareHandler } from "hono";
import { z } from "zod";
import { parseShopDomain } from "../domain/ids.ts";
import { refuse } from "./access-log.ts";
import type { ServerEnv } from "./server-env.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "OPTIONS"]);
/** Shopify's own addresses, with a session token in them, stay below 2 kB. */
const LONGEST_ADDRESS = 8 * 1024;

/** Refuses methods that nothing here answers, and addresses that are none. */
export const checkAddress: MiddlewareHandler<ServerEnv> = async (c, next) => {
  const { method, url, path } = c.req;
  const { httpVersionMajor, rawHeaders } = c.env.incoming;
  const hosts = rawHeaders.filter((name, place) => place % 2 === 0 && name.toLowerCase() === "host");
  if (httpVersionMajor !== 1 || hosts.length > 1) return refuse(c, 400, "http");
  if (!METHODS.has(method)) return refuse(c, 405, "method");
  if (url.length > LONGEST_ADDRESS) return refuse(c, 414, "address-too-long");
  if (!isDecodable(path) || path.includes("\0")) return refuse(c, 400, "address");
  return next();
};

/**
 * Refuses a page's request that names no real shop or carries a session token that cannot be one, before anything is
 * made of either. Whether a token is genuine is for Shopify's package to say: it does not ask whether a token ever
 * expires, nor whose it is.
 */
export const checkPageRequest: MiddlewareHandler<ServerEnv> = async (c, next) => {
  const shops = c.req.queries("shop") ?? [];
  if (shops.length > 1) return refuse(c, 400, "two-shops");
  if (shops.length === 1 && parseShopDomain(shops[0]!) !== shops[0]) return refuse(c, 400, "not-a-shop");
  const tokens = [...(c.req.queries("id_token") ?? [])];
  const authorization = c.req.header("authorization");
  if (authorization !== undefined) {
    const bearer = /^Bearer ([^\s]+)$/.exec(authorization);
    if (bearer === null) return refuse(c, 401, "authorization");
    tokens.push(bearer[1]!);
  }
  // App Bridge puts a token on every form of the admin; one without it was sent by another site.
  if (c.req.method === "POST" && isAdminPage(c.req.path) && tokens.length === 0) return refuse(c, 401, "no-token");
  for (const token of tokens) {
    const fault = faultOf(token);
    if (fault !== null) return refuse(c, 401, fault);
  }
  return next();
};

function isAdminPage(path: string): boolean {
  return path === "/app" || path.startsWith("/app/") || path.startsWith("/app.");
}

const claims = z.object({ exp: z.number(), dest: z.url() });

/** Why a session token cannot be one of Shopify's, or null. Says nothing about its signature. */
function faultOf(token: string): string | null {
  const parts = token.split(".");
  if (parts.length !== 3) return "not-a-token";
  let payload: unknown;
  try {
    payload = JSON.parse(Buffer.from(parts[1]!, "base64url").toString());
  } catch {
    return "not-a-token";
  }
  const read = claims.safeParse(payload);
  if (!read.success) return "token-lacks-claims";
  const { hostname, origin } = new URL(read.data.dest);
  const isShop =
    parseShopDomain(hostname) === hostname && read.data.dest === origin && origin === `https://${hostname}`;
  return isShop ? null : "token-of-no-shop";
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
