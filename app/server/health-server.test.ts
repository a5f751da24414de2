import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import type { Health } from "../flows/shop/read-health.ts";
import { startHealthServer } from "./health-server.ts";
import type { Listener } from "./listener.ts";
import { createLog } from "./log.ts";

const WELL: Health = { status: "ok", version: "1.2.3", database: "ok", queue: "ok", events: "ok" };

let listener: Listener | undefined;
afterEach(() => listener?.stop());

async function open(health: Health) {
  listener = await startHealthServer({
    port: 0,
    host: "127.0.0.1",
    log: createLog("silent"),
    health: () => Promise.resolve(health),
  });
  const { port } = listener.server.address() as AddressInfo;
  return (path: string, method = "GET") => fetch(`http://127.0.0.1:${port}${path}`, { method });
}

test("the worker is healthy while it can do its work, and says what is wrong while it cannot", async () => {
  const ask = await open(WELL);
  const answer = await ask("/health");
  expect([answer.status, await answer.json()]).toEqual([200, WELL]);
  await listener!.stop();
  const askAgain = await open({ ...WELL, status: "down", queue: "missing" });
  const bad = await askAgain("/health");
  expect([bad.status, await bad.json()]).toMatchObject([503, { queue: "missing" }]);
});

test("the worker answers nothing else", async () => {
  const ask = await open(WELL);
  const answers = [await ask("/"), await ask("/health?shop=x"), await ask("/health", "POST")];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
});
