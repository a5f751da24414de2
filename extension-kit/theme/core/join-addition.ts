/**
 * Lets lines go along with an addition that the theme sends itself, in the same request: whatever the theme does before
 * and afterwards stays as it is. Where it posts its form without a script, the lines are fields of that form.
 */

import type { JoinedLine } from "./ajax-cart.ts";
import { widgets } from "./widget.ts";

type Fields = FormData | URLSearchParams;
interface Line {
  readonly id?: unknown;
  readonly quantity?: unknown;
  readonly [name: string]: unknown;
}

const ADD = /\/cart\/add(\.js)?(\?|$)/;
const OF_LINE = /^(id|quantity|selling_plan|properties)(\[.*)?$/;
const OWN = "_tsuide";

let isJoining = false;

/** From now on asks all widgets, at each addition of one product, which lines go along. */
export function joinAdditions() {
  if (isJoining) return;
  isJoining = true;
  const send = window.fetch;
  window.fetch = async (input, init) => {
    const body = ADD.test(String(input)) ? joinedBody(init?.body) : null;
    return body ? asOneLine(await send(input, { ...init, body })) : send(input, init);
  };
  // A form is posted by the browser where no listener has prevented it.
  let posted: EventTarget | null = null;
  addEventListener("submit", (event) => (posted = event.defaultPrevented ? null : event.target));
  addEventListener("formdata", ({ target, formData }) => {
    if (target === posted && ADD.test((target as HTMLFormElement).action)) joinFields(formData);
    posted = null;
  });
}

function linesFor({ id, quantity }: Line): JoinedLine[] {
  return [...widgets].flatMap((widget) => widget.linesFor(String(id), Number(quantity) || 1));
}

/** The body with the lines that go along; null where none do, or it adds something else. */
function joinedBody(body: unknown): BodyInit | null {
  if (typeof body === "string" && body[0] === "{") return joinJson(body);
  const fields = typeof body === "string" ? new URLSearchParams(body) : (body as Fields | null);
  if (!fields?.append) return null;
  const copy = new (fields.constructor as new () => Fields)();
  for (const [name, value] of fields) copy.append(name, value as string);
  return joinFields(copy) ? copy : null;
}

function joinJson(body: string): string | null {
  const { items, sections, sections_url, ...line } = JSON.parse(body) as Line & { items?: Line[] };
  const [own = {}, other] = items ?? [line];
  const lines = other || (own.properties as Record<string, unknown> | undefined)?.[OWN] ? [] : linesFor(own);
  return lines[0] ? JSON.stringify({ items: [own, ...lines], sections, sections_url }) : null;
}

/** Makes one line's fields those of the first of several; false where nothing goes along. */
function joinFields(fields: Fields): boolean {
  const lines = fields.has(`properties[${OWN}]`)
    ? []
    : linesFor({ id: fields.get("id"), quantity: fields.get("quantity") });
  if (!lines[0]) return false;
  for (const [name, value] of [...fields]) {
    const [, key, rest = ""] = OF_LINE.exec(name) ?? [];
    if (!key) continue;
    fields.delete(name);
    fields.append(`items[0][${key}]${rest}`, value as string);
  }
  lines.forEach(({ properties, ...line }, place) => {
    const values = { ...line, [`properties][${OWN}`]: properties._tsuide };
    for (const [key, value] of Object.entries(values)) fields.append(`items[${place + 1}][${key}]`, String(value));
  });
  return true;
}

/** The answer as it would be for the theme's own line: it reads `key` and `id` from the answer itself. */
async function asOneLine(response: Response): Promise<Response> {
  try {
    const answer = (await response.clone().json()) as { items: object[] };
    return new Response(JSON.stringify({ ...answer.items[0], ...answer }), response);
  } catch {
    return response;
  }
}
