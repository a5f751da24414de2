import type { LoaderFunctionArgs } from "@remix-run/node";
import { composition } from "../composition.ts";
import { authenticate } from "../shopify.server.ts";

const LONGEST_AGE_SECONDS = 300;

/**
 * What a storefront reaches under /apps/tsuide. Shopify signs each request that it passes on; one with a changed,
 * missing, stale or repeated parameter is refused. Nothing a shopper needs depends on it.
 */
export async function loader({ request }: LoaderFunctionArgs) {
  try {
    await authenticate.public.appProxy(request);
  } catch (thrown) {
    if (!(thrown instanceof Response)) throw thrown;
    return refused(thrown.status);
  }
  const timestamp = Number(new URL(request.url).searchParams.get("timestamp"));
  const age = composition().now().getTime() / 1000 - timestamp;
  if (!(Math.abs(age) <= LONGEST_AGE_SECONDS)) return refused(400);
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}

function refused(status: number): Response {
  composition().log.warn({ status }, "app proxy request refused");
  return new Response(null, { status });
}
