import { GraphQLError } from "graphql";
import { gidOf, parseGid } from "../shop/gid.ts";
import type { BulkOperation } from "../bulk/bulk-operation.ts";
import type { AdminContext } from "./context.ts";
import { iso, list, type Fields, type TypeFields } from "./fields.ts";
import { matchesText, matchesTime, searchItems } from "./search.ts";

const operation: Fields<BulkOperation> = {
  id: ({ id }) => gidOf("BulkOperation", id),
  status: ({ status }) => status,
  type: () => "QUERY",
  query: ({ query }) => query,
  createdAt: ({ createdAt }) => iso(createdAt),
  completedAt: ({ completedAt }) => (completedAt === null ? null : iso(completedAt)),
  errorCode: ({ errorCode }) => errorCode,
  objectCount: ({ objectCount }) => String(objectCount),
  rootObjectCount: ({ rootObjectCount }) => String(rootObjectCount),
  fileSize: ({ fileSize }) => (fileSize === null ? null : String(fileSize)),
  url: (source, _args, { bulk }) => bulk.urlOf(source),
  partialDataUrl: (source, _args, { bulk }) => bulk.partialUrlOf(source),
};

function operationById(id: unknown, context: AdminContext): BulkOperation | null {
  const gid = parseGid(String(id));
  if (gid?.resource !== "BulkOperation") throw new GraphQLError(`Invalid global id '${String(id)}'`);
  return context.bulk.operation(gid.id);
}

const query: Fields<null> = {
  bulkOperation: (_source, args, context) => operationById(args.id, context),
  bulkOperations: list((_source, args, context) =>
    searchItems(context.bulk.operations(), args.query, (each, term) => {
      if (term.field === "status") return matchesText(term, each.status);
      if (term.field === "operation_type") return matchesText(term, "QUERY");
      if (term.field === "created_at") return matchesTime(term, each.createdAt);
      return undefined;
    }),
  ),
  currentBulkOperation: (_source, _args, context) => context.bulk.operations().at(-1) ?? null,
};

const mutation: Fields<null> = {
  bulkOperationRunQuery: (_source, args, context) =>
    context.bulk.run(String(args.query), args.groupObjects === true, context),
  bulkOperationCancel: (_source, args, context) => {
    const found = operationById(args.id, context);
    if (found === null) {
      return { bulkOperation: null, userErrors: [{ field: ["id"], message: "Bulk operation does not exist" }] };
    }
    return context.bulk.cancel(found);
  },
};

export const bulkFields: TypeFields = { QueryRoot: query, Mutation: mutation, BulkOperation: operation };
