import { afterEach, describe, expect, test } from "vitest";
import { buildLine, buildOrder, buildShop, buildStore, START, type TestStore } from "../test-store.ts";

const RUN = `mutation ($q: String!, $g: Boolean!) { bulkOperationRunQuery(query: $q, groupObjects: $g) {
  bulkOperation { id status } userErrors { field message code } } }`;
const POLL = `query ($id: ID!) { bulkOperation(id: $id) { status errorCode objectCount rootObjectCount fileSize url completedAt type } }`;
const ORDERS = `{ orders { edges { node { id name test customer { id } currentSubtotalPriceSet { shopMoney { amount } }
  refunds { id totalRefundedSet { shopMoney { amount } } }
  lineItems { edges { node { id quantity currentQuantity product { id } customAttributes { key value }
    discountAllocations { allocatedAmountSet { shopMoney { amount } }
      discountApplication { index targetType ... on AutomaticDiscountApplication { title } ... on DiscountCodeApplication { code } } } } } } } } } }`;

const stores: TestStore[] = [];
function open(options: Parameters<typeof buildStore>[0] = {}): TestStore {
  const store = buildStore(options);
  stores.push(store);
  return store;
}
afterEach(() => Promise.all(stores.splice(0).map(({ store }) => store.close())));

async function run(store: TestStore, query: string, groupObjects = false) {
  const answer = await store.graphql(RUN, { q: query, g: groupObjects });
  return answer.data.bulkOperationRunQuery;
}

async function finished(store: TestStore, query: string, groupObjects = false) {
  const { bulkOperation, userErrors } = await run(store, query, groupObjects);
  expect(userErrors).toEqual([]);
  expect(bulkOperation.status).toBe("CREATED");
  await store.store.settled();
  return (await store.graphql(POLL, { id: bulkOperation.id })).data.bulkOperation;
}

