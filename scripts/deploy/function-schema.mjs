// Writes the GraphQL schema that Shopify CLI generates a Function's types from, for the extension's API version.
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { ROOT } from "../setup/install.mjs";
import { PlainError } from "../setup/plain-error.mjs";

/**
 * Writes `schema.graphql` into the folder of every Function extension, as `shopify app function schema` would: that
 * command needs an account, this takes the same schema from the project's cache. The first line names the API
 * version; the CLI refuses to build where it is not the one that the extension's `.toml` names.
 *
 * @param {string} directory Of the app.
 * @param {string} [schemas] Where the cached introspection results are.
 */
export async function writeFunctionSchemas(directory, schemas = join(ROOT, ".cache", "schemas")) {
  const { parse } = await import("smol-toml");
  const { buildClientSchema, printSchema } = await import("graphql");
  for (const manifest of globSync(join(directory, "extensions", "*", "shopify.extension.toml"))) {
    const { api_version: version, extensions } = parse(readFileSync(manifest, "utf8"));
    if (!extensions.some(({ type }) => type === "function")) continue;
    const cached = join(schemas, `functions_discount_${version}.json.gz`);
    if (!existsSync(cached)) {
      throw new PlainError(`There is no Function schema for API version ${version}: see scripts/setup/schemas.mjs.`);
    }
    const { data } = JSON.parse(gunzipSync(readFileSync(cached)).toString("utf8"));
    const text = `# api_version: ${version}\n${printSchema(buildClientSchema(data))}`;
    writeFileSync(join(dirname(manifest), "schema.graphql"), text);
  }
}
