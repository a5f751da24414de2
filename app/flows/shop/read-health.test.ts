import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { compose, REAL_SURROUNDINGS } from "../../server/composition.ts";
import { readConfig } from "../../server/config.ts";
import { readHealth } from "./read-health.ts";

let database: TestDatabase;
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.drop());

async function healthWith(variables: Record<string, string>) {
  const settings = readConfig({
    ...{ DATABASE_URL: database.url, SHOPIFY_API_KEY: "key", SHOPIFY_API_SECRET: "secret", LOG_LEVEL: "silent" },
    ...{ SHOPIFY_APP_URL: "https://app.tsuide.test", ...variables },
  });
  const context = compose(settings, { ...REAL_SURROUNDINGS, connections: 2 });
  const health = await readHealth(context);
  await Promise.all([context.database.close(), context.events.close()]);
  return health;
}

test("a program is well where its database and the events' answer", async () => {
  expect(await healthWith({})).toMatchObject({ status: "ok", database: "ok", queue: "ok", events: "ok" });
});

test.each([
  ["EVENTS_CLICKHOUSE_URL", "http://127.0.0.1:1/events"],
  ["EVENTS_DATABASE_URL", "postgresql://127.0.0.1:1/events"],
])("where %s does not answer, health says so, and everything else goes on", async (name, url) => {
  expect(await healthWith({ [name]: url })).toMatchObject({ status: "ok", database: "ok", events: "unreachable" });
});
