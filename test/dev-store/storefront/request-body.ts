/** A request's body as Shopify's storefront reads it, whether it came as JSON or as a form. */
export type BodyValue = string | number | boolean | null | BodyValue[] | { [key: string]: BodyValue };
export type Body = { [key: string]: BodyValue };

/** The largest body that is read. */
const MAX_BYTES = 1_000_000;

export class MalformedBody extends Error {}

/** Puts `items[0][properties][colour]` where a nested object would have it; `updates[]` appends. */
function assign(into: Body, name: string, value: string): void {
  const keys = [...name.matchAll(/([^[\]]+)|\[\]/g)].map(([, key]) => key ?? "");
  if (keys.includes("__proto__") || keys.length === 0) return;
  let at: Body = into;
  for (const [index, key] of keys.entries()) {
    const slot = key === "" ? String(Object.keys(at).length) : key;
    if (index === keys.length - 1) at[slot] = value;
    else {
      const next = at[slot];
      at = typeof next === "object" && next !== null && !Array.isArray(next) ? next : ((at[slot] = {}) as Body);
    }
  }
}

/** Reads a body. Throws {@link MalformedBody} for broken JSON, or a body that is not an object or is too large. */
export async function readBody(request: Request): Promise<Body> {
  const type = request.headers.get("content-type") ?? "";
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BYTES) throw new MalformedBody("too large");
  if (type.includes("multipart/form-data") || type.includes("application/x-www-form-urlencoded")) {
    const body: Body = {};
    const form = await request.formData().catch(() => {
      throw new MalformedBody("not a form");
    });
    for (const [name, value] of form) if (typeof value === "string") assign(body, name, value);
    return body;
  }
  const text = await request.text();
  if (text.length > MAX_BYTES) throw new MalformedBody("too large");
  if (text.trim() === "") return {};
  try {
    const parsed = JSON.parse(text) as unknown;
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed as Body;
  } catch {
    // Falls through to the one refusal for everything that is not a JSON object.
  }
  throw new MalformedBody("not a JSON object");
}

/** A list that came as a JSON array or as numbered form fields. */
export function asList(value: BodyValue | undefined): BodyValue[] {
  if (Array.isArray(value)) return value;
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

/** An object of texts, as properties and attributes are; values that are null or "" are left out. */
export function asTexts(value: BodyValue | undefined): Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  const entries = Object.entries(value).filter(([, each]) => each !== null && each !== "");
  return Object.fromEntries(
    entries.map(([key, each]) => [key, typeof each === "object" ? JSON.stringify(each) : String(each)]),
  );
}

/** A text or number as text; null where it is missing. */
export function asText(value: BodyValue | undefined): string | null {
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

/** A whole number as JSON or a form gives it; the fallback where it is missing, NaN where it is none. */
export function asCount(value: BodyValue | undefined, fallback: number): number {
  if (value === undefined || value === null || value === "") return fallback;
  return typeof value === "number" || (typeof value === "string" && /^-?\d+$/.test(value.trim())) ? Number(value) : NaN;
}
