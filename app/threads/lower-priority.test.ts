import { existsSync } from "node:fs";
import { getPriority } from "node:os";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";

/** A thread that lowers its priority, then reports the nice values of itself and of a thread that it started. */
const THREAD = `
  const { readlinkSync } = require("node:fs");
  const { getPriority } = require("node:os");
  const { parentPort, Worker } = require("node:worker_threads");
  const own = () => getPriority(Number(readlinkSync("/proc/thread-self").split("/").pop()));
  import(${JSON.stringify(new URL("./lower-priority.ts", import.meta.url).href)}).then(({ lowerPriority }) => {
    lowerPriority();
    const started = new Worker(
      'const { readlinkSync } = require("node:fs"); const { getPriority } = require("node:os");' +
        'require("node:worker_threads").parentPort.postMessage((' + own + ')())',
      { eval: true },
    );
    started.once("message", (theirs) => parentPort.postMessage([own(), theirs]));
  });
`;

test.runIf(existsSync("/proc/thread-self"))(
  "a thread that lowers its priority has a lower one than its process, and so have threads that it starts",
  async () => {
    const before = getPriority();
    const thread = new Worker(THREAD, { eval: true });
    const [own, started] = await new Promise<[number, number]>((resolve, reject) => {
      thread.once("message", resolve);
      thread.once("error", reject);
    });
    expect([own, started]).toEqual(Array(2).fill(Math.min(19, before + 10)));
    expect(getPriority()).toBe(before);
    await thread.terminate();
  },
);
