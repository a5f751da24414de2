import { expect, test } from "vitest";
import { shopDomain } from "../../domain/ids.ts";
import { AdminClient } from "./admin-client.ts";
import { AccessDenied, AuthenticationFailed, OperationRefused, Throttled, TransportFailed } from "./errors.ts";
import { operation } from "../operations/operation.ts";

const SHOP = shopDomain("client.myshopify.com");
const QUERY = operation<Record<string, never>, { shop: { name: string } }>("query Shop { shop { name } }");

function cost(requestedQueryCost: number, currentlyAvailable: number) {
  return {
    cost: { requestedQueryCost, throttleStatus: { maximumAvailable: 2000, currentlyAvailable, restoreRate: 100 } },
  };
}

const ok = (extensions = cost(10, 1990)) => Response.json({ data: { shop: { name: "A" } }, extensions });
const refused = (code: string, extensions?: object) =>
  Response.json({ errors: [{ message: code, extensions: { code } }], ...(extensions ? { extensions } : {}) });

/** A client that is given these answers in turn, the last one for ever. Its clock moves only when it sleeps. */
function clientOf(answers: (() => Response)[]) {
  const slept: number[] = [];
  const requests: Request[] = [];
  let now = 0;
  const client = new AdminClient({
    fetch: async (input, init) => {
      requests.push(new Request(input, init));
      return (answers.length > 1 ? answers.shift()! : answers[0]!)();
    },
    accessToken: async () => "shpat_secret",
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
    now: () => now,
    random: () => 0,
  });
  return { client, slept, requests, ask: () => client.query(SHOP, QUERY, {}) };
}

test("an answer is the operation's data", async () => {
  const { ask, requests } = clientOf([ok]);
  expect(await ask()).toEqual({ shop: { name: "A" } });
  expect(requests[0]?.url).toBe("https://client.myshopify.com/admin/api/2026-07/graphql.json");
  expect(requests[0]?.headers.get("x-shopify-access-token")).toBe("shpat_secret");
});

test("throttled on HTTP 200, it waits until the bucket holds what the query costs", async () => {
  const { ask, slept } = clientOf([() => refused("THROTTLED", cost(500, 100)), ok]);
  expect(await ask()).toEqual({ shop: { name: "A" } });
  expect(slept[0]).toBe(4000);
});

test("it waits before it would be throttled", async () => {
  const { ask, slept } = clientOf([() => ok(cost(300, 50)), ok]);
  await ask();
  expect(slept).toEqual([]);
  await ask();
  expect(slept).toEqual([2500]);
});

test("throttled again and again, it gives up and says so", async () => {
  const { ask, requests } = clientOf([() => refused("THROTTLED", cost(500, 0))]);
  await expect(ask()).rejects.toBeInstanceOf(Throttled);
  expect(requests.length).toBe(6);
});

test.each([429, 500, 502, 503])("HTTP %i is tried again with growing pauses", async (status) => {
  const broken = () => new Response("busy", { status });
  const { ask, slept } = clientOf([broken, broken, ok]);
  expect(await ask()).toEqual({ shop: { name: "A" } });
  expect(slept).toEqual([500, 1000]);
});

const ONCE = operation<Record<string, never>, { shop: { name: string } }>(QUERY.document, { once: true });

test.each([500, 502, 503])("what must happen once is not tried again after HTTP %i: it may be done", async (status) => {
  const { client, requests } = clientOf([() => new Response("busy", { status }), ok]);
  await expect(client.query(SHOP, ONCE, {})).rejects.toBeInstanceOf(TransportFailed);
  expect(requests).toHaveLength(1);
});

test("what must happen once is not tried again after a connection that fails", async () => {
  const { client, requests } = clientOf([
    () => {
      throw new TypeError("fetch failed");
    },
    ok,
  ]);
  await expect(client.query(SHOP, ONCE, {})).rejects.toBeInstanceOf(TransportFailed);
  expect(requests).toHaveLength(1);
});

test("what must happen once is tried again where Shopify surely has not done it", async () => {
  const { client } = clientOf([
    () => new Response("busy", { status: 429 }),
    () => refused("THROTTLED", cost(500, 100)),
    ok,
  ]);
  expect(await client.query(SHOP, ONCE, {})).toEqual({ shop: { name: "A" } });
});

test("a pause that Shopify asks for is kept", async () => {
  const { ask, slept } = clientOf([() => new Response(null, { status: 429, headers: { "retry-after": "3" } }), ok]);
  await ask();
  expect(slept).toEqual([3000]);
});

test("a connection that fails is tried again, and reported as transport in the end", async () => {
  const { ask, requests } = clientOf([
    () => {
      throw new TypeError("fetch failed");
    },
  ]);
  await expect(ask()).rejects.toBeInstanceOf(TransportFailed);
  expect(requests.length).toBe(6);
});

test.each([
  [
    "a token that Shopify does not know",
    () => Response.json({ errors: "[API] Invalid" }, { status: 401 }),
    AuthenticationFailed,
  ],
  ["a missing scope", () => refused("ACCESS_DENIED"), AccessDenied],
  ["a query that the schema refuses", () => refused("undefinedField"), OperationRefused],
])("%s is not tried again", async (_, answer, kind) => {
  const { ask, requests } = clientOf([answer]);
  await expect(ask()).rejects.toBeInstanceOf(kind);
  expect(requests.length).toBe(1);
});

test.each([
  [402, "Payment Required", "unpaid"],
  [403, "Forbidden", "address-not-allowed"],
  [403, '{"errors":"[API] This action requires merchant approval for read_orders scope."}', "missing-scope"],
  [404, "Not Found", "no-shop"],
  [423, "Locked", "frozen"],
  [430, "Shopify Security Rejection", "rejected"],
])("HTTP %i (%s) is reported as %s, at once", async (status, body, problem) => {
  const { ask, requests } = clientOf([() => new Response(body, { status })]);
  await expect(ask()).rejects.toMatchObject({ name: "AccessDenied", problem });
  expect(requests.length).toBe(1);
});

test("a query that costs too much is reported by its code", async () => {
  const { ask } = clientOf([() => refused("MAX_COST_EXCEEDED")]);
  await expect(ask()).rejects.toMatchObject({ name: "OperationRefused", codes: ["MAX_COST_EXCEEDED"] });
});

test("no error names the token", async () => {
  const { ask } = clientOf([() => new Response(null, { status: 401 })]);
  const error = await ask().catch((thrown: unknown) => thrown as Error);
  expect(JSON.stringify(error) + String(error)).not.toContain("shpat");
});
