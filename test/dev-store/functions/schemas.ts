import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from "graphql";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const loaded = new Map<string, GraphQLSchema>();

/** One of Shopify's own schemas as fetched by `scripts/schemas.mjs`. Throws where they have not been fetched. */
export function loadSchema(name: "functions_discount" | "storefront-graphql"): GraphQLSchema {
  const known = loaded.get(name);
  if (known) return known;
  const file = new URL(`../../../.cache/schemas/${name}_2026-07.json.gz`, import.meta.url);
  const { data } = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as { data: IntrospectionQuery };
  const schema = buildClientSchema(data);
  loaded.set(name, schema);
  return schema;
}
