import type { LoaderFunctionArgs } from "@remix-run/node";

/** Every step of signing in that Shopify sends a browser to. An address that Shopify's package refuses is answered 400. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  try {
    await context.shopify.authenticate.admin(request);
  } catch (thrown) {
    throw thrown instanceof Response ? thrown : new Response(null, { status: 400 });
  }
  return null;
}
