import { GraphQLError } from "graphql";
import type { Args } from "./fields.ts";

const MAX_PAGE = 250;

export interface Connection {
  edges: { node: object; cursor: string }[];
  nodes: object[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const cursorOf = (position: number) => Buffer.from(`position:${position}`).toString("base64url");

function positionOf(cursor: unknown): number {
  const match = /^position:(\d+)$/.exec(Buffer.from(String(cursor), "base64url").toString());
  if (match === null) throw new GraphQLError(`Invalid cursor for current pagination sort.`);
  return Number(match[1]);
}

/** One page of a list. Refuses what Shopify refuses: neither or both of first and last, more than 250 at a time. */
export function connectionOf(all: readonly object[], args: Args): Connection {
  const first = typeof args.first === "number" ? args.first : null;
  const last = typeof args.last === "number" ? args.last : null;
  if (first === null && last === null) throw new GraphQLError("you must provide one of first or last");
  if (first !== null && last !== null) throw new GraphQLError("providing both first and last is not supported");
  const size = first ?? last ?? 0;
  if (size < 0 || size > MAX_PAGE) {
    throw new GraphQLError(`${first === null ? "last" : "first"} cannot exceed ${MAX_PAGE}`);
  }
  const ordered = args.reverse === true ? all.toReversed() : all;
  const start = args.after == null ? 0 : positionOf(args.after) + 1;
  const end = args.before == null ? ordered.length : Math.min(positionOf(args.before), ordered.length);
  const from = first === null ? Math.max(start, end - size) : start;
  const to = first === null ? end : Math.min(end, start + size);
  const nodes = ordered.slice(from, to);
  return {
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: cursorOf(from + index) })),
    pageInfo: {
      hasNextPage: to < ordered.length,
      hasPreviousPage: from > 0,
      startCursor: nodes.length === 0 ? null : cursorOf(from),
      endCursor: nodes.length === 0 ? null : cursorOf(from + nodes.length - 1),
    },
  };
}
