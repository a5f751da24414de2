import { randomBytes } from "node:crypto";
import { Session } from "@shopify/shopify-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { shopDomain } from "../../domain/ids.ts";
import { inShop } from "../database/in-shop.ts";
import { openDatabase, type Database } from "../database/database.ts";
import { createSessionStorage } from "./session-storage.ts";
import { findOfflineSession, holdOfflineSession, saveOfflineSession, resealTokens } from "./sessions.ts";

const SHOPS = Array.from({ length: 5 }, (_, n) => shopDomain(`s${n}.myshopify.com`));
const SESSION = { accessToken: "0", scope: null, expires: null, refreshToken: null, refreshTokenExpires: null };

const KEY = randomBytes(32);

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url, { connections: 2, tokenKeys: [KEY] });
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

/** Everything that the database holds of sessions, as one text. */
async function stored(): Promise<string> {
  return JSON.stringify((await database.pool.query("SELECT * FROM sessions")).rows);
}

describe("tokens at rest", () => {
  const SHOP = shopDomain("sealed.myshopify.com");
  const session = { ...SESSION, accessToken: "shpat_secret", refreshToken: "shprt_secret" };
  const withKeys = (...tokenKeys: Buffer[]) => openDatabase(own.url, { connections: 1, tokenKeys });

  test("are sealed, whoever stores them, and opened for whoever reads them", async () => {
    await saveOfflineSession(database, SHOP, session);
    expect(await findOfflineSession(database, SHOP)).toMatchObject(session);
    const storage = createSessionStorage(database);
    const ofPackage = await storage.loadSession(`offline_${SHOP}`);
    expect(ofPackage).toMatchObject({ accessToken: "shpat_secret", refreshToken: "shprt_secret" });
    await storage.storeSession(new Session({ ...ofPackage!.toObject(), accessToken: "shpat_other" }));
    expect(await findOfflineSession(database, SHOP)).toMatchObject({ accessToken: "shpat_other" });
    expect((await storage.findSessionsByShop(SHOP)).map(({ accessToken }) => accessToken)).toEqual(["shpat_other"]);
    expect(await stored()).not.toMatch(/shpat_|shprt_/);
  });

  test("cannot be read with another key, nor in another shop's row", async () => {
    await saveOfflineSession(database, SHOP, session);
    const foreign = withKeys(randomBytes(32));
    expect(await findOfflineSession(foreign, SHOP)).toBeNull();
    expect(await createSessionStorage(foreign).loadSession(`offline_${SHOP}`)).toBeUndefined();
    await foreign.close();
    await database.pool.query(
      "UPDATE sessions SET access_token = (SELECT access_token FROM sessions WHERE shop = $1) WHERE shop = $2",
      [SHOP, SHOPS[0]],
    );
    expect(await findOfflineSession(database, SHOPS[0]!)).toBeNull();
  });

  test("are encrypted with the newest key, those that were never sealed included", async () => {
    await saveOfflineSession(database, SHOP, session);
    const plain = shopDomain("plain.myshopify.com");
    await database.prisma.session.create({
      data: { id: `offline_${plain}`, shop: plain, state: "", accessToken: "shpat_plain" },
    });
    const newer = randomBytes(32);
    const both = withKeys(newer, KEY);
    expect(await findOfflineSession(both, plain)).toMatchObject({ accessToken: "shpat_plain" });
    expect(await resealTokens(both)).toBeGreaterThanOrEqual(2);
    expect(await resealTokens(both)).toBe(0);
    await both.close();
    const alone = withKeys(newer);
    expect(await findOfflineSession(alone, SHOP)).toMatchObject(session);
    expect(await findOfflineSession(alone, plain)).toMatchObject({ accessToken: "shpat_plain", refreshToken: null });
    await alone.close();
    expect(await stored()).not.toContain("shpat_");
  });

  test("are out of reach of what works for one shop", async () => {
    await expect(
      inShop(database, SHOP, (tx) => tx.db.$queryRawUnsafe("SELECT access_token FROM sessions")),
    ).rejects.toThrow(/permission denied/);
  });

  test("are refused without a key", async () => {
    const keyless = withKeys();
    await expect(saveOfflineSession(keyless, SHOP, session)).rejects.toThrow("No key for tokens");
    await keyless.close();
  });
});
