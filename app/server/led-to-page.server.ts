import type { LoaderFunctionArgs } from "@remix-run/node";

/**
 * The loader of a route that only takes actions: whoever opens its address in the browser is led to the page that these
 * belong to, and stays signed in.
 */
export function ledTo(page: string) {
  return async ({ request, context }: LoaderFunctionArgs): Promise<never> => {
    const { redirect } = await context.shopify.authenticate.admin(request);
    throw redirect(page);
  };
}