async function rowsOf(store: TestStore, url: string): Promise<Record<string, unknown>[]> {
  const text = await (await store.store.fetch(new Request(url))).text();
  expect(text.endsWith("\n")).toBe(true);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function manyOrders(count: number) {
  const shop = buildShop();
  shop.orders.clear();
  for (let index = 0; index < count; index++) shop.orders.set(String(1000 + index), buildOrder(String(1000 + index)));
  return shop;
}

describe("a bulk query", () => {
  test("writes one object per line, children with their parent's id, lists in place", async () => {
    const shop = buildShop();
    const line = buildLine("90", {
      properties: { _tsuide: "bt-11/product" },
      discounts: [{ amountMinor: 250, title: "Set" }],
    });
    shop.orders = new Map([
      [
        "501",
        buildOrder("501", {
          lines: [line],
          refunds: [{ id: "7", createdAt: START, lines: [{ lineId: "90", quantity: 1, subtotalMinor: 917 }] }],
        }),
      ],
    ]);
    const store = open({ shops: [shop] });
    const operation = await finished(store, ORDERS);
    expect(operation).toMatchObject({
      status: "COMPLETED",
      errorCode: null,
      objectCount: "2",
      rootObjectCount: "1",
      type: "QUERY",
    });
    const rows = await rowsOf(store, operation.url);
    expect(rows).toContainEqual({
      id: "gid://shopify/Order/501",
      name: "#501",
      test: false,
      customer: { id: "gid://shopify/Customer/901" },
      currentSubtotalPriceSet: { shopMoney: { amount: "27.5" } },
      refunds: [{ id: "gid://shopify/Refund/7", totalRefundedSet: { shopMoney: { amount: "9.17" } } }],
    });
    expect(rows).toContainEqual({
      id: "gid://shopify/LineItem/90",
      quantity: 3,
      currentQuantity: 3,
      product: { id: "gid://shopify/Product/11" },
      customAttributes: [{ key: "_tsuide", value: "bt-11/product" }],
      discountAllocations: [
        {
          allocatedAmountSet: { shopMoney: { amount: "2.5" } },
          discountApplication: { index: 0, targetType: "LINE_ITEM", title: "Set" },
        },
      ],
      __parentId: "gid://shopify/Order/501",
    });
  });

  test("keeps no child beside its parent: some come before it", async () => {
    const store = open({ shops: [manyOrders(300)] });
    const operation = await finished(store, ORDERS);
    const rows = await rowsOf(store, operation.url);
    expect(rows).toHaveLength(900);
    expect(Number(operation.objectCount)).toBe(900);
    const at = new Map(rows.map(({ id }, index) => [id, index]));
    expect(at.size).toBe(900);
    const children = rows.filter(({ __parentId }) => __parentId !== undefined);
    const early = children.filter(({ id, __parentId }) => (at.get(id) ?? 0) < (at.get(__parentId) ?? 0));
    expect(early.length).toBeGreaterThan(100);
    const adjacent = children.filter(({ id, __parentId }) => (at.get(id) ?? 0) === (at.get(__parentId) ?? 0) + 1);
    expect(adjacent.length).toBeLessThan(100);
  });

  test("writes the same file for the same shop", async () => {
    const texts = [];
    for (let time = 0; time < 2; time++) {
      const store = open({ shops: [manyOrders(120)] });
      texts.push(await rowsOf(store, (await finished(store, ORDERS)).url));
    }
    expect(texts[0]).toEqual(texts[1]);
  });

  test("keeps children under their parent where objects are grouped", async () => {
    const store = open({ shops: [manyOrders(50)] });
    const rows = await rowsOf(store, (await finished(store, ORDERS, true)).url);
    let parent: unknown;
    for (const { id, __parentId } of rows) {
      if (__parentId === undefined) parent = id;
      else expect(__parentId).toBe(parent);
    }
  });

  test("reads products with three connections, and the catalogue's costs", async () => {
    const store = open();
    const operation = await finished(
      store,
      `{ products { edges { node { id title variants { edges { node { id price inventoryItem { id unitCost { amount currencyCode } } } } }
        collections { edges { node { id } } } sellingPlanGroups { edges { node { id name } } } } } } }`,
    );
    const rows = await rowsOf(store, operation.url);
    expect(rows.filter(({ id }) => String(id).includes("/ProductVariant/"))).toHaveLength(3);
    expect(rows.find(({ id }) => id === "gid://shopify/ProductVariant/111")).toMatchObject({
      price: "12.50",
      inventoryItem: { unitCost: { amount: "5.0", currencyCode: "USD" } },
      __parentId: "gid://shopify/Product/11",
    });
  });

  test("keeps what it saw when an order changes meanwhile", async () => {
    const store = open();
    const { bulkOperation } = await run(store, ORDERS);
    await store.control("refund", { orderId: "501", lines: [{ lineId: "50101", quantity: 3 }] });
    await store.store.settled();
    const { url } = (await store.graphql(POLL, { id: bulkOperation.id })).data.bulkOperation;
    const rows = await rowsOf(store, url);
    const line = rows.find(({ id }) => id === "gid://shopify/LineItem/50101");
    // Begun at the run's first turn, which is after the refund: either all of it or none.
    const order = rows.find(({ id }) => id === "gid://shopify/Order/501");
    expect(line?.currentQuantity === 0).toBe((order?.refunds as unknown[]).length === 1);
  });

  test("has no file where there is nothing to write", async () => {
    const store = open();
    const operation = await finished(
      store,
      `{ orders(query: "created_at:>='2030-01-01T00:00:00Z'") { edges { node { id } } } }`,
    );
    expect(operation).toMatchObject({ status: "COMPLETED", objectCount: "0", url: null });
  });

  test("fails with ACCESS_DENIED where a scope is missing", async () => {
    const store = open({ scopes: ["read_orders", "read_all_orders"] });
    const { bulkOperation } = await run(store, ORDERS);
    await store.store.settled();
    const operation = (await store.graphql(POLL, { id: bulkOperation.id })).data.bulkOperation;
    expect(operation).toMatchObject({ status: "FAILED", errorCode: "ACCESS_DENIED", url: null });
  });

  test.each([
    [
      "a field that the schema does not have",
      "{ orders { edges { node { id colour } } } }",
      'Cannot query field "colour"',
    ],
    ["a syntax error", "{ orders {", "Invalid bulk query"],
    ["a mutation", `mutation { bulkOperationCancel(id: "x") { bulkOperation { id } } }`, "Only queries"],
    [
      "two top-level fields",
      "{ orders { edges { node { id } } } products { edges { node { id } } } }",
      "more than one top level field",
    ],
    ["no connection", "{ shop { name } }", "at least one connection"],
    ["a top-level node", `{ node(id: "gid://shopify/Order/1") { id } }`, "top level node"],
    [
      "a connection inside a list",
      "{ orders { edges { node { id refunds { refundLineItems { edges { node { quantity } } } } } } } }",
      "connection field within a list field",
    ],
    [
      "a parent without its id",
      "{ orders { edges { node { name lineItems { edges { node { id } } } } } } }",
      "without 'id'",
    ],
    [
      "a renamed id",
      "{ orders { edges { node { number: id lineItems { edges { node { id } } } } } } }",
      "without 'id'",
    ],
    [
      "three levels",
      "{ collections { edges { node { id products { edges { node { id variants { edges { node { id } } } } } } } } } }",
      "nesting depth greater than 2",
    ],
    [
      "six connections",
      `{ products { edges { node { id ${["a", "b", "c", "d", "e"].map((name) => `${name}: variants { edges { node { id } } }`).join(" ")} } } } }`,
      "more than 5 connections",
    ],
    ["a field without a resolver", "{ products { edges { node { id templateSuffix } } } }", "Product.templateSuffix"],
  ])("is refused with %s", async (_what, query, message) => {
    const answer = await open().graphql(RUN, { q: query, g: false });
    const said = answer.data.bulkOperationRunQuery?.userErrors[0]?.message ?? answer.errors?.[0]?.message;
    expect(said).toContain(message);
    expect(answer.data.bulkOperationRunQuery?.bulkOperation ?? null).toBeNull();
  });

  test("runs beside four others, not beside five", async () => {
    const store = open({ shops: [manyOrders(20)] });
    for (let index = 0; index < 5; index++) expect((await run(store, ORDERS)).userErrors).toEqual([]);
    const running = await store.graphql(`{ bulkOperations(first: 10) { nodes { status } } }`);
    expect(running.data.bulkOperations.nodes).toHaveLength(5);
    const { store: devStore } = store;
    const refused = await run(store, ORDERS);
    // All six could only be accepted if an earlier one had ended already.
    const ended = (await store.graphql(`{ bulkOperations(first: 10, query: "status:completed") { nodes { id } } }`))
      .data.bulkOperations.nodes.length;
    if (ended === 0) expect(refused.userErrors[0].code).toBe("LIMIT_REACHED");
    await devStore.settled();
    expect((await run(store, ORDERS)).userErrors).toEqual([]);
  });

  test("can be cancelled, and then has only a part", async () => {
    const store = open({ shops: [manyOrders(2000)] });
    const { bulkOperation } = await run(store, ORDERS);
    const cancel = `mutation ($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { message } } }`;
    const { data } = await store.graphql(cancel, { id: bulkOperation.id });
    expect(data.bulkOperationCancel.bulkOperation.status).toBe("CANCELING");
    await store.store.settled();
    const operation = (await store.graphql(POLL, { id: bulkOperation.id })).data.bulkOperation;
    expect(operation).toMatchObject({ status: "CANCELED", url: null });
    expect(Number(operation.rootObjectCount)).toBeLessThan(2000);
  });

  test("says when it has finished", async () => {
    const store = open();
    await finished(store, ORDERS);
    const [webhook] = store.received;
    expect(webhook?.headers.get("x-shopify-topic")).toBe("bulk_operations/finish");
    expect(await webhook?.json()).toMatchObject({
      admin_graphql_api_id: expect.stringMatching(/^gid:\/\/shopify\/BulkOperation\/\d+$/),
      status: "completed",
      error_code: null,
      type: "query",
    });
  });
});

describe("a bulk file", () => {
  test("lies on another host, takes no token and no guess, and is gone after seven days", async () => {
    const store = open();
    const { url } = await finished(store, ORDERS);
    expect(new URL(url).host).toBe("127.0.0.1:4000");
    const withToken = new Request(url, { headers: { "x-shopify-access-token": "shpat_x" } });
    expect((await store.store.fetch(withToken)).status).toBe(400);
    expect((await store.store.fetch(new Request(url.replace(/-[0-9a-f]+\./, "-00.")))).status).toBe(404);
    store.clock.now += 7 * 86_400_000 + 1;
    expect((await store.store.fetch(new Request(url))).status).toBe(400);
    const operations = await store.graphql("{ bulkOperations(first: 1) { nodes { url } } }");
    expect(operations.data.bulkOperations.nodes).toEqual([{ url: null }]);
  });

  test("can be read from the middle", async () => {
    const store = open({ shops: [manyOrders(40)] });
    const { url, fileSize } = await finished(store, ORDERS);
    const whole = await (await store.store.fetch(new Request(url))).text();
    expect(Buffer.byteLength(whole)).toBe(Number(fileSize));
    const part = async (range: string) => store.store.fetch(new Request(url, { headers: { range } }));
    const rest = await part("bytes=1000-");
    expect(rest.status).toBe(206);
    expect(rest.headers.get("content-range")).toBe(`bytes 1000-${Number(fileSize) - 1}/${fileSize}`);
    expect(await rest.text()).toBe(whole.slice(1000));
    expect(await (await part("bytes=10-19")).text()).toBe(whole.slice(10, 20));
    expect((await part(`bytes=${fileSize}-`)).status).toBe(416);
  });

  test("ends in the middle of a line where a test asks for that, once", async () => {
    const store = open({ shops: [manyOrders(40)] });
    const { url, fileSize } = await finished(store, ORDERS);
    await store.control("bulk-truncate");
    const cut = await (await store.store.fetch(new Request(url))).text();
    expect(cut.length).toBeLessThan(Number(fileSize));
    expect(() => cut.split("\n").forEach((line) => line !== "" && JSON.parse(line))).toThrow();
    expect((await (await store.store.fetch(new Request(url))).text()).length).toBe(Number(fileSize));
  });
});
