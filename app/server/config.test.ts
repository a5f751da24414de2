import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const COMPLETE = {
  DATABASE_URL: "postgresql://tsuide:database-password@localhost:5432/tsuide",
  SHOPIFY_API_KEY: "the-api-key",
  SHOPIFY_API_SECRET: "the-api-secret",
  SHOPIFY_APP_URL: "https://app.tsuide.test",
};
const NEEDED = Object.keys(COMPLETE);

/** What the refusal says; fails where there is none. */
function refusalOf(variables: Readonly<Record<string, string | undefined>>): string {
  try {
    readConfig(variables);
  } catch (error) {
    return `${String(error)}\n${JSON.stringify(error)}`;
  }
  throw new Error("It was not refused");
}

test("the four variables that are needed are enough, and the rest has a default", () => {
  expect(readConfig(COMPLETE)).toMatchObject({
    ...{ databaseUrl: COMPLETE.DATABASE_URL, apiKey: "the-api-key", apiSecret: "the-api-secret" },
    ...{ appBridgeUrl: null, port: null, logLevel: "info", workerConcurrency: 4 },
  });
});

test("every variable that is missing is named at once", () => {
  const refusal = refusalOf({});
  for (const name of NEEDED) expect(refusal).toContain(name);
});

test.each(NEEDED)("%s alone is named where it alone is missing or empty", (missing) => {
  for (const nothing of [undefined, ""]) {
    const refusal = refusalOf({ ...COMPLETE, [missing]: nothing });
    expect(NEEDED.filter((name) => refusal.includes(name))).toEqual([missing]);
  }
});

test.each([
  ["DATABASE_URL", "unreadable database-password"],
  ["EVENTS_DATABASE_URL", "https://events:password@clickhouse"],
  ["EVENTS_CLICKHOUSE_URL", "postgresql://events:password@postgres"],
  ["SHOPIFY_APP_URL", "no-address-at-all"],
  ["APP_BRIDGE_URL", "no-bridge-at-all"],
  ["PORT", "70123"],
  ["LOG_LEVEL", "shouting"],
  ["SESSION_HASH_SALT", "short-salt"],
  ["TOKEN_KEYS", "c2hvcnQ="],
  ["WORKER_CONCURRENCY", "3.125"],
])("a wrong %s is refused by name, and no value is ever shown", (name, value) => {
  const variables = { ...COMPLETE, [name]: value };
  const refusal = refusalOf(variables);
  expect(refusal).toContain(name);
  for (const shown of Object.values(variables)) expect(refusal).not.toContain(shown);
});

test("events are kept in the main database, in another one, or in ClickHouse where that is named", () => {
  const postgres = "postgresql://tsuide@localhost:5432/events";
  const clickhouse = "https://tsuide:events-password@localhost:8443/events";
  expect(readConfig(COMPLETE)).toMatchObject({ eventsUrl: COMPLETE.DATABASE_URL, eventsClickHouseUrl: null });
  expect(readConfig({ ...COMPLETE, EVENTS_DATABASE_URL: postgres })).toMatchObject({ eventsUrl: postgres });
  expect(readConfig({ ...COMPLETE, EVENTS_CLICKHOUSE_URL: clickhouse }).eventsClickHouseUrl).toBe(clickhouse);
});

test("the key of the pseudonyms is the given one, else one that follows from the secret without being it", () => {
  const salt = "a-salt-of-sixteen-characters";
  expect(readConfig({ ...COMPLETE, SESSION_HASH_SALT: salt }).pseudonymKey).toBe(salt);
  const { pseudonymKey } = readConfig(COMPLETE);
  expect(readConfig({ ...COMPLETE, PORT: "3000" }).pseudonymKey).toBe(pseudonymKey);
  expect(readConfig({ ...COMPLETE, SHOPIFY_API_SECRET: "another" }).pseudonymKey).not.toBe(pseudonymKey);
  expect(pseudonymKey).not.toContain(COMPLETE.SHOPIFY_API_SECRET);
});

test("scopes are read one by one, with or without spaces between them", () => {
  expect(readConfig({ ...COMPLETE, SCOPES: "read_orders, write_products" }).scopes).toEqual([
    "read_orders",
    "write_products",
  ]);
});

test("configured keys of tokens come first, and what the secret alone sealed can still be opened", () => {
  const key = (byte: number) => Buffer.alloc(32, byte).toString("base64");
  const [derived] = readConfig(COMPLETE).tokenKeys;
  const { tokenKeys } = readConfig({ ...COMPLETE, TOKEN_KEYS: `${key(1)},${key(2)}` });
  expect(tokenKeys.map((one) => one.toString("base64"))).toEqual([key(1), key(2), derived!.toString("base64")]);
});
