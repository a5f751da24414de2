import type { StoreContext } from "../state.ts";
import type { Visitor } from "../storefront/visitor.ts";

export function extensionSlot(_c: StoreContext, _v: Visitor, _target: string, _token: string | null): string {
  return "";
}
export function extensionFrame(_c: StoreContext, _v: Visitor, _url: URL): Response {
  return new Response("Not Found", { status: 404 });
}
export async function handleExtensionCall(
  _r: Request,
  _c: StoreContext,
  _v: Visitor,
  _name: string,
): Promise<Response> {
  return new Response("Not Found", { status: 404 });
}
