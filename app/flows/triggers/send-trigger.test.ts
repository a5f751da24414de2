import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { smallShop } from "../../../test/fixtures/small-shop.ts";
import { wireApp, type WiredApp } from "../../../test/fixtures/wired-app.ts";
import type { DevShop } from "../../../test/dev-store/shop/state.ts";
import { offerFailingTrigger } from "../../domain/shop/flow-trigger.ts";
import { inShop } from "../../persistence/database/in-shop.ts";
import { runJob } from "../../jobs/run-job.ts";
import { Throttled, TransportFailed } from "../../shopify/client/errors.ts";
import type { FlowContext } from "../context.ts";
import { installShop } from "../shop/install-shop.ts";
import { forgetOldTriggers, requestTrigger } from "./send-trigger.ts";

let now = Date.parse("2026-11-20T12:00:00Z");
let app: WiredApp;
let shop: DevShop;

beforeAll(async () => {
  shop = smallShop(["101"]);
  app = await wireApp([shop], { now: () => now });
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.drain();
});
afterAll(() => app.close());
beforeEach(async () => {
  shop.flowTriggers = [];
  await app.context.database.pool.query("DELETE FROM flow_triggers");
});

const failing = { code: "disliked", answers: 40, no: 36 } as const;
const trigger = offerFailingTrigger({ number: 1, name: "Tea set", type: "bought-together" }, failing, true);
const request = (key = "offer-failing/1/1") =>
  inShop(app.context.database, app.shop, (tx) => requestTrigger(tx, key, trigger, new Date(now)));
const send = (context: FlowContext = app.context, key = "offer-failing/1/1") =>
  runJob("send-flow-trigger", { shop: app.shop, key }, context);

/** A context in which Shopify cannot be asked. */
function failingWith(error: Error): FlowContext {
  const client = { query: () => Promise.reject(error) };
  const gateway = new Proxy(app.context.gateway, {
    get: (target, name, receiver): unknown => (name === "client" ? client : Reflect.get(target, name, receiver)),
  });
  return { ...app.context, gateway };
}

test("a trigger is sent once for what it is about, however often it is asked for and its job runs", async () => {
  await request();
  await request();
  await app.drain();
  await send();
  expect(shop.flowTriggers).toEqual([trigger]);
  await request("offer-failing/1/2");
  await app.drain();
  expect(shop.flowTriggers).toEqual([trigger, trigger]);
});

test("one that may have been received is never sent again", async () => {
  await request();
  await expect(send(failingWith(new TransportFailed("no answer")))).rejects.toThrow();
  await app.drain();
  expect(shop.flowTriggers).toEqual([]);
});

test("one that surely was not received is sent later", async () => {
  await request();
  await expect(send(failingWith(new Throttled("too much")))).rejects.toThrow();
  await app.drain();
  expect(shop.flowTriggers).toEqual([trigger]);
});

test("what Shopify refuses is logged, and is no failure", async () => {
  const warned = vi.spyOn(app.context.log, "warn");
  await inShop(app.context.database, app.shop, (tx) =>
    requestTrigger(tx, "x", { ...trigger, handle: "unknown" as "offer-failing" }, new Date(now)),
  );
  await app.drain();
  expect(shop.flowTriggers).toEqual([]);
  expect(warned.mock.calls.map(([facts]) => facts)).toMatchObject([{ trigger: "unknown" }]);
});

test("nothing is kept for ever, nor of a shop that left", async () => {
  await request();
  now += 91 * 86_400_000;
  await inShop(app.context.database, app.shop, (tx) => forgetOldTriggers(tx, new Date(now)));
  expect((await app.context.database.pool.query("SELECT 1 FROM flow_triggers")).rows).toEqual([]);
  await send();
});
