import {
  execute,
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFieldResolver,
} from "graphql";
import { connectionOf } from "./connection.ts";
import type { AdminContext } from "./context.ts";
import { actualCost, requestedCost } from "./cost.ts";
import { fieldOf } from "./registry.ts";
import { adminSchema } from "./schema.ts";
import type { CostBucket } from "./throttle.ts";

const MAX_QUERY_COST = 1000;

export interface AdminRequest {
  query: string;
  variables: Readonly<Record<string, unknown>>;
  operationName: string | null;
}

const resolveField: GraphQLFieldResolver<unknown, AdminContext, Record<string, unknown>> = (
  source,
  args,
  context,
  info,
) => {
  const field = fieldOf(info.parentType.name, info.fieldName);
  if (field.kind === "value") return field.resolve(source, args, context);
  return connectionOf([...(field.items(source, args, context) as Iterable<object>)], args);
};

const documents = new Map<string, DocumentNode | readonly GraphQLError[]>();

/** Parses and validates once per text: the app sends the same few operations over and over. */
function documentOf(query: string): DocumentNode | readonly GraphQLError[] {
  const known = documents.get(query);
  if (known !== undefined) return known;
  let result: DocumentNode | readonly GraphQLError[];
  try {
    const document = parse(query);
    const errors = validate(adminSchema(), document);
    result = errors.length > 0 ? errors : document;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    result = [error];
  }
  if (documents.size > 500) documents.clear();
  documents.set(query, result);
  return result;
}

/**
 * Runs one operation as Shopify does: validated against the real schema, charged by cost, refused as THROTTLED (on
 * HTTP 200) where the bucket is empty. Returns the body of the response.
 */
export async function executeAdmin(request: AdminRequest, context: AdminContext, bucket: CostBucket): Promise<object> {
  const document = documentOf(request.query);
  if (Array.isArray(document)) return { errors: document.map((error: GraphQLError) => error.toJSON()) };
  const parsed = document as DocumentNode;
  const operation = getOperationAST(parsed, request.operationName);
  if (operation === null || operation === undefined) return { errors: [{ message: "No operation named or given" }] };
  const requested = requestedCost(adminSchema(), parsed, operation, request.variables);
  const cost = (actual: number | null) => ({
    cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: bucket.status() },
  });
  if (requested > MAX_QUERY_COST) {
    const message = `Query cost is ${requested}, which exceeds the single query max cost limit (${MAX_QUERY_COST}).`;
    return {
      errors: [{ message, extensions: { code: "MAX_COST_EXCEEDED", cost: requested, maxCost: MAX_QUERY_COST } }],
    };
  }
  if (!bucket.take(requested)) {
    const documentation = "https://shopify.dev/api/usage/rate-limits";
    return {
      errors: [{ message: "Throttled", extensions: { code: "THROTTLED", documentation } }],
      extensions: cost(null),
    };
  }
  const result = (await execute({
    schema: adminSchema(),
    document: parsed,
    rootValue: null,
    contextValue: context,
    variableValues: request.variables,
    operationName: request.operationName,
    fieldResolver: resolveField,
  })) as ExecutionResult;
  const actual = actualCost(result.data, requested, operation.operation === "mutation");
  bucket.giveBack(requested - actual);
  return {
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(result.errors === undefined ? {} : { errors: result.errors.map((error) => error.toJSON()) }),
    extensions: cost(actual),
  };
}
