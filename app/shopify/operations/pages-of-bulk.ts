import { operation, type Operation } from "./operation.ts";

/** What a bulk query reads: its connection at the top, the field that gives one of its things, and their connections. */
export interface PagedKind {
  readonly top: "orders" | "products";
  readonly one: "order" | "product";
  /** How many nodes of each connection come with a thing; the others are asked for. */
  readonly nested: Readonly<Record<string, number>>;
}

export const PAGED_KINDS = {
  orders: { top: "orders", one: "order", nested: { lineItems: 50 } },
  products: { top: "products", one: "product", nested: { variants: 50, collections: 20 } },
} as const satisfies Record<string, PagedKind>;

export interface Page {
  readonly nodes: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** The operations that read, page by page, exactly what a bulk query reads at once. */
export interface PagesOfBulk {
  /** A page of things, each with the first nodes of its connections. */
  readonly page: Operation<{ first: number; after: string | null }, Readonly<Record<string, Page>>>;
  /** Further nodes of one thing's connection, by the connection's name. */
  readonly rest: Readonly<Record<string, RestOfConnection>>;
}

type RestOfConnection = Operation<
  { id: string; after: string },
  Readonly<Record<string, Readonly<Record<string, Page>> | null>>
>;

const PAGE_INFO = "pageInfo { hasNextPage endCursor }";

/**
 * Makes them from the bulk query's own text, so that both ways read the same fields. Throws where the text has not the
 * shape of a bulk query: `connection { edges { node { fields } } }`.
 */
export function pagesOfBulk(bulk: string, { top, one, nested }: PagedKind): PagesOfBulk {
  let fields = connectionIn(flatten(bulk), top).fields;
  const rest: Record<string, RestOfConnection> = {};
  for (const [connection, size] of Object.entries(nested)) {
    const { before, fields: inner, after } = connectionIn(fields, connection);
    fields = `${before}${connection}(first: ${size}) { nodes { ${inner} } ${PAGE_INFO} }${after}`;
    const further = `${connection}(first: 100, after: $after) { nodes { ${inner} } ${PAGE_INFO} }`;
    rest[connection] = operation(`query Rest($id: ID!, $after: String!) { ${one}(id: $id) { ${further} } }`);
  }
  const page = `${top}(first: $first, after: $after) { nodes { ${fields} } ${PAGE_INFO} }`;
  return { page: operation(`query Page($first: Int!, $after: String) { ${page} }`), rest };
}

/** Without comments, and with single spaces. */
function flatten(text: string): string {
  return text.replace(/#.*$/gm, "").replace(/\s+/g, " ");
}

/** Finds a connection: the fields of its nodes, and what stands before and after it. */
function connectionIn(text: string, name: string): { before: string; fields: string; after: string } {
  const opening = `${name} { edges { node { `;
  const closing = " } } }";
  const start = text.indexOf(opening);
  let depth = 1;
  for (let at = start + opening.length; start !== -1 && at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) {
      const fields = text.slice(start + opening.length, at).trim();
      return { before: text.slice(0, start), fields, after: text.slice(at - 1 + closing.length) };
    }
  }
  throw new Error(`The bulk query has no connection ${name}`);
}
