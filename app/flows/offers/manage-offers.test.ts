import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import { gid } from "../../domain/ids.ts";
import type { OfferContent } from "../../domain/offers/offer.ts";
import type { OfferTypeName } from "../../domain/offers/offer-type-name.ts";
import { contentShape } from "../../domain/offers/offer-types.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { installShop } from "../shop/install-shop.ts";
import { changeStatus } from "./change-status.ts";
import { duplicateOffer } from "./duplicate-offer.ts";
import { listOffers } from "./list-offers.ts";
import { newOffer, readOffer } from "./read-offer.ts";
import { createNewOffer, saveOffer } from "./save-offer.ts";
import { undoChanges } from "./undo-changes.ts";
import { isForeign } from "../../views/offer-editor-view.ts";

let app: WiredApp;
let now = Date.parse("2026-11-28T00:00:00Z");

beforeAll(async () => {
  app = await wireApp([smallShop(["101", "102"], { timezone: "Asia/Tokyo" })], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
beforeEach(async () => {
  now = Date.parse("2026-11-28T00:00:00Z");
  await app.context.database.pool.query("DELETE FROM offers");
  await app.context.database.pool.query("DELETE FROM graphile_worker._private_jobs");
});
afterAll(() => app.close());

const content = (type: OfferTypeName, changes: Partial<OfferContent> = {}): OfferContent => ({
  ...contentShape(type).default,
  name: "Sets",
  ...changes,
});
const goal = (changes: Partial<OfferContent> = {}) =>
  content("goal", {
    config: { ...(contentShape("goal").default.config as object), amounts: { USD: 7500 } },
    ...changes,
  });

async function make(type: OfferTypeName, given: unknown): Promise<number> {
  const answer = await createNewOffer(app.shop, type, given, app.context);
  if (answer.code !== "saved" || answer.number === undefined) throw new Error(JSON.stringify(answer));
  return answer.number;
}

async function list(changes: object = {}) {
  const query = { search: "", status: null, type: null, page: 1, ...changes };
  return (await listOffers(app.shop, query, app.context)).offers;
}

/** When publishing is due, by the jobs that wait. */
async function publishing(): Promise<Record<string, string>> {
  const { rows } = await app.context.database.pool.query<{ key: string; at: Date }>(
    "SELECT key, run_at AS at FROM graphile_worker._private_jobs WHERE key LIKE 'publish-o%'",
  );
  return Object.fromEntries(rows.map(({ key, at }) => [key.replace(/:.*/, ""), at.toISOString()]));
}

test("an offer is made, read, saved and published", async () => {
  const form = await newOffer(app.shop, "goal", app.context);
  expect(form).toMatchObject({ stored: null, type: "goal", content: { status: "draft", mode: "manual" } });
  const number = await make("goal", goal({ name: "Goal" }));
  expect(Object.keys(await publishing())).toEqual(["publish-offers"]);
  const view = await readOffer(app.shop, number, app.context);
  expect(view).toMatchObject({
    stored: { number, version: 1, state: "draft", canUndo: false, fault: null, goneProducts: [] },
    content: goal({ name: "Goal" }),
    shop: { currency: "USD", currencies: ["USD"], timezone: "Asia/Tokyo" },
  });
  const saved = await saveOffer(app.shop, { number, version: 1 }, goal({ status: "active" }), app.context);
  expect(saved).toEqual({ code: "saved", version: 2 });
  expect(await list()).toMatchObject([{ number, type: "goal", name: "Sets", state: "live", canUndo: true }]);
  expect(await readOffer(app.shop, 99, app.context)).toBeNull();
});

test("saving over what another person saved meanwhile is refused", async () => {
  const number = await make("goal", goal());
  const save = (name: string) => saveOffer(app.shop, { number, version: 1 }, goal({ name }), app.context);
  expect(await save("First")).toMatchObject({ code: "saved" });
  expect(await save("Second")).toEqual({ code: "stale" });
  expect((await list()).map(({ name }) => name)).toEqual(["First"]);
  expect(await saveOffer(app.shop, { number: 99, version: 1 }, goal(), app.context)).toEqual({ code: "not-found" });
});

test("what is wrong with an offer is named by its place", async () => {
  const refused = async (type: OfferTypeName, given: unknown) => {
    const answer = await createNewOffer(app.shop, type, given, app.context);
    return answer.code === "invalid" ? answer.errors : answer.code;
  };
  expect(await refused("goal", "nonsense")).toEqual({ "": "wrong-type" });
  const ended = { from: "2026-12-02T00:00", to: "2026-12-01T00:00", yearly: false };
  expect(await refused("goal", goal({ schedule: ended }))).toEqual({ "schedule.to": "ends-before-it-begins" });
  expect(await refused("goal", content("goal", { status: "active" }))).toEqual({ "config.amounts": "no-amount" });
  const euros = { ...goal(), config: { ...(goal().config as object), amounts: { USD: 1, EUR: 5 } } };
  expect(await refused("goal", euros)).toEqual({ "config.amounts.EUR": "unknown-currency" });
  const bundle = content("fixed-bundle", {
    reward: { kind: "fixed-price", amounts: { USD: 5, EUR: 5 } },
    config: { title: "Box", components: [{ variant: ["gid://shopify/ProductVariant/98"], quantity: 2 }] },
  });
  // What the shop's currencies say and what its catalogue says, at once.
  expect(await refused("fixed-bundle", bundle)).toEqual({
    ...{ "reward.amounts.EUR": "unknown-currency", "config.components.0.variant": "gone" },
  });
  expect(await list()).toEqual([]);
});

test("a schedule has offers published when it begins and when it ends, by the shop's clocks", async () => {
  const schedule = { from: "2026-11-29T00:00", to: "2026-12-01T00:00", yearly: false };
  const number = await make("goal", goal({ status: "active", schedule }));
  const inReal = (iso: string) => Date.parse(iso) - now;
  const ahead = Date.parse((await publishing())["publish-on-schedule"]!) - Date.now();
  expect(Math.abs(ahead - inReal("2026-11-28T15:00:00Z"))).toBeLessThan(60_000);
  const states = [];
  for (const time of ["2026-11-28T14:59:59Z", "2026-11-28T15:00:00Z", "2026-11-30T15:00:00Z"]) {
    now = Date.parse(time);
    states.push((await list())[0]!.state);
  }
  expect(states).toEqual(["scheduled", "live", "ended"]);
  expect(await readOffer(app.shop, number, app.context)).toMatchObject({ stored: { state: "ended" } });
});

test("many are paused at once and brought back by one undo, but for what somebody changed since", async () => {
  const [a, b, c] = [
    await make("goal", goal({ name: "A", status: "active" })),
    await make("goal", goal({ name: "B", status: "active" })),
    await make("goal", goal({ name: "C" })),
  ];
  const paused = await changeStatus(app.shop, [a, b, c, 99], "paused", app.context);
  expect(paused).toEqual({
    code: "changed",
    changed: [a, b, c].map((number) => ({ number, version: 2 })),
    refused: [],
  });
  await saveOffer(app.shop, { number: b, version: 2 }, goal({ name: "B again", status: "paused" }), app.context);
  const undone = await undoChanges(app.shop, paused.changed, app.context);
  expect(undone).toEqual({ code: "undone", changed: [a, c].map((number) => ({ number, version: 3 })), stale: [b] });
  expect((await list()).map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
    "A active",
    "B again paused",
    "C draft",
  ]);
});

test("what lacks something is not made active, and says what", async () => {
  const ready = await make("goal", goal());
  const empty = await make("goal", content("goal", { name: "Empty" }));
  const answer = await changeStatus(app.shop, [ready, empty], "active", app.context);
  expect(answer.changed).toEqual([{ number: ready, version: 2 }]);
  expect(answer.refused).toEqual([
    { number: empty, name: "Empty", reason: "incomplete", errors: { "config.amounts": "no-amount" } },
  ]);
});

test("a copy is a draft under the next free name, and undoing it archives it", async () => {
  const number = await make("goal", goal({ status: "active" }));
  const copy = await duplicateOffer(app.shop, number, app.context);
  expect(copy).toEqual({ code: "duplicated", number: number + 1, version: 1 });
  await duplicateOffer(app.shop, number + 1, app.context);
  expect((await list()).map(({ name, state }) => `${name} ${state}`)).toEqual([
    "Sets (3) draft",
    "Sets (2) draft",
    "Sets live",
  ]);
  await undoChanges(app.shop, [{ number: number + 1, version: 1 }], app.context);
  expect((await list({ status: "archived" })).map(({ name }) => name)).toEqual(["Sets (2)"]);
  expect(await duplicateOffer(app.shop, 99, app.context)).toEqual({ code: "not-found" });
});

test("offers that this release cannot use say why, can be archived, and affect no other", async () => {
  const good = await make("goal", goal({ name: "Good", status: "active" }));
  const [foreign, newer, broken] = [await make("goal", goal()), await make("goal", goal()), await make("goal", goal())];
  const set = (number: number, sql: string) =>
    inShop(app.context.database, app.shop, ({ db }) =>
      db.$executeRawUnsafe(`UPDATE offers SET status = 'active', ${sql} WHERE number = ${number}`),
    );
  await set(foreign, "type = 'hologram'");
  await set(newer, "config_version = 99");
  await set(broken, `config = '{"amounts": {"USD": -1}, "pickUp": true}'`);
  const faults = Object.fromEntries((await list()).map(({ number, state, fault }) => [number, [state, fault?.code]]));
  expect(faults).toEqual({
    [good]: ["live", undefined],
    [foreign]: ["unusable", "unknown-type"],
    [newer]: ["unusable", "newer-version"],
    [broken]: ["unusable", "invalid"],
  });
  for (const number of [foreign, newer]) {
    const view = await readOffer(app.shop, number, app.context);
    expect(view !== null && isForeign(view)).toBe(true);
    expect(await saveOffer(app.shop, { number, version: 1 }, goal(), app.context)).toEqual({ code: "unusable" });
    expect(await duplicateOffer(app.shop, number, app.context)).toEqual({ code: "unusable" });
  }
  // What is invalid can be corrected: the form begins with what is valid of it.
  expect(await readOffer(app.shop, broken, app.context)).toMatchObject({
    stored: { fault: { refusals: [{ path: "config.amounts.USD", code: "too-small", limit: 1 }] } },
    content: { config: { pickUp: true, amounts: {} } },
  });
  const tried = await changeStatus(app.shop, [good, foreign, newer, broken], "active", app.context);
  expect(tried.refused.map(({ number, reason }) => [number, reason])).toEqual(
    [foreign, newer, broken].map((number) => [number, "unusable"]),
  );
  const archived = await changeStatus(app.shop, [foreign, newer, broken], "archived", app.context);
  expect(archived.changed).toHaveLength(3);
  expect((await list()).map(({ number }) => number)).toEqual([good]);
});

test("an offer whose products are all gone says so, and one that names others too goes on", async () => {
  const [here, gone] = [gid("Product", "101"), gid("Product", "999")];
  const naming = (...products: (typeof here)[]) =>
    content("bought-together", { status: "active", conditions: [[{ condition: "products", products }]] });
  const [lost, both] = [await make("bought-together", naming(gone)), await make("bought-together", naming(here, gone))];
  const states = Object.fromEntries((await list()).map(({ number, state }) => [number, state]));
  expect(states).toEqual({ [lost]: "no-products", [both]: "live" });
  expect(await readOffer(app.shop, both, app.context)).toMatchObject({
    stored: { state: "live", goneProducts: [gone] },
  });
});
