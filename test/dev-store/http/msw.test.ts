import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { devStoreHandlers } from "./msw.ts";
import { takeConsoleErrors } from "../../console-errors.ts";
import { buildStore } from "../test-store.ts";

const { store, shop, received } = buildStore({ filesOrigin: "http://127.0.0.1:4000" });
const server = setupServer(...devStoreHandlers(store));
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterEach(() => server.resetHandlers());
afterAll(async () => {
  server.close();
  await store.close();
});

function ask(query: string) {
  return fetch(`https://${shop.domain}/admin/api/2026-07/graphql.json`, {
    method: "POST",
    headers: { "x-shopify-access-token": store.tokens.issueForTest(shop) },
    body: JSON.stringify({ query }),
  });
}

test("code that calls Shopify reaches the dev store, bulk files included", async () => {
  expect(await (await ask("{ shop { name } }")).json()).toMatchObject({ data: { shop: { name: "Small" } } });
  await ask(
    `mutation { bulkOperationRunQuery(query: "{ products { edges { node { id } } } }") { bulkOperation { id } } }`,
  );
  await store.settled();
  expect(received).toHaveLength(1);
  const { data } = await (await ask("{ bulkOperations(first: 1) { nodes { url } } }")).json();
  const file = await fetch(data.bulkOperations.nodes[0].url);
  expect((await file.text()).trim().split("\n")).toHaveLength(3);
});

test("a call to anywhere else fails", async () => {
  await expect(fetch("https://elsewhere.example/")).rejects.toThrow();
  expect(takeConsoleErrors().join()).toContain("elsewhere.example");
});
