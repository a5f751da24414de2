import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyShop } from "../../test/dev-store/shop/empty-shop.ts";
import { pageRequest } from "../../test/fixtures/page-requests.ts";
import { wireApp, type WiredApp } from "../../test/fixtures/wired-app.ts";
import { installShop } from "../flows/shop/install-shop.ts";
import * as route from "./app.upgrades.tsx";

let app: WiredApp;

beforeAll(async () => {
  const shop = emptyShop({
    ...{ domain: "upgrades.myshopify.com", name: "Upgrades", currency: "USD", locale: "en" as const, timezone: "UTC" },
  });
  app = await wireApp([shop]);
  await app.signIn();
  await installShop(app.shop, app.context);
  await app.context.database.pool.query(
    `INSERT INTO products (shop, product_id, title, handle, vendor, product_type, tags, status, is_gift_card, updated_at)
     VALUES ($1, 1, 'Kettle', 'kettle', '', '', '{}', 'active', false, now())`,
    [app.shop],
  );
});
afterAll(() => app.close());

const request = (query: string, form?: Record<string, string>) =>
  pageRequest(
    `/app/upgrades?_data=routes%2Fapp.upgrades${query}`,
    app,
    form === undefined ? undefined : new URLSearchParams(form),
  );
const load = async (query: string) =>
  (await route.loader({ request: request(query), params: {}, context: app.loadContext })).view;
const act = (form: Record<string, string>) =>
  route.action({ request: request("", form), params: {}, context: app.loadContext });
const product = (id: string) => `gid://shopify/Product/${id}`;

test.each(["&page=-1", "&page=x&show=everything", `&q=${"x".repeat(300)}`, "&page=99999999999999999999"])(
  "takes an address that makes no sense for the usual one: %s",
  async (query) => expect(await load(query)).toMatchObject({ page: 1, filter: "all", search: "", rows: [] }),
);

test.each<[string, Record<string, string>]>([
  ["nothing", {}],
  ["an unknown intent", { intent: "delete", product: product("1"), candidate: product("2") }],
  ["no id", { intent: "hide", product: product("1"), candidate: "'; DROP TABLE products" }],
  ["an id that is no number", { intent: "hide", product: product("1"), candidate: product("2x") }],
  ["an id that no column holds", { intent: "hide", product: product("1"), candidate: product("9".repeat(20)) }],
  ["a step to a product", { intent: "hide", product: product("1"), candidate: `${product("1")}>${product("2")}` }],
  ["an id of another thing", { intent: "hide", product: "gid://shopify/Order/1", candidate: product("2") }],
  ["a cap that is no number", { intent: "cap", percent: "much" }],
  ["a cap that caps nothing", { intent: "cap", percent: "90" }],
])("refuses %s in words, and changes nothing", async (_, form) => {
  expect(await act(form)).toMatchObject({ code: "invalid" });
  const { rows } = await app.context.database.pool.query("SELECT 1 FROM hidden_upgrades");
  expect(rows).toEqual([]);
  expect((await load("")).capPercent).toBe(150);
});

test("keeps a decision about a product or a variant, takes it back, and keeps a cap", async () => {
  const hide = { intent: "hide", product: product("1") };
  expect(await act({ ...hide, candidate: product("2") })).toEqual({
    intent: "hide",
    candidate: product("2"),
    code: "ok",
  });
  const variant = "gid://shopify/ProductVariant/7";
  expect(await act({ ...hide, candidate: variant })).toMatchObject({ code: "ok" });
  expect(await act({ ...hide, intent: "show", candidate: variant })).toMatchObject({ code: "ok" });
  const steps = `${variant}>gid://shopify/ProductVariant/8 ${variant}>gid://shopify/ProductVariant/9`;
  expect(await act({ ...hide, candidate: steps })).toMatchObject({ code: "ok", candidate: steps });
  expect(await act({ ...hide, intent: "approve", candidate: steps })).toMatchObject({ code: "unknown-product" });
  expect(await act({ ...hide, intent: "show", candidate: steps })).toMatchObject({ code: "ok" });
  const { rows } = await app.context.database.pool.query("SELECT kind, candidate_id FROM hidden_upgrades");
  expect(rows).toEqual([{ kind: "product", candidate_id: "2" }]);
  expect(await act({ ...hide, product: product("3"), candidate: product("2") })).toMatchObject({
    code: "unknown-product",
  });
  expect(await act({ intent: "cap", percent: "200" })).toMatchObject({ code: "saved" });
  expect(await load("")).toMatchObject({ capPercent: 200, status: "running" });
});
