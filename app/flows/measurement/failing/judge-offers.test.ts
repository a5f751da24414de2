import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { changeFirstOffers } from "../../../../test/fixtures/first-offers.ts";
import { smallShop } from "../../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../../test/dev-store/shop/state.ts";
import { runJob } from "../../../jobs/run-job.ts";
import { inShop } from "../../../persistence/database/in-shop.ts";
import { readStoredOffer } from "../../../persistence/offers/offer-rows.ts";
import { readActivity } from "../../activity/read-activity.ts";
import { changeStatus } from "../../offers/change-status.ts";
import { listOffers } from "../../offers/list-offers.ts";
import { readOffer } from "../../offers/read-offer.ts";
import { saveOffer } from "../../offers/save-offer.ts";
import { undoChanges } from "../../offers/undo-changes.ts";
import { saveSettings } from "../../settings/save-settings.ts";
import { installShop } from "../../shop/install-shop.ts";
import { readHome } from "../../shop/read-home.ts";
import { scheduleNightlyWork } from "../../shop/schedule-nightly-work.ts";
import { uninstallShop } from "../../shop/uninstall-shop.ts";
import { keepOffer } from "./keep-offer.ts";

const DAY_MS = 86_400_000;
const INSTALLED = Date.parse("2026-06-01T12:00:00Z");
const START = Date.parse("2026-11-20T12:20:00Z");
/** The set of the shop. */
const OFFER = 1;

let now = INSTALLED;
let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = smallShop(["101", "102"]);
  app = await wireApp([shop], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
  await changeFirstOffers(app.shop, { discountBasisPoints: 1000 }, app.context);
  await app.drain();
});
afterAll(() => app.close());
beforeEach(async () => {
  now = START;
  shop.flowTriggers = [];
  await sql("DELETE FROM answers; DELETE FROM attributions; DELETE FROM refund_lines; DELETE FROM order_lines");
  await sql(
    "DELETE FROM orders; DELETE FROM activity; DELETE FROM failing_offers; DELETE FROM settings; DELETE FROM flow_triggers",
  );
  await sql("UPDATE offers SET status = 'active', updated_at = created_at, judged_from = created_at WHERE number = 1");
});

const sql = (text: string, ...values: unknown[]) => app.context.database.pool.query(text, values);
const judge = () => runJob("judge-offers", { shop: app.shop }, app.context);

let order = 1000;
interface Placed {
  readonly through?: string;
  readonly answer?: "yes" | "no";
  readonly returnedAfterDays?: number;
  readonly channel?: string;
}
/** Orders of product 101, so many days ago. */
async function placed(orders: number, daysAgo: number, { through, answer, returnedAfterDays, channel }: Placed) {
  const at = new Date(now - daysAgo * DAY_MS);
  const [from, to] = [order + 1, (order += orders)];
  const each = (statement: string, ...values: unknown[]) =>
    sql(`${statement} FROM generate_series($2::bigint, $3::bigint) id`, app.shop, from, to, at, ...values);
  await each(
    `INSERT INTO orders (shop, order_id, name, created_at, processed_at, updated_at, test, currency,
       presentment_currency, channel, net_minor, refunded_minor)
     SELECT $1, id, '#1', $4::timestamptz, $4, $4, false, 'USD', 'USD', $5, 1000, 0`,
    channel ?? "online",
  );
  await each(`INSERT INTO order_lines (shop, line_id, order_id, product_id, title, quantity, current_quantity, is_gift_card,
     unit_price_minor, discount_minor, version) SELECT $1, id, id, 101, 'Cup', 1, 1, false, 1000, 100, $4::timestamptz`);
  if (through !== undefined) {
    await each(
      `INSERT INTO attributions (shop, line_id, order_id, order_name, at, offer_id, surface, product_id, title,
         revenue_minor, refunded_minor, currency)
       SELECT $1, id, id, '#1', $4::timestamptz, $5, 'product', 101, 'Cup', 900, 0, 'USD'`,
      through,
    );
  }
  if (answer !== undefined) {
    await each(
      `INSERT INTO answers (shop, order_id, offer_id, question, answer, offer_number, at, received_at)
       SELECT $1, id, $5, 'helpful', $6, $7::int, $4::timestamptz, $4`,
      ...[through, answer, Number(through?.split("-")[1])],
    );
  }
  if (returnedAfterDays !== undefined) {
    await each(
      `INSERT INTO refund_lines (shop, refund_id, line_id, order_id, quantity, subtotal_minor, created_at)
       SELECT $1, id, id, id, 1, 900, $4::timestamptz + $5::int * interval '1 day'`,
      returnedAfterDays,
    );
  }
}
const SET = "bt-1-101";

