import type { StoreContext } from "../state.ts";
import type { Visitor } from "./visitor.ts";

export async function handleStorefrontGraphql(_r: Request, _c: StoreContext, _v: Visitor): Promise<Response> {
  return new Response(null, { status: 404 });
}
