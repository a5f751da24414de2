import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { shopDomain } from "../../domain/ids.ts";
import type { OfferContent } from "../../domain/offers/offer.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { openDatabase, type Database } from "../database/database.ts";
import { inShop, type ShopTransaction } from "../database/in-shop.ts";
import { copyOffer, createOffer, restoreBefore, saveOfferContent, setStatus } from "./offer-changes.ts";
import { listOffers } from "./offer-list.ts";
import { readActiveOffers, readOffers, readStoredOffer } from "./offer-rows.ts";

const SHOP = shopDomain("offers.myshopify.com");
const OTHER = shopDomain("other.myshopify.com");
const NOW = new Date("2026-11-28T00:00:00Z");
let made: TestDatabase;
let database: Database;

beforeAll(async () => {
  made = await createTestDatabase();
  database = openDatabase(made.url);
});
beforeEach(() => database.pool.query("DELETE FROM offers"));
afterAll(async () => {
  await database.close();
  await made.drop();
});

const inside = <T>(work: (tx: ShopTransaction) => Promise<T>, shop = SHOP) => inShop(database, shop, work);
const content = (type: OfferTypeName, changes: Partial<OfferContent> = {}): OfferContent => ({
  ...contentShape(type).default,
  name: "Sets",
  ...changes,
});
const create = (changes: Partial<OfferContent> = {}, type: OfferTypeName = "bought-together", shop = SHOP) =>
  inside((tx) => createOffer(tx, type, content(type, changes), NOW), shop);
const read = (number: number) => inside((tx) => readStoredOffer(tx, number));

test("an offer reads back as it was made, and numbers are counted for each shop", async () => {
  const given = content("bought-together", {
    schedule: { from: "2026-12-01T00:00", to: null, yearly: false },
    conditions: [[{ condition: "tags", tags: ["ギフト", "it's"] }]],
    reward: { kind: "percent", basisPoints: 1_000 },
    copy: { discountName: { ja: "セット割" } },
  });
  expect(await inside((tx) => createOffer(tx, "bought-together", given, NOW))).toBe(1);
  expect((await read(1))!.offer).toEqual({
    ...given,
    ...{ number: 1, type: "bought-together", version: 1, mode: "automatic" },
  });
  expect([await create(), await create({}, "goal"), await create({}, "goal", OTHER)]).toEqual([2, 3, 1]);
  expect(await inside((tx) => readStoredOffer(tx, 2), OTHER)).toBeNull();
});

test("two people make offers at one moment, and each gets a number", async () => {
  await inside(
    (tx) => tx.db.$executeRaw`INSERT INTO shops (domain, shopify_id, name, currency, currencies, timezone,
    installation_id, all_orders, installed_at) VALUES (${SHOP}, 'x', 'x', 'USD', '{USD}', 'UTC', 'x', true, now())
    ON CONFLICT DO NOTHING`,
  );
  expect((await Promise.all(Array.from({ length: 5 }, () => create()))).sort()).toEqual([1, 2, 3, 4, 5]);
});

test("the second of two people who save the same offer is refused, and nothing is overwritten", async () => {
  const number = await create();
  const save = (name: string) =>
    inside((tx) =>
      saveOfferContent(tx, { number, version: 1, type: "bought-together" }, content("bought-together", { name }), NOW),
    );
  const outcomes = await Promise.all([save("First"), save("Second")]);
  expect(outcomes.map(({ code }) => code).sort()).toEqual(["saved", "stale"]);
  expect(outcomes.map((one) => "version" in one && one.version)).toEqual([2, 2]);
  const winner = outcomes[0]!.code === "saved" ? "First" : "Second";
  expect(await read(number)).toMatchObject({ name: winner, version: 2 });
  const gone = { number: 99, version: 1, type: "goal" } as const;
  expect(await inside((tx) => saveOfferContent(tx, gone, content("goal"), NOW))).toEqual({ code: "not-found" });
});