const stored = async () =>
  (await sql("SELECT status, version FROM offers WHERE number = 1")).rows[0] as { status: string; version: number };
async function rename(name: string) {
  const { version, content } = (await inShop(app.context.database, app.shop, (tx) => readStoredOffer(tx, OFFER)))!;
  const answer = await saveOffer(app.shop, { number: OFFER, version }, { ...content!, name }, app.context);
  expect(answer).toMatchObject({ code: "saved" });
}
const activity = async () =>
  (await readActivity(app.shop, 1, app.context)).rows.map(({ kind, who }) => ({ kind, who }));
const onHome = async () => (await readHome(app.shop, app.context)).failing;
const inList = async () =>
  (await listOffers(app.shop, { search: "", status: null, type: null, page: 1 }, app.context)).offers.find(
    ({ number }) => number === OFFER,
  )?.failing;

test("an offer that customers do not find helpful is paused, with the reason wherever staff look", async () => {
  await placed(36, 5, { through: SET, answer: "no" });
  await placed(4, 5, { through: SET, answer: "yes" });
  await judge();
  expect((await stored()).status).toBe("paused");
  const failing = { code: "disliked", answers: 40, no: 36 };
  expect(await onHome()).toMatchObject([{ number: OFFER, failing, paused: true, settled: false }]);
  expect(await inList()).toMatchObject({ failing, paused: true });
  expect(await readOffer(app.shop, OFFER, app.context)).toMatchObject({ stored: { failing: { failing } } });
  expect(await activity()).toEqual([{ kind: "offer-paused-disliked", who: "automatic" }]);
  // Shoppers no longer see it, and workflows of Shopify Flow start, once.
  await app.drain();
  await judge();
  await app.drain();
  const facts = { "Offer number": OFFER, Reason: "disliked", Customers: 40, Complaints: 36, Paused: true };
  expect(shop.flowTriggers).toMatchObject([{ handle: "offer-failing", payload: facts }]);
  const { rows } = await sql("SELECT 1 FROM offer_entries WHERE offer_number = 1");
  expect(rows).toEqual([]);
});

test("once resumed it is not paused for the same answers, but for new ones", async () => {
  await placed(40, 5, { through: SET, answer: "no" });
  await judge();
  now += 1000;
  await changeStatus(app.shop, [OFFER], "active", { ...app.context, staff: "7" });
  expect([await onHome(), await inList()]).toEqual([[], null]);
  now += DAY_MS;
  await judge();
  expect((await stored()).status).toBe("active");
  now += 10 * DAY_MS;
  await placed(40, 5, { through: SET, answer: "no" });
  await judge();
  expect((await stored()).status).toBe("paused");
});

test("what customers answered before the latest change does not count", async () => {
  await placed(40, 5, { through: SET, answer: "no" });
  await sql("UPDATE offers SET judged_from = $1 WHERE number = 1", new Date(now - 2 * DAY_MS));
  await judge();
  expect((await stored()).status).toBe("active");
});

test("a handful of answers, forged ones and those about other offers pause nothing", async () => {
  await placed(29, 5, { through: SET, answer: "no" });
  await placed(40, 5, { through: "qb-2-101", answer: "no" });
  // No order proves these.
  await sql(
    `INSERT INTO answers (shop, order_id, offer_id, question, answer, offer_number, at, received_at)
     SELECT $1, n, 'bt-1-101', 'helpful', 'no', 1, $2, $2 FROM generate_series(1, 50) n`,
    ...[app.shop, new Date(now)],
  );
  await judge();
  expect((await stored()).status).toBe("active");
  expect(await onHome()).toEqual([]);
});

test("an offer whose products come back more often than without it is paused", async () => {
  await placed(48, 60, { through: SET, returnedAfterDays: 9 });
  await placed(12, 60, { through: SET });
  await placed(8, 60, { returnedAfterDays: 9 });
  await placed(72, 60, {});
  // None of these counts: too young, came back too late, bought at a counter.
  await placed(30, 10, { through: SET, returnedAfterDays: 2 });
  await placed(10, 60, { through: SET, returnedAfterDays: 31 });
  await placed(50, 60, { channel: "pos", returnedAfterDays: 1 });
  await judge();
  expect(await onHome()).toMatchObject([
    { failing: { code: "sent-back", orders: 70, returned: 48, usual: 0.1 }, paused: true },
  ]);
  expect(await activity()).toEqual([{ kind: "offer-paused-sent-back", who: "automatic" }]);
});

test("products that always come back so often are no reason, nor those bought through the offer alone", async () => {
  await placed(36, 60, { through: SET, returnedAfterDays: 9 });
  await placed(24, 60, { through: SET });
  await judge();
  expect((await stored()).status).toBe("active");
  await placed(60, 60, { returnedAfterDays: 9 });
  await placed(40, 60, {});
  await judge();
  expect((await stored()).status).toBe("active");
});

