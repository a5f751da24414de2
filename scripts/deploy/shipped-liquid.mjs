// Shopify takes 100 KB of Liquid from an app, comments included: what is uploaded has
// no documentation of snippets, and in its `liquid` tags neither comments nor indentation; the schema of
// a block has no white space.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DOCUMENTATION = /\{%-? doc -?%\}[\s\S]*?\{%-? enddoc -?%\}\s*/g;
const LIQUID_TAG = /\{%-?\s*liquid\s[\s\S]*?%\}/g;
const COMMENT_IN_TAG = /\n\s*comment\n[\s\S]*?\n\s*endcomment(?=\n)/g;
const INDENTATION = /\n\s+/g;
const SCHEMA = /(\{% schema %\})([\s\S]*?)(\{% endschema %\})/;

/** A file of Liquid as it is uploaded. It renders the same. */
export function shippedLiquid(source) {
  return source
    .replace(DOCUMENTATION, "")
    .replace(SCHEMA, (_whole, begin, schema, end) => begin + JSON.stringify(JSON.parse(schema)) + end)
    .replace(LIQUID_TAG, (tag) => tag.replace(COMMENT_IN_TAG, "").replace(INDENTATION, "\n"));
}

/** Puts files of Liquid of a theme extension as they are uploaded in their place. Returns what puts the sources back. */
export function shipLiquid(extension) {
  const paths = ["blocks", "snippets"].flatMap((folder) =>
    readdirSync(join(extension, folder))
      .filter((name) => name.endsWith(".liquid"))
      .map((name) => join(extension, folder, name)),
  );
  const sources = paths.map((path) => [path, readFileSync(path, "utf8")]);
  for (const [path, source] of sources) writeFileSync(path, shippedLiquid(source));
  return () => {
    for (const [path, source] of sources) writeFileSync(path, source);
  };
}
