import { login } from "./shopify.server.ts";

/** Throws the redirect to the named shop's admin; where no shop is named, or none that can be, says which. */
export async function signInError(request: Request): Promise<"missing" | "invalid" | null> {
  const { shop } = await login(request);
  return shop === undefined ? null : shop === "MISSING_SHOP" ? "missing" : "invalid";
}
