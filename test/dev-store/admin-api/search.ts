import { GraphQLError } from "graphql";

export interface SearchTerm {
  field: string | null;
  comparator: ":" | ":>" | ":>=" | ":<" | ":<=";
  value: string;
  negated: boolean;
}

const TERM = /(-|NOT\s+)?(?:([a-z_]+):(>=|<=|>|<)?)?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s()]+)/giy;

/**
 * Reads Shopify's search syntax as far as terms joined by AND go: `created_at:>='2026-01-01' status:open -test:true`.
 * Throws on OR and parentheses: the dev store would otherwise answer something else than Shopify.
 */
export function parseSearch(query: unknown): SearchTerm[] {
  if (typeof query !== "string" || query.trim() === "") return [];
  const terms: SearchTerm[] = [];
  let position = 0;
  while (position < query.length) {
    const space = /\s+/y;
    space.lastIndex = position;
    if (space.test(query)) position = space.lastIndex;
    if (position >= query.length) break;
    TERM.lastIndex = position;
    const match = TERM.exec(query);
    if (match === null) throw new GraphQLError(`The dev store cannot read the search "${query}" at ${position}.`);
    position = TERM.lastIndex;
    const [, negation, field, sign, raw = ""] = match;
    if (field === undefined && raw === "AND") continue;
    if (field === undefined && raw === "OR") throw new GraphQLError("The dev store does not search with OR.");
    const quoted = raw.length > 1 && (raw[0] === "'" || raw[0] === '"') && raw.endsWith(raw[0]);
    terms.push({
      field: field === undefined ? null : field.toLowerCase(),
      comparator: `:${sign ?? ""}` as SearchTerm["comparator"],
      value: quoted ? raw.slice(1, -1).replace(/\\(.)/g, "$1") : raw,
      negated: negation !== undefined,
    });
  }
  return terms;
}

function compare(comparator: SearchTerm["comparator"], left: number, right: number): boolean {
  switch (comparator) {
    case ":>":
      return left > right;
    case ":>=":
      return left >= right;
    case ":<":
      return left < right;
    case ":<=":
      return left <= right;
    default:
      return left === right;
  }
}

export function matchesNumber(term: SearchTerm, value: number): boolean {
  return compare(term.comparator, value, Number(term.value));
}

/** Times are read as UTC; `2026-08-01` alone with `:` means that whole day. */
export function matchesTime(term: SearchTerm, value: number | null): boolean {
  if (value === null) return false;
  const asked = Date.parse(/[zZ]|[+-]\d\d:?\d\d$|^\d{4}-\d\d-\d\d$/.test(term.value) ? term.value : `${term.value}Z`);
  if (Number.isNaN(asked)) throw new GraphQLError(`Not a time in a search: ${term.value}`);
  if (term.comparator === ":") return value >= asked && value < asked + 86_400_000;
  return compare(term.comparator, value, asked);
}

export function matchesText(term: SearchTerm, value: string): boolean {
  const asked = term.value.toLowerCase();
  if (asked === "*") return value !== "";
  return asked.endsWith("*") ? value.toLowerCase().startsWith(asked.slice(0, -1)) : value.toLowerCase() === asked;
}

/** Keeps the items for which every term holds. `test` returns undefined for a field it does not know. */
export function searchItems<Item>(
  items: Iterable<Item>,
  query: unknown,
  test: (item: Item, term: SearchTerm) => boolean | undefined,
): Item[] {
  const terms = parseSearch(query);
  const kept: Item[] = [];
  next: for (const item of items) {
    for (const term of terms) {
      const holds = test(item, term);
      if (holds === undefined)
        throw new GraphQLError(`The dev store does not search by "${term.field ?? term.value}".`);
      if (holds === term.negated) continue next;
    }
    kept.push(item);
  }
  return kept;
}
