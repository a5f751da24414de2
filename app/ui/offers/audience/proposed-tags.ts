/** Tags of the shop that are proposed at once. */
const MOST_PROPOSED = 12;

/** Of the tags that the shop's customers have those that are not chosen yet; while a tag is typed, those that begin with it. */
export function proposedTags(known: readonly string[], typed: readonly string[]): string[] {
  const chosen = new Set(typed.map(plain));
  const last = plain(typed.at(-1) ?? "");
  const left = known.filter((tag) => !chosen.has(plain(tag)));
  const begun = last === "" ? [] : left.filter((tag) => plain(tag).startsWith(last));
  return (begun.length > 0 ? begun : left).slice(0, MOST_PROPOSED);
}

/** What stands in the field once a tag is chosen: in place of the beginning of it that was typed. */
export function withTag(typed: readonly string[], tag: string): string {
  const last = typed.at(-1);
  const isBegun = last !== undefined && plain(tag).startsWith(plain(last));
  return [...(isBegun ? typed.slice(0, -1) : typed), tag, ""].join(", ");
}

function plain(tag: string): string {
  return tag.trim().toLowerCase();
}
