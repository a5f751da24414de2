import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { shopDomain } from "../../domain/ids.ts";
import { openDatabase, type Database } from "../database/database.ts";
import { findOfflineSession, holdOfflineSession, saveOfflineSession } from "./sessions.ts";

const SHOPS = Array.from({ length: 5 }, (_, n) => shopDomain(`s${n}.myshopify.com`));
const SESSION = { accessToken: "0", scope: null, expires: null, refreshToken: null, refreshTokenExpires: null };

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url, { connections: 2 });
  for (const shop of SHOPS) await saveOfflineSession(database, shop, SESSION);
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

test("many sessions are held at once on fewer connections, each by one at a time", async () => {
  const renew = (shop: (typeof SHOPS)[number]) =>
    holdOfflineSession(database, shop, async (session) => {
      const held = await session.find();
      await session.save({ ...SESSION, accessToken: String(Number(held?.accessToken) + 1) });
    });
  await Promise.all([...SHOPS, ...SHOPS, ...SHOPS].map(renew));
  const tokens = await Promise.all(SHOPS.map((shop) => findOfflineSession(database, shop)));
  expect(tokens.map((token) => token?.accessToken)).toEqual(["3", "3", "3", "3", "3"]);
});

test("what was saved by work that fails is not kept", async () => {
  const failing = holdOfflineSession(database, SHOPS[0]!, async (session) => {
    await session.save({ ...SESSION, accessToken: "lost" });
    throw new Error("Shopify is down");
  });
  await expect(failing).rejects.toThrow("Shopify is down");
  expect((await findOfflineSession(database, SHOPS[0]!))?.accessToken).not.toBe("lost");
});