test("where the shop wants to be asked, nothing is paused before staff choose", async () => {
  await saveSettings(app.shop, { pauseFailingOffers: false }, null, app.context);
  await placed(40, 5, { through: SET, answer: "no" });
  await judge();
  expect((await stored()).status).toBe("active");
  expect(await onHome()).toMatchObject([{ number: OFFER, paused: false, settled: false }]);
  now += DAY_MS;
  await judge();
  expect(await onHome()).toMatchObject([{ foundAt: new Date(START).toISOString() }]);
  // Kept: it is not asked about again for the same answers, and undoing that asks again.
  expect(await keepOffer(app.shop, OFFER, true, app.context)).toEqual({ code: "kept" });
  expect(await onHome()).toEqual([]);
  await judge();
  expect(await onHome()).toEqual([]);
  await keepOffer(app.shop, OFFER, false, app.context);
  expect(await onHome()).toHaveLength(1);
  await keepOffer(app.shop, OFFER, true, app.context);
  now += 10 * DAY_MS;
  await placed(40, 5, { through: SET, answer: "no" });
  await judge();
  expect(await onHome()).toHaveLength(1);
  expect((await activity()).map(({ kind }) => kind)).toEqual([
    ...["failing-offer-kept", "failing-offer-asked-again", "failing-offer-kept", "settings-saved"],
  ]);
});

test("an open question is withdrawn once answers say otherwise, and acted on once the shop allows it", async () => {
  await saveSettings(app.shop, { pauseFailingOffers: false }, null, app.context);
  await placed(40, 5, { through: SET, answer: "no" });
  await judge();
  await placed(60, 4, { through: SET, answer: "yes" });
  await judge();
  expect([await onHome(), await inList()]).toEqual([[], null]);
  await placed(300, 4, { through: SET, answer: "no" });
  await judge();
  expect(await onHome()).toMatchObject([{ paused: false }]);
  await saveSettings(app.shop, { pauseFailingOffers: true }, null, app.context);
  await judge();
  expect(await onHome()).toMatchObject([{ paused: true }]);
});

test("left paused, Home no longer asks, and the list still says why", async () => {
  await placed(40, 5, { through: SET, answer: "no" });
  await judge();
  await keepOffer(app.shop, OFFER, true, app.context);
  expect(await onHome()).toEqual([]);
  expect(await inList()).toMatchObject({ paused: true, settled: true });
  expect(await keepOffer(app.shop, 999, true, app.context)).toEqual({ code: "not-found" });
});

test("the pause can be undone like any other change", async () => {
  await placed(40, 5, { through: SET, answer: "no" });
  await judge();
  const { version } = await stored();
  const answer = await undoChanges(app.shop, [{ number: OFFER, version }], app.context);
  expect(answer.changed).toHaveLength(1);
  expect((await stored()).status).toBe("active");
  await judge();
  expect((await stored()).status).toBe("active");
});

test("an undone resumption has the reason of the pause again, and a new name changes nothing of it", async () => {
  await placed(40, 5, { through: SET, answer: "no" });
  await judge();
  const reason = await inList();
  expect(reason).toMatchObject({ paused: true });
  now += 1000;
  const resumed = await changeStatus(app.shop, [OFFER], "active", app.context);
  expect(await inList()).toBeNull();
  now += 1000;
  await undoChanges(app.shop, resumed.changed, app.context);
  expect(await stored()).toMatchObject({ status: "paused" });
  expect(await inList()).toEqual(reason);
  await rename("Sets of the year");
  expect(await inList()).toEqual(reason);
});

test("answers from before an offer had its present name count, and those from before any other change do not", async () => {
  await placed(40, 5, { through: SET, answer: "no" });
  now += 1000;
  await changeStatus(app.shop, [OFFER], "paused", app.context);
  await changeStatus(app.shop, [OFFER], "active", app.context);
  await judge();
  expect((await stored()).status).toBe("active");
  await sql("UPDATE offers SET judged_from = created_at WHERE number = 1");
  await rename("Sets of spring");
  await judge();
  expect((await stored()).status).toBe("paused");
});

test("offers are judged every night, and nothing is kept of a shop that left", async () => {
  await placed(40, 5, { through: SET, answer: "no" });
  await scheduleNightlyWork(app.context);
  const { rows } = await sql(
    `SELECT payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
     WHERE t.identifier = 'judge-offers'`,
  );
  expect(rows).toEqual([{ payload: { shop: app.shop } }]);
  await judge();
  expect((await stored()).status).toBe("paused");
  await uninstallShop(app.shop, app.context);
  expect((await sql("SELECT 1 FROM failing_offers")).rows).toEqual([]);
  await judge();
});
