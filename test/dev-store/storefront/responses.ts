/** JSON as the Ajax API answers it. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", ...headers },
  });
}

/** A page. */
export function html(body: string, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(body, {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", ...headers },
  });
}

/** A file that may be kept for the page view. */
export function file(body: string | Uint8Array<ArrayBuffer>, type: string): Response {
  return new Response(body, { headers: { "content-type": type, "cache-control": "no-cache" } });
}

export function redirect(location: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 302, headers: { location, ...headers } });
}

/** Only a path of this shop may be returned to. */
export function safePath(path: string | null, fallback: string): string {
  return path !== null && /^\/(?![/\\])/.test(path) ? path : fallback;
}

/** The header that keeps a cart for two weeks. */
export function cartCookie(token: string): Record<string, string> {
  return { "set-cookie": `cart=${token}; Path=/; Max-Age=1209600; SameSite=Lax` };
}

export function escapeHtml(value: unknown): string {
  return String(value ?? "").replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
