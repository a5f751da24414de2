import type { FileScope, PageScope } from "./page-scope.ts";

/** Named arguments of a filter, as in `image_url: width: 400`. */
export type Named = Record<string, unknown>;

/** What a filter can ask about: the page that is rendered, and the folder of the file that stands in it. */
export interface FilterScopes {
  page: PageScope;
  file: FileScope;
}

export type Filter = (this: FilterScopes, value: unknown, positional: unknown[], named: Named) => unknown;

/** As Shopify's Liquid writes them. */
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(value: unknown): string {
  return String(value ?? "").replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

/** Leaves entities as they are, as `escape_once` of Shopify's Liquid does; that of `liquidjs` knows few of them. */
export function escapeOnce(value: unknown): string {
  return String(value ?? "").replace(/[<>"']|&(?!(?:[a-zA-Z]+|#\d+);)/g, (char) => ENTITIES[char]!);
}

/** HTML attributes; one that is null or false is left out. */
export function attributes(named: Named): string {
  return Object.entries(named)
    .filter(([, value]) => value !== null && value !== undefined && value !== false)
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join("");
}
