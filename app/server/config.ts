import { createHmac } from "node:crypto";
import { z } from "zod";

const environment = z.object({
  DATABASE_URL: z.url(),
  EVENTS_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  EVENTS_CLICKHOUSE_URL: z.url({ protocol: /^https?$/ }).optional(),
  SHOPIFY_API_KEY: z.string().min(1),
  SHOPIFY_API_SECRET: z.string().min(1),
  SHOPIFY_APP_URL: z.url(),
  SCOPES: z
    .string()
    .default(
      "read_orders,read_all_orders,read_customers,write_products,write_publications,read_inventory,write_discounts,read_shipping,read_markets,write_pixels,read_customer_events",
    ),
  APP_BRIDGE_URL: z.url().optional(),
  HOST: z.string().min(1).optional(),
  PORT: z.coerce.number().int().positive().max(65_535).optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  SESSION_HASH_SALT: z.string().min(16).optional(),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(1),
  TOKEN_KEYS: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=(,[A-Za-z0-9+/]{43}=)*$/, "32 random bytes in Base64, several joined by commas")
    .optional(),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(32).default(4),
});

/** Names of all variables that {@link readConfig} reads. */
export const ENVIRONMENT_VARIABLES: readonly string[] = Object.keys(environment.shape);

/** Everything that the environment decides. Nothing else in the app reads `process.env`. */
export interface Config {
  readonly databaseUrl: string;
  /** The database of shoppers' events: the main one unless they have their own. */
  readonly eventsUrl: string;
  /** The ClickHouse that keeps shoppers' events in place of that database; its own one is the path. Null for none. */
  readonly eventsClickHouseUrl: string | null;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly appUrl: string;
  readonly scopes: readonly string[];
  /** Where App Bridge is loaded from in place of Shopify's CDN. */
  readonly appBridgeUrl: string | null;
  readonly port: number | null;
  /** The address that the server listens on; null for all of the machine's. */
  readonly host: string | null;
  /** How many proxies stand before the server and say whose requests they pass on (`X-Forwarded-For`). */
  readonly proxies: number;
  readonly logLevel: string;
  /** Key of the customers' pseudonyms. Changing it makes every known customer a new one. */
  readonly pseudonymKey: string;
  /** Keys of the tokens in the database; the first one seals, every one opens. */
  readonly tokenKeys: readonly Buffer[];
  /** Jobs that one worker process runs at a time. */
  readonly workerConcurrency: number;
}

/** Reads the configuration. Throws one sentence that names every variable that is missing or wrong, never a value. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")} (${issue.message})`);
    throw new Error(`The environment is not set up: ${wrong.join(", ")}`);
  }
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL,
    eventsUrl: env.EVENTS_DATABASE_URL ?? env.DATABASE_URL,
    eventsClickHouseUrl: env.EVENTS_CLICKHOUSE_URL ?? null,
    apiKey: env.SHOPIFY_API_KEY,
    apiSecret: env.SHOPIFY_API_SECRET,
    appUrl: env.SHOPIFY_APP_URL,
    scopes: env.SCOPES.split(",").map((scope) => scope.trim()),
    appBridgeUrl: env.APP_BRIDGE_URL ?? null,
    port: env.PORT ?? null,
    host: env.HOST ?? null,
    proxies: env.TRUSTED_PROXIES,
    logLevel: env.LOG_LEVEL,
    pseudonymKey:
      env.SESSION_HASH_SALT ?? createHmac("sha256", env.SHOPIFY_API_SECRET).update("customer pseudonym").digest("hex"),
    tokenKeys: tokenKeys(env.TOKEN_KEYS, env.SHOPIFY_API_SECRET),
    workerConcurrency: env.WORKER_CONCURRENCY,
  };
}

/** What sealed tokens before a key was configured opens them afterwards as well. */
function tokenKeys(configured: string | undefined, apiSecret: string): Buffer[] {
  const own = (configured ?? "").split(",").filter((key) => key !== "");
  return [...own.map((key) => Buffer.from(key, "base64")), createHmac("sha256", apiSecret).update("tokens").digest()];
}

/** The configuration that this process was started with. Programs read it once, at their start, and pass it on. */
export function processConfig(): Config {
  return readConfig(process.env);
}
