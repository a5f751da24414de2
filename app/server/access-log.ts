import type { MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Log } from "./log.ts";
import type { ServerContext, ServerEnv } from "./server-env.ts";

const LONGEST_PATH = 200;

/**
 * One line per request, with nothing of it that could be a secret or a customer's: no query, no headers, no body. What
 * was refused, and what failed, is a warning with its reason; health checks, files and shoppers' events are left out where
 * they went well. A request whose sender did not wait for the answer is no failure, whatever came of it.
 */
export function accessLog(log: Log): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    const { status } = c.res;
    const line = {
      method: c.req.method,
      path: c.req.path.slice(0, LONGEST_PATH),
      status,
      ms: Math.round(performance.now() - startedAt),
      ...c.get("logged"),
    };
    const refusal = c.get("refusal");
    if (status >= 500 && c.req.raw.signal.aborted) log.info(line, "request given up by its sender");
    else if (status >= 500 && refusal === undefined) log.warn(line, "request failed");
    // What shoppers' events wait for is in the log once, not for each of them.
    else if (status === 503 && line.path === "/events") log.debug({ ...line, reason: refusal }, "request refused");
    else if (status >= 400) log.warn({ ...line, reason: refusal }, "request refused");
    else if (isQuiet(line.path)) log.debug(line, "request");
    else log.info(line, "request");
  };
}

function isQuiet(path: string): boolean {
  return path === "/health" || path === "/events" || path.startsWith("/assets/");
}

/** Answers with a status and no body, and has the log say why. */
export function refuse(
  c: ServerContext,
  status: ContentfulStatusCode,
  reason: string,
  headers: Record<string, string> = {},
): Response {
  c.set("refusal", reason);
  return c.body(null, status, headers);
}
