// Shopify CLI's own code, loaded without an account: what it refuses here, it refuses when it deploys.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../setup/install.mjs";
import { PlainError } from "../setup/plain-error.mjs";

const DIST = join(ROOT, "node_modules", "@shopify", "cli", "dist");

/**
 * The two functions of the CLI that are needed, recognised by a text in their source: the package is bundled and
 * minified, so its exports have no names. The version is pinned in `package.json`; another one may need other texts.
 */
const FUNCTIONS = {
  /** `fetchSpecifications`: merges the kinds of extension that Shopify's server knows with the CLI's own. */
  readSpecifications: "checkout_post_purchase",
  /** `reloadApp`: reads `shopify.app.toml` and every extension, and throws on what does not fit their schemas. */
  readApp: "extensionDevUUIDs",
};

const extension = (identifier) => ({
  identifier,
  name: identifier,
  externalName: identifier,
  externalIdentifier: identifier,
  experience: "extension",
  registrationLimit: 50,
  uidStrategy: "uuid",
});
const configuration = (identifier, more = {}) => ({
  ...extension(identifier),
  experience: "configuration",
  registrationLimit: 1,
  uidStrategy: "single",
  ...more,
});

/**
 * Stands in for the list that Shopify's server gives to whoever is logged in. The schemas behind it are in the CLI,
 * but for `data` (declared metafields), which only the server checks: here it may have any content.
 */
const SERVER_SPECIFICATIONS = [
  ...["theme_app_extension", "function", "ui_extension", "web_pixel_extension", "flow_trigger"].map(extension),
  ...["app_access", "app_home", "app_proxy", "branding", "privacy_compliance_webhooks", "webhooks"].map((name) =>
    configuration(name),
  ),
  configuration("webhook_subscription", { uidStrategy: "dynamic" }),
  configuration("data", {
    validationSchema: {
      jsonSchema: JSON.stringify({
        type: "object",
        properties: { product: { type: "object" }, customer: { type: "object" }, shop: { type: "object" } },
        additionalProperties: false,
      }),
    },
  }),
];

async function cliFunctions() {
  const texts = Object.values(FUNCTIONS);
  const files = readdirSync(DIST).filter((name) => name.endsWith(".js"));
  const file = files.find((name) => {
    const source = readFileSync(join(DIST, name), "utf8");
    return texts.every((text) => source.includes(text));
  });
  const exported = file ? Object.values(await import(join(DIST, file))) : [];
  return Object.fromEntries(
    Object.entries(FUNCTIONS).map(([name, text]) => {
      const found = exported.find((value) => typeof value === "function" && String(value).includes(text));
      if (!found)
        throw new PlainError(`This version of Shopify CLI has no ${name}: see scripts/deploy/shopify-cli.mjs.`);
      return [name, found];
    }),
  );
}

/**
 * An app as Shopify CLI reads it, with its extensions. Throws the CLI's own message where a `.toml` file, or the app
 * as a whole, does not fit.
 *
 * @param {string} directory Holds `shopify.app.toml`.
 */
export async function readWithShopifyCli(directory) {
  const { readSpecifications, readApp } = await cliFunctions();
  const specifications = await readSpecifications({
    developerPlatformClient: { specifications: async () => structuredClone(SERVER_SPECIFICATIONS) },
    app: {},
  });
  return readApp({
    directory,
    configPath: join(directory, "shopify.app.toml"),
    specifications,
    remoteFlags: [],
    allExtensions: [],
  });
}
