import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

export interface WebhookSubscription {
  topics: string[];
  uri: string;
  /** Null: the whole payload. */
  includeFields: string[] | null;
}

export interface MetafieldDefinition {
  /** Resource name of the owner, `Product`. */
  owner: string;
  namespace: string;
  key: string;
  name: string;
  type: string;
  /** Place among those that staff see first; null or absent for the others. */
  pinnedPosition?: number | null;
}

/** What Shopify knows of an app from its `shopify.app.toml` and its extensions. */
export interface AppDeclaration {
  name: string;
  scopes: string[];
  /** Asked for later, when the merchant wants what needs them. */
  optionalScopes: string[];
  subscriptions: WebhookSubscription[];
  metafieldDefinitions: MetafieldDefinition[];
  functionHandles: string[];
}

type Table = Record<string, string | string[]>;

const OWNERS: Readonly<Record<string, string>> = {
  product: "Product",
  variant: "ProductVariant",
  order: "Order",
  customer: "Customer",
  shop: "Shop",
};

/** Reads the tables of a toml file whose values are strings and lists of strings; all else is passed over. */
export function readTables(text: string): { name: string; values: Table }[] {
  const tables: { name: string; values: Table }[] = [{ name: "", values: {} }];
  // A list may go over several lines.
  const joined = text
    .replace(/^\s*#.*$/gm, "")
    .replace(/\[\s*\n([^\]]*)\]/g, (_all, inner: string) => `[${inner.replace(/\n/g, " ")}]`);
  for (const raw of joined.split("\n")) {
    const line = raw.trim();
    const header = /^\[{1,2}([^\]"]+)\]{1,2}$/.exec(line);
    if (header !== null) {
      tables.push({ name: (header[1] as string).trim(), values: {} });
      continue;
    }
    const pair = /^([\w.]+)\s*=\s*(.+)$/.exec(line);
    const values = tables.at(-1)?.values;
    if (pair === null || values === undefined) continue;
    const [, key = "", value = ""] = pair;
    const strings = [...value.matchAll(/"([^"]*)"/g)].map((match) => match[1] as string);
    values[key] = value.startsWith("[") ? strings : (strings[0] ?? value);
  }
  return tables;
}

const listOf = (value: string | string[] | undefined): string[] => (value === undefined ? [] : [value].flat());
const textOf = (value: string | string[] | undefined): string => (typeof value === "string" ? value : "");

function functionHandles(root: string): string[] {
  const handles: string[] = [];
  let folders: string[];
  try {
    folders = readdirSync(join(root, "extensions"));
  } catch {
    return handles;
  }
  for (const folder of folders) {
    let text: string;
    try {
      text = readFileSync(join(root, "extensions", folder, "shopify.extension.toml"), "utf8");
    } catch {
      continue;
    }
    for (const { values } of readTables(text)) {
      if (values.type === "function" && typeof values.handle === "string") handles.push(values.handle);
    }
  }
  return handles;
}

/** Reads the app's own declaration, the same one that `shopify app deploy` would send. */
export function readAppDeclaration(root = ROOT): AppDeclaration {
  const declaration: AppDeclaration = {
    name: "tsuide",
    scopes: [],
    optionalScopes: [],
    subscriptions: [],
    metafieldDefinitions: [],
    functionHandles: functionHandles(root),
  };
  for (const { name, values } of readTables(readFileSync(join(root, "shopify.app.toml"), "utf8"))) {
    if (name === "" && typeof values.handle === "string") declaration.name = values.handle;
    if (name === "access_scopes") {
      declaration.scopes = textOf(values.scopes)
        .split(",")
        .map((scope) => scope.trim());
      declaration.optionalScopes = listOf(values.optional_scopes);
    }
    if (name === "webhooks.subscriptions") {
      const topics = [...listOf(values.topics), ...listOf(values.compliance_topics)];
      const includeFields = values.include_fields === undefined ? null : listOf(values.include_fields);
      declaration.subscriptions.push({ topics, uri: textOf(values.uri), includeFields });
    }
    const metafield = /^(\w+)\.metafields\.app\.([\w-]+)$/.exec(name);
    const owner = OWNERS[metafield?.[1] ?? ""];
    if (metafield !== null && owner !== undefined) {
      const key = metafield[2] as string;
      const [type, title] = [textOf(values.type), textOf(values.name)];
      declaration.metafieldDefinitions.push({ owner, namespace: "$app", key, name: title === "" ? key : title, type });
    }
  }
  return declaration;
}
