import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from "graphql";

const FILE = join(import.meta.dirname, "../../../.cache/schemas/admin_2026-07.json.gz");
let schema: GraphQLSchema | null = null;

/** Shopify's own Admin schema, API 2026-07, built at first use (about 0.4 s). `npm run setup` fetches the file. */
export function adminSchema(): GraphQLSchema {
  if (schema === null) {
    const introspection = JSON.parse(gunzipSync(readFileSync(FILE)).toString()) as { data: IntrospectionQuery };
    schema = buildClientSchema(introspection.data, { assumeValid: true });
  }
  return schema;
}
