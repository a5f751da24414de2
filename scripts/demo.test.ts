import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");

function demo(...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/demo.mjs", ...args], {
    cwd: ROOT,
    encoding: "utf8",
    timeout: 20_000,
  });
  return { status, said: stderr.trim() };
}

test("the demo refuses an option it does not know in one sentence that lists the ones it knows", () => {
  const { status, said } = demo("--speed", "fast");
  expect(status).toBe(1);
  expect(said.split("\n")).toHaveLength(1);
  expect(said).toMatch(/--orders FILE/);
});

test("the demo refuses a port that is no port", () => {
  expect(demo("--port", "80000")).toEqual({
    status: 1,
    said: '--port wants a number from 1024 to 65533, not "80000".',
  });
});

test("the demo refuses a language it has no shop for", () => {
  expect(demo("--shop", "fr")).toEqual({ status: 1, said: '--shop wants en or ja, not "fr".' });
});

test("the demo names an order file that is not there", () => {
  expect(demo("--orders", "no-such-orders.csv")).toEqual({ status: 1, said: "There is no file no-such-orders.csv." });
});

test("the demo says which port is in use and how to choose another", async () => {
  const taken = createServer();
  const port = await new Promise<number>((resolve) => {
    taken.listen(0, () => resolve((taken.address() as { port: number }).port));
  });
  const outcome = demo("--port", String(port));
  await new Promise((resolve) => taken.close(resolve));
  expect(outcome).toEqual({ status: 1, said: `Port ${port} is in use: choose another with --port N.` });
});
