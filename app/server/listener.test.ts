import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { pino } from "pino";
import { expect, test } from "vitest";
import { listen } from "./listener.ts";

const HOST = "127.0.0.1";
/** Longer than the test may take: a stop that waits for it fails. */
const PATIENCE_MS = 60_000;

async function begin(answer: Parameters<typeof listen>[0]) {
  const listener = await listen(answer, {
    port: 0,
    host: HOST,
    log: pino({ level: "silent" }),
    stopPatienceMs: PATIENCE_MS,
  });
  return { ...listener, port: (listener.server.address() as AddressInfo).port };
}

test("a stop does not wait for a connection that was opened and never used", async () => {
  const { port, server, stop } = await begin((_, response) => response.end());
  const accepted = once(server, "connection");
  const unused = connect(port, HOST);
  await accepted;
  const closed = once(unused, "close");
  await stop();
  await closed;
});

test("a stop lets a request that runs end, and ends its connection", async () => {
  let finish = () => {};
  const { port, server, stop } = await begin((_, response) => {
    finish = () => response.end("whole");
  });
  const running = once(server, "request");
  const answer = fetch(`http://${HOST}:${port}`);
  await running;
  const stopped = stop();
  finish();
  const response = await answer;
  expect(await response.text()).toBe("whole");
  await stopped;
});
