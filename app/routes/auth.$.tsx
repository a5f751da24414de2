import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticate } from "../server/shopify.server.ts";

/** Every step of signing in that Shopify sends a browser to. An address that Shopify's package refuses is answered 400. */
export async function loader({ request }: LoaderFunctionArgs) {
  try {
    await authenticate.admin(request);
  } catch (thrown) {
    throw thrown instanceof Response ? thrown : new Response(null, { status: 400 });
  }
  return null;
}
