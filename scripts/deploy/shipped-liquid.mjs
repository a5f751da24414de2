// Shopify takes 100 KB of Liquid from an app, comments included: what is uploaded has
// no documentation of snippets, no comments, no indentation of `liquid` tags, no white space that a tag takes away from
// the text beside it, and none within tags that only reads better; variables of a file have short names; the schema of a
// block has no white space.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DOCUMENTATION = /\{%-? doc -?%\}[\s\S]*?\{%-? enddoc -?%\}\s*/g;
const COMMENT = /(?<![{ \t\n\v\f\r])[ \t\n\v\f\r]*\{%-\s*comment\s*-%\}[\s\S]*?\{%-\s*endcomment\s*-%\}[ \t\n\v\f\r]*/g;
const COMMENT_IN_TAG = /\n\s*comment\n[\s\S]*?\n\s*endcomment(?=\n)/g;
const INDENTATION = /\n\s+/g;
const SCHEMA = /(\{% schema %\})([\s\S]*?)(\{% endschema %\})/;
const TAGS = /(\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\})/;
const QUOTED = /('[^']*'|"[^"]*")/;
const LIQUID_TAG = /^\{%-?\s*liquid\s/;

/** Changes what is in no quotes. */
const outsideQuotes = (text, change) =>
  text
    .split(QUOTED)
    .map((part, place) => (place % 2 ? part : change(part)))
    .join("");

/** Without white space around the marks of filters, arguments and assignments: what compares values keeps its own. */
const withoutSpaces = (text) =>
  outsideQuotes(text, (part) => part.replace(/ *\| */g, "|").replace(/([:,]) +/g, "$1")).replace(
    /^((?:\{%-? )?assign \w+) = /gm,
    "$1=",
  );

function shippedTag(tag, renamed) {
  if (!LIQUID_TAG.test(tag)) return withoutSpaces(outsideQuotes(tag, (part) => renamed(part.replace(/\s+/g, " "))));
  return withoutSpaces(outsideQuotes(tag.replace(COMMENT_IN_TAG, "").replace(INDENTATION, "\n"), renamed));
}

/** Names that a file gives to values of its own. */
const NAMING = /(?:^|\{%-? )\s*(?:assign|capture|for) (\w+)/gm;
/** What snippets are given, by names that whoever renders them knows. */
const PARAMETER = /@param \{\w+\} \[?(\w+)/g;
/** What Shopify gives pages, which a loop may name for itself. */
const OF_THE_PAGE = new Set([
  "block",
  "cart",
  "collection",
  "customer",
  "product",
  "request",
  "search",
  "section",
  "shop",
]);
/** A name that is no field of something, no filter, and no argument's name. */
const USE = /(?<![\w-]|[^.]\.)(?<!\| ?)[a-z]\w*(?!\w|:)/g;

/**
 * Gives the variables of a file names of one or two letters, the shortest to what is named most. Nobody else sees them:
 * a block and a snippet have their own.
 */
function renaming(source) {
  const given = new Set([...source.matchAll(PARAMETER)].map((match) => match[1]));
  const own = new Set(
    [...source.matchAll(NAMING)].map((match) => match[1]).filter((name) => !given.has(name) && !OF_THE_PAGE.has(name)),
  );
  const taken = new Set([...given, ...(source.match(/\b[a-z]\w?\b/g) ?? [])]);
  const uses = (name) => source.split(new RegExp(`\\b${name}\\b`)).length;
  const letters = [..."abcdefghijklmnopqrstuvwxyz"];
  const short = [...letters, ...letters.flatMap((one) => letters.map((other) => one + other))].filter(
    (name) => !taken.has(name) && !["if", "in", "or", "as", "by"].includes(name),
  );
  const names = new Map(
    [...own].sort((a, b) => uses(b) - uses(a) || (a < b ? -1 : 1)).map((name, place) => [name, short[place]]),
  );
  return (part) => part.replace(USE, (name) => names.get(name) ?? name);
}

/**
 * Takes away the white space beside tags that rendering takes away, and then the hyphens that asked for it, except
 * where the text would then make another tag of the braces.
 */
function shippedPage(source, renamed) {
  const parts = source.split(TAGS).map((part, place) => (place % 2 ? shippedTag(part, renamed) : part));
  const last = parts.length - 1;
  for (let place = 1; place < last; place += 2) {
    const [tag, before, after] = [parts[place], parts[place - 1], parts[place + 1]];
    const stripsBefore = /^\{[%{]-/.test(tag) && !/\{[ \t\n\v\f\r]*$/.test(before);
    const stripsAfter = /-[%}]\}$/.test(tag) && !/^[ \t\n\v\f\r]*\}/.test(after);
    if (stripsBefore) parts[place - 1] = before.replace(/[ \t\n\v\f\r]+$/, "");
    if (stripsAfter) parts[place + 1] = after.replace(/^[ \t\n\v\f\r]+/, "");
    const opened = stripsBefore ? tag.slice(0, 2) + tag.slice(3) : tag;
    parts[place] = stripsAfter ? opened.slice(0, -3) + opened.slice(-2) : opened;
  }
  return parts.join("");
}

/** A file of Liquid as it is uploaded. It renders the same. */
export function shippedLiquid(source) {
  const [page, begin = "", schema, end = "", rest = ""] = source
    .replace(DOCUMENTATION, "")
    .replace(COMMENT, "")
    .split(SCHEMA);
  const settings = schema === undefined ? "" : JSON.stringify(JSON.parse(schema));
  return shippedPage(page, renaming(source)) + begin + settings + end + rest;
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
