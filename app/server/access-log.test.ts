import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { expect, test } from "vitest";
import { accessLog } from "./access-log.ts";
import { listen } from "./listener.ts";
import type { ServerEnv } from "./server-env.ts";

/** Answers 500 on every path; on `/slow` once its sender has gone away. What is logged is collected. */
async function begin() {
  const lines: { path: string; msg: string; level: number }[] = [];
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]) };
  const app = new Hono<ServerEnv>();
  app.use(accessLog(pino({}, stream)));
  app.get("/slow", async (c) => {
    await once(c.req.raw.signal, "abort");
    return c.body(null, 500);
  });
  app.get("/broken", (c) => c.body(null, 500));
  const listener = await listen(getRequestListener(app.fetch), {
    ...{ port: 0, host: "127.0.0.1", log: pino({ level: "silent" }), stopPatienceMs: 1_000 },
  });
  const address = `http://127.0.0.1:${(listener.server.address() as AddressInfo).port}`;
  return { lines, address, ...listener };
}

test("a request that its sender gave up is not logged as a failure, one that failed is", async () => {
  const { lines, address, server, stop } = await begin();
  const sender = new AbortController();
  const asked = fetch(`${address}/slow`, { signal: sender.signal });
  await once(server, "request");
  sender.abort();
  await expect(asked).rejects.toThrow();
  expect((await fetch(`${address}/broken`)).status).toBe(500);
  await expect.poll(() => lines.length).toBe(2);
  expect(lines.map(({ path, msg }) => [path, msg]).sort()).toEqual([
    ["/broken", "request failed"],
    ["/slow", "request given up by its sender"],
  ]);
  await stop();
});
