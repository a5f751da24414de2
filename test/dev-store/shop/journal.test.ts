import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeSessionToken } from "../auth/session-token.ts";
import { APP, buildStore, DOMAIN, START } from "../test-store.ts";

let folder: string;
let stateFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
  stateFile = join(folder, "state.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SET = `mutation ($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { userErrors { message } } }`;

test("a store that is started again goes on where it was", async () => {
  const first = buildStore({ stateFile });
  const exchange = await first.request("/admin/oauth/access_token", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      client_id: APP.apiKey,
      client_secret: APP.apiSecret,
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: makeSessionToken(APP, DOMAIN, START),
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
      requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
      expiring: "1",
    }),
  });
  const { access_token: token } = await exchange.json();
  await first.graphql(SET, { m: [{ ownerId: "gid://shopify/Product/11", key: "offer", value: '{"version":1}' }] });
  await first.graphql(
    `mutation { discountAutomaticAppCreate(automaticAppDiscount: { title: "Sets", functionHandle: "offer-discount", startsAt: "2026-11-01T00:00:00Z" }) { userErrors { message } } }`,
  );
  await first.control("order", { lines: [{ variantId: "111", quantity: 2 }] });
  await first.control("refund", { orderId: "501", lines: [{ lineId: "50101", quantity: 1 }] });
  await first.control("product-delete", { productId: "13" });
  await first.store.settled();
  const run = await first.graphql(
    `mutation { bulkOperationRunQuery(query: "{ products { edges { node { id } } } }") { bulkOperation { id } } }`,
  );
  await first.store.settled();
  await first.store.close();

  const second = buildStore({ stateFile });
  expect((await second.graphql("{ shop { name } }", {}, token)).data).toEqual({ shop: { name: "Small" } });
  for (const part of ["orders", "products", "metafields", "discounts"] as const) {
    expect(second.shop[part]).toEqual(first.shop[part]);
  }
  const poll = await second.graphql(`query ($id: ID!) { bulkOperation(id: $id) { status url } }`, {
    id: run.data.bulkOperationRunQuery.bulkOperation.id,
  });
  expect(poll.data.bulkOperation.status).toBe("COMPLETED");
  const file = await second.store.fetch(new Request(poll.data.bulkOperation.url));
  expect((await file.text()).split("\n").filter(Boolean)).toHaveLength(2);
  await second.store.close();
});

test("only the last value of a thing is kept, and a line that a crash cut off is passed over", async () => {
  const first = buildStore({ stateFile });
  for (const value of ["1", "2", "3"]) {
    await first.graphql(SET, { m: [{ ownerId: "gid://shopify/Product/11", key: "notes", type: "json", value }] });
  }
  await first.store.close();
  appendFileSync(stateFile, '{"shop":"small.myshopify.com","collection":"orders","key":"501","va');
  const second = buildStore({ stateFile });
  expect([...second.shop.metafields.values()].map(({ value }) => value)).toEqual(["3"]);
  expect(second.shop.orders.has("501")).toBe(true);
  const kept = readFileSync(stateFile, "utf8")
    .split("\n")
    .filter((line) => line.includes('"notes"') && line.includes('"metafields"'));
  expect(kept).toHaveLength(1);
  await second.store.close();
});

test("the merchant's own discounts outlive a restart", async () => {
  const first = buildStore({ stateFile });
  await first.control("discount", { code: "TEN", percent: 10, combinesWith: { productDiscounts: false } });
  const { graphql } = buildStore({ stateFile });
  const found = `{ codeDiscountNodeByCode(code: "ten") { codeDiscount { ... on DiscountCodeBasic { title
    combinesWith { productDiscounts orderDiscounts } } } } }`;
  expect((await graphql(found)).data.codeDiscountNodeByCode.codeDiscount).toEqual({
    title: "TEN",
    combinesWith: { productDiscounts: false, orderDiscounts: true },
  });
});