test("undoing puts back the state before, and undoing that brings the change back", async () => {
  const number = await create({ priority: 5 });
  const undo = (version: number) => inside((tx) => restoreBefore(tx, { number, version }, NOW));
  expect(await undo(1)).toEqual({ code: "nothing-before" });
  const before = (await read(number))!.offer!;
  const changed = content("bought-together", {
    name: "Other",
    priority: 7,
    reward: { kind: "percent", basisPoints: 1 },
  });
  await inside((tx) => saveOfferContent(tx, { number, version: 1, type: "bought-together" }, changed, NOW));
  const after = (await read(number))!.offer!;
  expect(await undo(1)).toEqual({ code: "stale", version: 2 });
  expect(await undo(2)).toEqual({ code: "saved", version: 3 });
  expect((await read(number))!.offer).toEqual({ ...before, version: 3 });
  expect(await undo(3)).toEqual({ code: "saved", version: 4 });
  expect((await read(number))!.offer).toEqual({ ...after, version: 4 });
});

test("many offers get a status at once, and only those that had another are changed", async () => {
  const [a, b, c] = [await create(), await create({ status: "paused" }), await create()];
  const changed = await inside((tx) => setStatus(tx, [a, b, c, 99], "paused", NOW));
  expect(changed.toSorted((x, y) => x.number - y.number)).toEqual([
    { number: a, version: 2 },
    { number: c, version: 2 },
  ]);
  await inside((tx) => restoreBefore(tx, { number: a, version: 2 }, NOW));
  expect((await inside((tx) => readOffers(tx))).map(({ status }) => status)).toEqual(["draft", "paused", "paused"]);
});

test("a copy is a draft of its own with the same content", async () => {
  const number = await create({ status: "active", priority: 9 });
  const copied = await inside((tx) => copyOffer(tx, { number, name: "Sets (2)" }, NOW));
  const original = (await read(number))!.offer!;
  expect((await read(copied!))!.offer).toEqual({ ...original, number: copied, name: "Sets (2)", status: "draft" });
  expect(await inside((tx) => copyOffer(tx, { number: 99, name: "x" }, NOW))).toBeNull();
});

test("what cannot be read is skipped with a reason, and nothing else is affected", async () => {
  const good = await create({ status: "active" });
  const [unknown, newer, broken] = [await create(), await create(), await create()];
  const set = (number: number, sql: string) =>
    database.pool.query(`UPDATE offers SET status = 'active', ${sql} WHERE shop = $1 AND number = $2`, [SHOP, number]);
  await set(unknown, "type = 'hologram'");
  await set(newer, "config_version = 99");
  await set(broken, `config = '{"setSize": 7}', schedule = '{"from": "2026-02-01T00:00", "to": "2026-01-01T00:00"}'`);
  expect((await inside((tx) => readActiveOffers(tx))).map(({ number }) => number)).toEqual([good]);
  const faults = (await inside((tx) => readOffers(tx, [unknown, newer, broken]))).map(({ fault }) => fault);
  expect(faults).toEqual([
    { code: "unknown-type" },
    { code: "newer-version" },
    {
      code: "invalid",
      refusals: [
        { path: "schedule.to", code: "ends-before-it-begins" },
        { path: "config.setSize", code: "too-large", limit: 3 },
      ],
    },
  ]);
  // It can still be put away.
  expect(await inside((tx) => setStatus(tx, [unknown], "archived", NOW))).toEqual([{ number: unknown, version: 2 }]);
});

test("offers are found by part of the name, by status and by type, page by page", async () => {
  for (const [place, name] of ["Mugs and tea", "ＭＵＧ gifts", "Goal", "Old mugs"].entries()) {
    const at = new Date(NOW.getTime() + place * 1000);
    const status = name === "Old mugs" ? "archived" : "draft";
    const type = name === "Goal" ? "goal" : "bought-together";
    await inside((tx) => createOffer(tx, type, content(type, { name, status }), at));
  }
  const all = { search: "", status: null, type: null, offset: 0, limit: 10 };
  const names = async (query: Partial<typeof all> | object) => {
    const { total, offers } = await inside((tx) => listOffers(tx, { ...all, ...query }));
    return [total, ...offers.map(({ name }) => name)];
  };
  expect(await names({})).toEqual([3, "Goal", "ＭＵＧ gifts", "Mugs and tea"]);
  expect(await names({ search: "mug" })).toEqual([2, "ＭＵＧ gifts", "Mugs and tea"]);
  expect(await names({ search: "mug", status: "archived" })).toEqual([1, "Old mugs"]);
  expect(await names({ type: "goal" })).toEqual([1, "Goal"]);
  expect(await names({ offset: 1, limit: 1 })).toEqual([3, "ＭＵＧ gifts"]);
  expect(await names({ offset: 9 })).toEqual([3]);
});
