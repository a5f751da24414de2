import type { AppLoadContext, LoaderFunctionArgs } from "@remix-run/node";
import type { ShopDomain } from "../domain/ids.ts";
import { signedInShop } from "./signed-in-shop.server.ts";

/**
 * The loader of a route that only takes actions: whoever opens its address in the browser is led to the page that these
 * belong to, and stays signed in.
 */
export function ledTo(page: string) {
  return ({ request, context }: LoaderFunctionArgs): Promise<never> => leadTo(page, request, context);
}

/**
 * The shop in whose admin a part of a page, or a file, is asked for. Whoever opens its address in the browser, which sends
 * no session token in a header as App Bridge does, would see bare data, and is led to the page.
 */
export async function shopOfPart(request: Request, context: AppLoadContext, page: string): Promise<ShopDomain> {
  await pageIfOpened(request, context, page);
  return signedInShop(request, context);
}

/** Leads to the page where an address is opened in the browser; see {@link shopOfPart}. */
export async function pageIfOpened(request: Request, context: AppLoadContext, page: string): Promise<void> {
  if (!request.headers.has("authorization")) await leadTo(page, request, context);
}

async function leadTo(page: string, request: Request, context: AppLoadContext): Promise<never> {
  const { redirect } = await context.shopify.authenticate.admin(request);
  throw redirect(page);
}
