import { afterAll, beforeAll, expect, test } from "vitest";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { wireTwoShops } from "../../test/fixtures/two-shops.ts";
import type { WiredApp } from "../../test/fixtures/wired-app.ts";
import type { CustomersView } from "../views/customers-view.ts";
import { shopDomain } from "../domain/ids.ts";
import { readLifetimeInputs } from "../persistence/customers/customer-summaries.ts";
import { inShop } from "../persistence/database/in-shop.ts";
import * as route from "./app.customers.tsx";

const SHOP = "customers.myshopify.com";
const OTHER_SHOP = "neighbour.myshopify.com";

let app: WiredApp;

beforeAll(async () => {
  app = await wireTwoShops(SHOP, OTHER_SHOP);
});
afterAll(() => app.close());

const request = (shop: string, body?: FormData) =>
  pageRequest("/app/customers?_data=routes%2Fapp.customers", { shop }, body);

async function page(shop: string): Promise<CustomersView> {
  return (await route.loader({ request: request(shop), params: {}, context: app.loadContext })).view;
}

/** The body that the form sends. */
const sent = (fields: Record<string, unknown>, version: number) => JSON.stringify({ fields, version });

async function save(shop: string, form: string): Promise<{ status: number; answer: unknown }> {
  const body = new FormData();
  body.set("form", form);
  const response = await route.action({ request: request(shop, body), params: {}, context: app.loadContext });
  return { status: response.status, answer: await response.json() };
}

const entered = (shop: string) =>
  inShop(app.context.database, shopDomain(shop), async (tx) => (await readLifetimeInputs(tx, "JPY")).values);

test("a shop without orders says so, at its first visit too", async () => {
  expect(await page(SHOP)).toMatchObject({ state: "no-orders", learnt: null, shop: { domain: SHOP, currency: "JPY" } });
});

test("what is entered is kept for its shop alone, and what is wrong is named and changes nothing", async () => {
  await page(OTHER_SHOP);
  const form = sent({ marginShare: "42.5%", acquisitionCost: "１,２００", years: "" }, 0);
  expect(await save(SHOP, form)).toEqual({ status: 200, answer: { code: "saved", version: 1 } });
  expect((await save(SHOP, sent({ marginShare: "10" }, 0))).answer).toEqual({ code: "stale" });
  const wrong = sent({ marginShare: "142", acquisitionCost: "9.5", years: "2" }, 1);
  expect((await save(SHOP, wrong)).answer).toEqual({
    code: "invalid",
    errors: { marginShare: "not-a-percentage", acquisitionCost: "no-decimals" },
  });
  expect(await entered(SHOP)).toEqual({ marginShare: 0.425, acquisitionCost: 1200 });
  expect(await entered(OTHER_SHOP)).toEqual({});
});

test.each([
  ["no JSON", "{"],
  ["not a form", '["1"]'],
  ["a field that does not exist", sent({ price: "1" }, 1)],
  ["a field that is no text", sent({ years: 2 }, 1)],
  ["of no version", JSON.stringify({ fields: { years: "2" } })],
  ["far too long", sent({ years: "9".repeat(30_000) }, 1)],
])("a body that is %s is refused and changes nothing", async (_, form) => {
  const before = await entered(SHOP);
  expect(await save(SHOP, form)).toEqual({ status: 400, answer: { code: "unreadable" } });
  expect(await entered(SHOP)).toEqual(before);
});
