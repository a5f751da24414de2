import { afterAll, beforeAll, expect, test } from "vitest";
import { changeFirstOffers, readFirstOffer } from "../../test/fixtures/first-offers.ts";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { wireTwoShops } from "../../test/fixtures/two-shops.ts";
import type { WiredApp } from "../../test/fixtures/wired-app.ts";
import type { SettingsView } from "../views/settings-view.ts";
import type { ShapeForm } from "../ui/forms/shape-form.ts";
import { settingsForm } from "../ui/pages/settings/settings-form.ts";
import * as route from "./app.settings.tsx";

const SHOP = "settings.myshopify.com";
const OTHER_SHOP = "neighbour.myshopify.com";

let app: WiredApp;

beforeAll(async () => {
  app = await wireTwoShops(SHOP, OTHER_SHOP);
});
afterAll(() => app.close());

const request = (shop: string, body?: FormData) =>
  pageRequest("/app/settings?_data=routes%2Fapp.settings", { shop }, body);

async function page(shop = SHOP): Promise<SettingsView> {
  return (await route.loader({ request: request(shop), params: {}, context: app.loadContext })).view;
}

async function send(form: unknown, shop = SHOP): Promise<{ status: number; answer: unknown }> {
  const body = new FormData();
  body.set("intent", "save");
  body.set("form", typeof form === "string" ? form : JSON.stringify(form));
  const response = await route.action({ request: request(shop, body), params: {}, context: app.loadContext });
  return { status: response.status, answer: await response.json() };
}

/** What a person sends who opened the page at `seen` and typed this. */
const save = (seen: SettingsView, typed: ShapeForm, shop = SHOP) =>
  send({ fields: { ...settingsForm(seen), ...typed }, version: seen.version }, shop);

test("the second of two people who save is refused, and nothing of the first one's is overwritten", async () => {
  const [first, second] = [await page(), await page()];
  expect((await save(first, { tellOrdersTogether: true })).answer).toEqual({
    code: "saved",
    version: (await page()).version,
  });
  expect(await save(second, { tellOrdersTogether: false })).toEqual({ status: 200, answer: { code: "stale" } });
  expect(await page()).toMatchObject({ tellOrdersTogether: true });
  expect((await save(await page(), { tellOrdersTogether: false })).answer).toMatchObject({ code: "saved" });
  expect(await page()).toMatchObject({ tellOrdersTogether: false });
});

test("of many saves from one version at the same moment one is taken", async () => {
  const seen = await page();
  const wanted = [true, false, true, false];
  const answers = await Promise.all(wanted.map((tellOrdersTogether) => save(seen, { tellOrdersTogether })));
  const codes = answers.map(({ answer }) => (answer as { code: string }).code);
  expect(codes.toSorted()).toEqual(["saved", "stale", "stale", "stale"]);
  const { tellOrdersTogether, version } = await page();
  expect(tellOrdersTogether).toBe(wanted[codes.indexOf("saved")]);
  expect(version).toBe(seen.version + 1);
});

test("a field that is wrong is answered by its name in the form, and nothing is saved", async () => {
  const seen = await page();
  const typed = { useCustomerHistory: true, tellOrdersTogether: !seen.tellOrdersTogether };
  expect((await save(seen, typed)).answer).toEqual({
    code: "invalid",
    errors: { useCustomerHistory: "no-permission" },
  });
  expect(await page()).toEqual(seen);
});

test("one shop's settings and version are not another's", async () => {
  const neighbour = await page(OTHER_SHOP);
  await save(await page(), { tellOrdersTogether: true });
  expect(await page(OTHER_SHOP)).toEqual(neighbour);
  expect((await save(neighbour, { tellOrdersTogether: false }, OTHER_SHOP)).answer).toMatchObject({ code: "saved" });
  expect((await page()).tellOrdersTogether).toBe(true);
});

test("a change of an offer is no save of the settings: whoever has them open can still save", async () => {
  const seen = await page();
  await changeFirstOffers(app.shop, { mode: "manual" }, app.context);
  expect((await save(seen, { tellOrdersTogether: false })).answer).toMatchObject({ code: "saved" });
  expect(await readFirstOffer(app.shop, "bought-together", app.context)).toMatchObject({ content: { mode: "manual" } });
});

const limits = { companionPricePercent: "", leastMarginPercent: "0" };
const whole = { ...limits, tellOrdersTogether: true, useCustomerHistory: false } as const;
test.each([
  ["no JSON", "{"],
  ["without a version", { fields: whole }],
  ["of a version before the first", { fields: whole, version: -1 }],
  ["without some fields", { fields: { tellOrdersTogether: true }, version: 0 }],
  ["with a field that does not exist", { fields: { ...whole, price: "1" }, version: 0 }],
  ["with a field that is an offer's", { fields: { ...whole, setDiscountBasisPoints: "1" }, version: 0 }],
  ["far too long", { fields: { ...whole, mode: "x".repeat(30_000) }, version: 0 }],
])("a form that is %s is refused and changes nothing", async (_, form) => {
  const before = await page();
  expect(await send(form)).toEqual({ status: 400, answer: { code: "unreadable" } });
  expect(await page()).toEqual(before);
});
