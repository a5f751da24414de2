import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { openClickHouse } from "./clickhouse.ts";

/*
 * What is sent to ClickHouse, and what becomes of its answers, as its documentation of the HTTP interface describes them.
 * What statements mean is tested with ClickHouse's engine: test/contracts/event-store-clickhouse.test.ts.
 */

interface Asked {
  readonly url: URL;
  readonly user: string;
  readonly body: string;
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** ClickHouse as `answer` has it, and what it was asked. */
async function openServer(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void request.toArray().then((chunks: Buffer[]) => {
      const user = Buffer.from(String(request.headers.authorization).slice("Basic ".length), "base64").toString();
      asked.push({ url: new URL(request.url!, "http://localhost"), user, body: Buffer.concat(chunks).toString() });
      answer(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const clickhouse = openClickHouse(`http://tsuide:secret-word@127.0.0.1:${port}/events`, 2);
  closing.push(async () => {
    await clickhouse.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { asked, clickhouse, place: `127.0.0.1:${port}` };
}

async function all<T>(batches: AsyncIterable<T>): Promise<T[]> {
  const read: T[] = [];
  for await (const batch of batches) read.push(batch);
  return read;
}

async function messageOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => new Error("It did not fail"),
    (reason: unknown) => reason,
  );
  return (error as Error).message;
}

test("rows are sent as JSON, one a line, and are on disk once the call is over", async () => {
  const { asked, clickhouse } = await openServer((response) => response.end());
  await clickhouse.insert("staged", [{ id: "a\nb" }, { id: "ついで" }]);
  const [{ url, user, body }] = asked as [Asked];
  expect(user).toBe("tsuide:secret-word");
  expect(url.searchParams.get("database")).toBe("events");
  expect(url.searchParams.get("query")).toMatch(/^INSERT INTO staged\s+FORMAT JSONEachRow$/);
  expect([url.searchParams.get("async_insert"), url.searchParams.get("wait_for_async_insert")]).toEqual(["1", "1"]);
  expect(body).toBe('{"id":"a\\nb"}\n{"id":"ついで"}\n');
});

test("values are parameters, never part of the statement", async () => {
  const { asked, clickhouse } = await openServer((response) => response.end('{"n":1}\n'));
  const shop = "x' OR 1 = 1 --";
  expect(await clickhouse.query("SELECT {shop:String} AS n", { shop, orders: [1n, 2n] })).toEqual([{ n: 1 }]);
  const [{ url, body }] = asked as [Asked];
  expect(body).toMatch(/^SELECT \{shop:String\} AS n\s+FORMAT JSONEachRow$/);
  // Escaped, as ClickHouse reads parameters.
  const escaped = "x\\' OR 1 = 1 --";
  expect([url.searchParams.get("param_shop"), url.searchParams.get("param_orders")]).toEqual([escaped, "[1,2]"]);
});

test.each([
  [
    "516",
    "default: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)",
    "user or password are wrong",
  ],
  ["81", "Database events does not exist. (UNKNOWN_DATABASE)", "create it"],
  ["241", "Memory limit exceeded: would use 9 GiB. (MEMORY_LIMIT_EXCEEDED)", "Memory limit exceeded"],
])("error %s is said in words, with the server and without the password", async (code, text, said) => {
  const { clickhouse, place } = await openServer((response) =>
    response.writeHead(500, { "x-clickhouse-exception-code": code }).end(`Code: ${code}. DB::Exception: ${text}`),
  );
  const calls = [
    () => clickhouse.query("SELECT 1"),
    () => clickhouse.command("SELECT 1"),
    () => clickhouse.insert("t", [{}]),
  ];
  for (const call of calls) {
    const message = await messageOf(call());
    expect(message).toContain(`ClickHouse at ${place}: `);
    expect(message).toContain(said);
    expect(message).not.toContain("secret-word");
  }
});

test("a server that is not there is named", async () => {
  const clickhouse = openClickHouse("http://tsuide:secret-word@127.0.0.1:1/events", 1);
  expect(await messageOf(clickhouse.query("SELECT 1"))).toMatch(
    /^ClickHouse at 127\.0\.0\.1:1 does not answer: .*ECONNREFUSED/,
  );
  await clickhouse.close();
});

test("rows come in batches of the wanted size, however the network splits them", async () => {
  const rows = Array.from({ length: 10 }, (_, n) => ({ n }));
  const { clickhouse } = await openServer((response) => {
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    for (let at = 0; at < text.length; at += 5) response.write(text.slice(at, at + 5));
    response.end();
  });
  const batches = await all(clickhouse.stream<{ n: number }>("SELECT n", {}, 4));
  expect(batches.map((batch) => batch.length)).toEqual([4, 4, 2]);
  expect(batches.flat()).toEqual(rows);
});

test("a result that ends in the middle is an error, not a short result", async () => {
  const { clickhouse, place } = await openServer((response) => {
    response.write('{"n":1}\n{"n":2}\n', () => response.socket!.destroy());
  });
  const read = all(clickhouse.stream("SELECT n", {}, 1));
  expect(await messageOf(read)).toContain(`ClickHouse at ${place} does not answer`);
});

test("an error that comes after the first rows is an error", async () => {
  const tag = "rnywyenlwsjfcdvl";
  const text = "Code: 241. DB::Exception: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)";
  const { clickhouse } = await openServer((response) => {
    response.writeHead(200, { "x-clickhouse-exception-tag": tag });
    response.write('{"n":1}\n');
    response.end(`\r\n__exception__\r\n${tag}\r\n${text}\n${text.length + 1} ${tag}\r\n__exception__\r\n`);
  });
  expect(await messageOf(all(clickhouse.stream("SELECT n", {}, 1)))).toContain("Memory limit exceeded");
});

test("a reader that leaves early ends the request", async () => {
  let hasEnded = (): void => {};
  const ended = new Promise<void>((resolve) => (hasEnded = resolve));
  const { clickhouse } = await openServer((response) => {
    response.on("close", hasEnded);
    response.write('{"n":1}\n{"n":2}\n');
  });
  for await (const batch of clickhouse.stream("SELECT n", {}, 1)) {
    expect(batch).toEqual([{ n: 1 }]);
    break;
  }
  await ended;
});
