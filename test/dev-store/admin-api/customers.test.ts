import { expect, test } from "vitest";
import { ALL_SCOPES, buildStore } from "../test-store.ts";

const SET = `mutation ($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { metafields { key } userErrors { field code } } }`;
const DELETE = `mutation ($m: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $m) { deletedMetafields { key } userErrors { field } } }`;
const WHO = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { id customer { id dataSaleOptOut metafield(namespace: "$app", key: "history") { value } } } } }`;

const order = (id: string) => `gid://shopify/Order/${id}`;

/** A store where order 501 is customer 55's, and the app may write about customers. */
function openStore(scopes = [...ALL_SCOPES, "write_customers"]) {
  const store = buildStore({ scopes });
  store.shop.orders.get("501")!.customerId = "55";
  store.shop.orders.get("502")!.customerId = null;
  return store;
}

const history = (customer: string) => ({
  ...{ ownerId: `gid://shopify/Customer/${customer}`, namespace: "$app", key: "history", type: "json", value: "{}" },
});

test("an order tells who placed it, whether they opted out, and what the app keeps with them", async () => {
  const store = openStore();
  expect((await store.graphql(SET, { m: [history("55")] })).data.metafieldsSet.userErrors).toEqual([]);
  await store.control("customer-opt-out", { customerId: "55" });
  const { data } = await store.graphql(WHO, { ids: [order("501"), order("502"), order("999")] });
  expect(data.nodes).toEqual([
    {
      id: order("501"),
      customer: { id: "gid://shopify/Customer/55", dataSaleOptOut: true, metafield: { value: "{}" } },
    },
    { id: order("502"), customer: null },
    null,
  ]);
  await store.control("customer-opt-out", { customerId: "55", optedOut: false });
  expect((await store.graphql(WHO, { ids: [order("501")] })).data.nodes[0].customer.dataSaleOptOut).toBe(false);
});

test("metafields of customers are refused without the scope, and for nobody known", async () => {
  const store = openStore(ALL_SCOPES);
  const [refused] = (await store.graphql(SET, { m: [history("55")] })).errors!;
  expect(refused!.extensions).toMatchObject({ code: "ACCESS_DENIED" });
  const { data } = await openStore().graphql(SET, { m: [history("77")] });
  expect(data.metafieldsSet.userErrors).toMatchObject([{ field: ["metafields", "0", "ownerId"], code: "INVALID" }]);
});

test("metafields of customers are deleted, and those that are gone are no error", async () => {
  const store = openStore();
  await store.graphql(SET, { m: [history("55")] });
  const m = ["55", "77"].map(history).map(({ ownerId, namespace, key }) => ({ ownerId, namespace, key }));
  const { data } = await store.graphql(DELETE, { m });
  expect(data.metafieldsDelete).toEqual({ deletedMetafields: [{ key: "history" }, null], userErrors: [] });
  expect(store.shop.metafields.size).toBe(0);
});

test("an order that is too old to be seen tells nothing", async () => {
  const store = openStore(ALL_SCOPES.filter((scope) => scope !== "read_all_orders"));
  store.clock.now += 400 * 86_400_000;
  expect((await store.graphql(WHO.replace(/metafield.*?\} \}/, "}"), { ids: [order("501")] })).data.nodes).toEqual([
    null,
  ]);
});
