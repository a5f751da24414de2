import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");

/** Keeps its data away from a demo that its developer may have running. */
const folder = mkdtempSync(join(tmpdir(), "tsuide-demo-"));
afterAll(() => rmSync(folder, { recursive: true }));

function demo(...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/demo.mjs", ...args], {
    cwd: ROOT,
    env: { ...process.env, TSUIDE_DATA: join(folder, "data") },
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, said: stderr.trim() };
}

test("the demo refuses an option it does not know in one sentence that lists the ones it knows", () => {
  const { status, said } = demo("--speed", "fast");
  expect(status).toBe(1);
  expect(said.split("\n")).toHaveLength(1);
  expect(said).toMatch(/--orders FILE/);
});

test("the demo shows its options when asked", () => {
  const { status, stdout } = spawnSync(process.execPath, ["scripts/demo.mjs", "--help"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect([status, stdout.includes("--orders FILE")]).toEqual([0, true]);
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

test("the demo names a theme that is not there, and the themes that it has", () => {
  const { status, said } = demo("--theme", "no-such-theme");
  expect(status).toBe(1);
  expect(said).toMatch(/^There is no theme no-such-theme: name one of .*plain.*, or the folder of a theme\.$/);
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

test("the demo names a file that is no order file", async () => {
  const file = join(folder, "orders.csv");
  writeFileSync(file, randomBytes(3000));
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, () => resolve((server.address() as { port: number }).port));
  });
  await new Promise((resolve) => server.close(resolve));
  const { status, said } = demo("--port", String(port), "--orders", file);
  expect({ status, said }).toEqual({ status: 1, said: `"${file}" is not a CSV file.` });
});

test("a second demo on the same data is refused while the first one runs", () => {
  mkdirSync(join(folder, "data"), { recursive: true });
  // This test's own process stands for the first demo. The port is below those that outgoing connections take.
  writeFileSync(join(folder, "data", "demo.pid"), String(process.pid));
  const { status, said } = demo("--port", "21871");
  expect({ status, said }).toEqual({
    status: 1,
    said: `A demo is running here already (process ${process.pid}): stop it first.`,
  });
});
