import { createHmac } from "node:crypto";
import type { StoreContext } from "../shop/state.ts";
import type { Visitor } from "./visitor.ts";

/** The name below `/apps/` that the app's manifest claims. */
const SUBPATH = "tsuide";
/** Headers that a proxied request does not carry on to the app. */
const DROPPED = ["cookie", "host", "connection", "content-length", "authorization"];

/**
 * Shopify's signature of an app proxy request: hex HMAC-SHA256 over the sorted `key=value` parameters written one
 * after another without a separator; values of a repeated key are joined by commas.
 */
export function proxySignature(params: URLSearchParams, secret: string): string {
  const keys = [...new Set(params.keys())].filter((key) => key !== "signature").sort();
  const message = keys.map((key) => `${key}=${params.getAll(key).join(",")}`).join("");
  return createHmac("sha256", secret).update(message).digest("hex");
}

/** Passes `/apps/tsuide/...` on to the app with Shopify's parameters and signature. */
export async function handleAppProxy(request: Request, context: StoreContext, visitor: Visitor): Promise<Response> {
  const rest = new RegExp(`^/apps/${SUBPATH}(/.*)?$`).exec(visitor.path);
  if (!rest || !context.shop.installation.installed) return new Response("Not Found", { status: 404 });
  const asked = new URL(request.url);
  const target = new URL(`${context.app.url.replace(/\/$/, "")}/proxy${rest[1] ?? ""}`);
  for (const [key, value] of asked.searchParams) if (key !== "signature") target.searchParams.append(key, value);
  target.searchParams.set("shop", context.shop.domain);
  target.searchParams.set("logged_in_customer_id", visitor.customerId ?? "");
  target.searchParams.set("path_prefix", `/apps/${SUBPATH}`);
  target.searchParams.set("timestamp", String(Math.floor(context.now() / 1000)));
  target.searchParams.set("signature", proxySignature(target.searchParams, context.app.apiSecret));
  const headers = new Headers(request.headers);
  for (const name of DROPPED) headers.delete(name);
  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  try {
    const answer = await fetch(target, {
      method: request.method,
      headers,
      body: hasBody ? await request.arrayBuffer() : null,
      redirect: "manual",
    });
    const kept = new Headers(answer.headers);
    for (const name of ["set-cookie", "content-encoding", "content-length", "transfer-encoding"]) kept.delete(name);
    return new Response(answer.body, { status: answer.status, headers: kept });
  } catch {
    return new Response("There was an error in the third-party application.", { status: 502 });
  }
}
