/** Liquid of Shopify's that liquidjs would read differently, put into a form that it reads alike. */

/** What these hold is text of another kind, even where it looks like Liquid. */
const NOT_LIQUID = /\{%(-?)\s*(schema|doc|stylesheet|javascript)\s*-?%\}([\s\S]*?)\{%-?\s*end\2\s*(-?)%\}/g;

/** `{% render block %}` draws a block of the section; liquidjs would look for a snippet of that name. */
const RENDER_BLOCK = /\{%(-?)\s*render\s+block\s*(-?)%\}/g;
/** The same inside `{% liquid %}`. */
const RENDER_BLOCK_LINE = /^(\s*)render\s+block\s*$/gm;

/** A `{% stylesheet %}` or `{% javascript %}` of a file. */
export function bundledParts(source: string, kind: "stylesheet" | "javascript"): string[] {
  const part = new RegExp(`\\{%-?\\s*${kind}\\s*-?%\\}([\\s\\S]*?)\\{%-?\\s*end${kind}\\s*-?%\\}`, "g");
  return [...source.matchAll(part)].map((match) => match[1]!.trim()).filter(Boolean);
}

/** A file as liquidjs is to parse it. Lines stay where they were, so that errors name the right one. */
export function prepareSource(source: string): string {
  return source
    .replace(NOT_LIQUID, (_whole, left: string, _kind, text: string, right: string) => {
      const lines = text.replace(/[^\n]/g, "");
      // A tag must stay a tag: a `-%}` before it takes no white space from behind it.
      return `{%${left} comment %}${lines}{% endcomment ${right}%}`;
    })
    .replace(RENDER_BLOCK, (_whole, left: string, right: string) => `{{${left} block.__html ${right}}}`)
    .replace(RENDER_BLOCK_LINE, "$1echo block.__html");
}
