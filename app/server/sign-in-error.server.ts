import type { AppLoadContext } from "@remix-run/node";

/** Throws the redirect to the named shop's admin; where no shop is named, or none that can be, says which. */
export async function signInError(request: Request, context: AppLoadContext): Promise<"missing" | "invalid" | null> {
  const { shop } = await context.shopify.login(request);
  return shop === undefined ? null : shop === "MISSING_SHOP" ? "missing" : "invalid";
}
