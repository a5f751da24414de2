import {
  getNamedType,
  type GraphQLSchema,
  isLeafType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";

export const MAX_QUERY_BYTES = 3000;
export const MAX_QUERY_COST = 30;

const COST_THREE = new Set(["hasTags", "hasAnyTag", "inCollections", "inAnyCollection"]);

/**
 * What a Function's input query costs by Shopify's table: 3 for each metafield or metaobject (its own fields are
 * free), 3 for each tag or collection question, 0 for `__typename`, 1 for every other leaf.
 */
export function queryCost(schema: GraphQLSchema, query: string): number {
  const types = new TypeInfo(schema);
  let cost = 0;
  const document = parse(query);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const type = types.getType();
        const named = type ? getNamedType(type) : null;
        if (node.name.value === "__typename" || !named) return undefined;
        if (named.name === "Metafield" || named.name === "Metaobject" || COST_THREE.has(node.name.value)) {
          cost += 3;
          return false;
        }
        if (isLeafType(named)) cost += 1;
        return undefined;
      },
    }),
  );
  return cost;
}

/** Everything for which Shopify would refuse to deploy an input query; empty for a good one. */
export function queryProblems(schema: GraphQLSchema, query: string): string[] {
  const problems = validate(schema, parse(query)).map((error) => error.message);
  if (problems.length > 0) return problems;
  const bytes = Buffer.byteLength(query);
  if (bytes > MAX_QUERY_BYTES) problems.push(`The input query has ${bytes} bytes, more than ${MAX_QUERY_BYTES}.`);
  const cost = queryCost(schema, query);
  if (cost > MAX_QUERY_COST) problems.push(`The input query costs ${cost}, more than ${MAX_QUERY_COST}.`);
  return problems;
}
